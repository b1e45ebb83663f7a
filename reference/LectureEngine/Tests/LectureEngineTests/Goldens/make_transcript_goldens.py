#!/usr/bin/env python3
"""Writes transcripts.safetensors: the slides' training run on CourseKit's digits, by PyTorch.

A run NAME has, epoch by epoch,
  NAME/losses   the loss of every 20th batch, before its step
  NAME/scores   training loss, training correct, test loss, test correct, after the epoch

The full MNIST needs no golden: its numbers stand on the slides. With --mnist FOLDER (the four
files, compressed) this script prints the same runs there, as a check of itself.

Made with Python 3.11, PyTorch 2.13.0 (CPU) and safetensors 0.8.0; the file says so itself.

Use: pip install torch safetensors; ./make_transcript_goldens.py [--mnist FOLDER]
"""
import gzip
import pathlib
import sys

import safetensors
import safetensors.torch
import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
DIGITS = HERE.parents[4] / "assignments/CourseKit/Data"
MADE_WITH = f"PyTorch {torch.__version__}, safetensors {safetensors.__version__}"

RUNS = {
    "scale-1": dict(scale=1.0),
    "scale-0.1": dict(scale=0.1),
    "scale-0.0001": dict(scale=0.0001),
    "other": dict(seed=7, scale=0.05, batch=32, rate=0.02, hidden=100, epochs=2),
}


def read(folder, part):
    def content(name):
        path = folder / name
        return path.read_bytes() if path.exists() else gzip.decompress(
            (folder / (name + ".gz")).read_bytes())

    images = torch.frombuffer(bytearray(content(f"{part}-images-idx3-ubyte")[16:]), dtype=torch.uint8)
    labels = torch.frombuffer(bytearray(content(f"{part}-labels-idx1-ubyte")[8:]), dtype=torch.uint8)
    x = (images.reshape(-1, 784).float() / 255 - 0.1307) / 0.3081
    return torch.utils.data.TensorDataset(x, labels.long())


class TwoLayerNet:
    def __init__(self, scale, hidden):
        self.W1 = torch.randn(784, hidden) * scale
        self.b1 = torch.randn(hidden) * scale
        self.W2 = torch.randn(hidden, 10) * scale
        self.b2 = torch.randn(10) * scale

    def forward(self, x):
        self.z1 = x @ self.W1 + self.b1
        self.a1 = F.relu(self.z1)
        return self.a1 @ self.W2 + self.b2

    def step(self, x, y, rate):
        z2 = self.forward(x)
        loss = F.cross_entropy(z2, y).item()
        dz2 = F.softmax(z2, dim=1)
        dz2[torch.arange(len(y)), y] -= 1
        dz2 /= len(y)
        dW2, db2 = self.a1.T @ dz2, dz2.sum(0)
        dz1 = dz2 @ self.W2.T
        dz1[self.z1 < 0] = 0
        dW1, db1 = x.T @ dz1, dz1.sum(0)
        self.W1 = self.W1 - rate * dW1
        self.b1 = self.b1 - rate * db1
        self.W2 = self.W2 - rate * dW2
        self.b2 = self.b2 - rate * db2
        return loss


def score(net, data):
    x, y = data.tensors
    logits = net.forward(x)
    loss = F.cross_entropy(logits.double(), y).item()
    return [loss, (logits.argmax(1) == y).sum().item()]


def run(training, test, scale, seed=0, batch=64, rate=0.005, hidden=500, epochs=1, every=20):
    torch.manual_seed(seed)
    net = TwoLayerNet(scale, hidden)
    loader = torch.utils.data.DataLoader(training, batch_size=batch, shuffle=True)
    losses, scores = [], []
    for _ in range(epochs):
        all_losses = [net.step(x, y, rate) for x, y in loader]
        losses.append(all_losses[::every])
        scores.append(score(net, training) + score(net, test))
    return losses, scores


def main():
    torch.set_num_threads(1)
    if sys.argv[1:2] == ["--mnist"]:
        folder = pathlib.Path(sys.argv[2])
        training, test = read(folder, "train"), read(folder, "t10k")
        for name, settings in RUNS.items():
            print(name, *run(training, test, every=200, **settings))
        return
    training, test = read(DIGITS, "train"), read(DIGITS, "t10k")
    tensors = {}
    for name, settings in RUNS.items():
        losses, scores = run(training, test, **settings)
        print(name, losses, scores)
        tensors[f"{name}/losses"] = torch.tensor(losses)
        tensors[f"{name}/scores"] = torch.tensor(scores, dtype=torch.float64)
    safetensors.torch.save_file(
        tensors, HERE / "transcripts.safetensors", metadata={"made with": MADE_WITH})


if __name__ == "__main__":
    main()
