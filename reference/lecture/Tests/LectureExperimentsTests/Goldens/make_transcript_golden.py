"""The slides' script in PyTorch, on the digits of CourseKit, with settings of one's own.

    python3 make_transcript_golden.py >transcript.txt

prints what OwnRunTests holds the lecture's own run against. Needs torch and numpy.
"""

import pathlib

import numpy as np
import torch

SCALE, BATCH, RATE, EPOCHS, HIDDEN, SEED = 0.05, 32, 0.01, 2, 60, 3
DATA = pathlib.Path(__file__).resolve().parents[5] / "assignments/CourseKit/Data"


def load(part):
    pixels = np.frombuffer((DATA / f"{part}-images-idx3-ubyte").read_bytes()[16:], np.uint8)
    labels = np.frombuffer((DATA / f"{part}-labels-idx1-ubyte").read_bytes()[8:], np.uint8)
    x = pixels.reshape(-1, 784).astype(np.float32) / np.float32(255)
    x = (x - np.float32(0.1307)) / np.float32(0.3081)
    return torch.tensor(x), torch.tensor(labels.astype(np.int64))


def main():
    (x, y), (x_test, y_test) = load("train"), load("t10k")
    torch.manual_seed(SEED)
    w1, b1 = torch.randn(784, HIDDEN) * SCALE, torch.randn(HIDDEN) * SCALE
    w2, b2 = torch.randn(HIDDEN, 10) * SCALE, torch.randn(10) * SCALE
    for parameter in (w1, b1, w2, b2):
        parameter.requires_grad_()
    print("# torch", torch.__version__, "numpy", np.__version__)
    for epoch in range(EPOCHS):
        # What the loader draws: one number for itself, and the seed of its order.
        torch.empty((), dtype=torch.int64).random_()
        generator = torch.Generator()
        generator.manual_seed(torch.empty((), dtype=torch.int64).random_().item())
        order = torch.randperm(len(x), generator=generator)
        for number, start in enumerate(range(0, len(x), BATCH)):
            batch = order[start : start + BATCH]
            loss = torch.nn.functional.cross_entropy(
                (x[batch] @ w1 + b1).relu() @ w2 + b2, y[batch]
            )
            gradients = torch.autograd.grad(loss, (w1, b1, w2, b2))
            if number % 31 == 0:
                print("epoch", epoch + 1, "batch", number, f"{loss.item():.6f}")
            with torch.no_grad():
                for parameter, gradient in zip((w1, b1, w2, b2), gradients):
                    parameter -= RATE * gradient
        with torch.no_grad():
            for name, a, b in (("training", x, y), ("test", x_test, y_test)):
                logits = (a @ w1 + b1).relu() @ w2 + b2
                loss = torch.nn.functional.cross_entropy(logits, b).item()
                right = (logits.argmax(1) == b).sum().item()
                print("epoch", epoch + 1, name, f"{loss:.4f}", right)


main()
