#!/usr/bin/env python3
"""The lecture engine beside PyTorch, workload by workload, on one thread and on two.

The two take turns, so that what else the machine does falls on both; a ratio is the median over pairs
of neighbouring turns (1 is as fast as PyTorch, 2 takes twice its time). The targets are in TARGETS; with
--check, a miss ends with status 1. By --clock cpu, for a machine that others use as well, the times are
those of the processors, which say little about two threads.

Use: swift build -c release --package-path reference/Benchmarks/LectureBenchmarks
     pip install torch torchvision numpy
     reference/Benchmarks/lecture_speed.py [--only NAME,...] [--threads 1,2] [--pairs N] [--seconds S]
                                           [--clock wall|cpu] [--check]
"""
import argparse, ctypes, math, os, pathlib, random, statistics, struct, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = HERE / "LectureBenchmarks/.build/release/LectureBenchmarks"

os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count()))
# Kernels that older builds of OpenBLAS need on some processors would slow NumPy's down.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
import numpy, torch
import torch_baseline

# At most so much of PyTorch's time.
TARGETS = {
    "slides-epoch-784-500-10-batch64": 0.33, "slides-epoch-from-files": 0.15,
    "mlp-manual-784-500-10-batch8": 0.30, "mlp-manual-784-500-500-10-batch8": 0.30,
    "bn-mlp-784-500x4-10-train-batch64": 0.60, "simple-cnn-train-batch64": 0.60,
    "lenet5-train-batch64": 0.60, "resnet18-infer-batch1": 0.85, "resnet18-infer-batch8": 0.85,
    "resnet18-train-batch8": 0.85, "resnet34-infer-batch1": 0.85, "mixer-s16-infer-batch1": 0.60,
    "mixer-s16-train-batch8": 0.60,
}
GEMM_TARGET, GEMM_MEAN = 1.3, 1.0

# Floating-point operations of a step in 10^9: two for each weight that meets an input; backward costs
# twice as much, less the gradient of the input. By tiles fewer are done, and so the share of the peak
# can be above 1.
MLP, MLP3, CNN, LENET = 397_000, 647_000, 651_720, 416_520
BILLIONS = {
    "slides-epoch-784-500-10-batch64": 60_000 * (6 * MLP - 2 * 392_000) / 1e9,
    "slides-epoch-from-files": 60_000 * (6 * MLP - 2 * 392_000) / 1e9,
    "mlp-manual-784-500-10-batch8": 8 * (6 * MLP - 2 * 392_000) / 1e9,
    "mlp-manual-784-500-500-10-batch8": 8 * (6 * MLP3 - 2 * 392_000) / 1e9,
    "bn-mlp-784-500x4-10-train-batch64": 64 * (6 * 1_147_000 - 2 * 392_000) / 1e9,
    "simple-cnn-train-batch64": 64 * (6 * CNN - 2 * 352_800) / 1e9,
    "lenet5-train-batch64": 64 * (6 * LENET - 2 * 117_600) / 1e9,
    "resnet18-infer-batch1": 3.63, "resnet18-infer-batch8": 8 * 3.63,
    "resnet18-train-batch8": 8 * (3 * 3.63 - 0.236), "resnet34-infer-batch1": 7.33,
    "mixer-s16-infer-batch1": 7.57, "mixer-s16-train-batch8": 8 * (3 * 7.57 - 0.154),
}


class Ours:
    """The engine's program, which makes steps when told to."""

    def __init__(self, program, workload, threads, clock):
        self.process = subprocess.Popen([program, workload, str(threads)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)
        self.clock = clock
        if self.process.stdout.readline() != "ready\n":
            sys.exit(f"{program} cannot run {workload}")

    def seconds(self, steps):
        self.process.stdin.write(f"{steps}\n")
        line = self.process.stdout.readline()
        if not line:
            sys.exit("the engine's program ended")
        wall, cpu = line.split()
        return float(cpu if self.clock == "cpu" else wall)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Theirs:
    """PyTorch, in this process; for a product of matrices also NumPy, and the faster of both."""

    def __init__(self, workload, threads, clock):
        torch.set_num_threads(threads)
        limit_numpy(threads)
        self.now = time.process_time if clock == "cpu" else time.perf_counter
        self.steps = steps_of(workload)

    def seconds(self, steps):
        times = []
        for step in self.steps:
            start = self.now()
            for _ in range(steps):
                step()
            times.append(self.now() - start)
            if torch.get_num_threads() > 1:
                # Its threads look for more work for a fifth of a second, on processors that are ours now.
                time.sleep(0.3)
        return min(times)


def limit_numpy(threads):
    """Lets NumPy's products run on so many threads; its library has no other way but the environment."""
    for library in pathlib.Path(numpy.__file__).parents[1].glob("numpy.libs/*openblas*"):
        for name in ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads"):
            if limit := getattr(ctypes.CDLL(str(library)), name, None):
                limit(threads)


def steps_of(workload):
    if workload == "slides-epoch-784-500-10-batch64":
        return [slides_epoch()]
    if workload == "slides-epoch-from-files":
        return [slides_script()]
    if workload.startswith("gemm-"):
        m, n, k = map(int, workload[5:].split("x"))
        a, b = torch.randn(m, k), torch.randn(k, n)
        x, y = a.numpy(), b.numpy()
        return [lambda: torch.mm(a, b), lambda: numpy.matmul(x, y)]
    return [torch_baseline.WORKLOADS[workload]()[0]]


def slides_epoch():
    """All of 60,000 images once, in a new order every time, in batches of 64."""
    net = torch_baseline.ManualMLP([784, 500, 10], lr=0.005)
    images, labels = torch.randn(60_000, 784), torch.randint(0, 10, (60_000,))

    def step():
        order = torch.randperm(len(images))
        for start in range(0, len(images), 64):
            batch = order[start:start + 64]
            net.step(images[batch], labels[batch])
    return step


def slides_script():
    """The same as the slides' script has it: torchvision's MNIST, image by image, in a DataLoader."""
    from torchvision import datasets, transforms
    net = torch_baseline.ManualMLP([784, 500, 10], lr=0.005)
    folder = tempfile.TemporaryDirectory()
    raw = pathlib.Path(folder.name, "MNIST/raw")
    raw.mkdir(parents=True)
    pixels, labels = random.randbytes(60_000 * 784), bytes(random.choices(range(10), k=60_000))
    for part in ("train", "t10k"):
        (raw / f"{part}-images-idx3-ubyte").write_bytes(struct.pack(">4I", 0x803, 60_000, 28, 28) + pixels)
        (raw / f"{part}-labels-idx1-ubyte").write_bytes(struct.pack(">2I", 0x801, 60_000) + labels)
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    digits = datasets.MNIST(folder.name, train=True, transform=transform)
    folder.cleanup()
    loader = torch.utils.data.DataLoader(digits, batch_size=64, shuffle=True)

    def step():
        for images, labels in loader:
            net.step(images.reshape(len(images), -1), labels)
    return step


def compare(workload, threads, a):
    """Times of one step of ours and theirs, pair by pair."""
    ours, theirs = Ours(a.program, workload, threads, a.clock), Theirs(workload, threads, a.clock)
    once = 1 if workload.startswith("slides") else 2
    slower = max(side.seconds(once) / once for side in (ours, theirs))
    # A turn is long enough to be timed well, and short enough for many pairs.
    steps = max(1, round(0.05 / slower))
    pairs, end = [], time.perf_counter() + a.seconds
    while len(pairs) < a.pairs or time.perf_counter() < end:
        if len(pairs) % 2:
            b, o = theirs.seconds(steps), ours.seconds(steps)
        else:
            o, b = ours.seconds(steps), theirs.seconds(steps)
        pairs.append((o / steps, b / steps))
    ours.close()
    return pairs


def peak(a):
    """Operations in a second of one thread with nothing in the way: the best of ten turns."""
    ours = Ours(a.program, "peak", 1, "cpu")
    best = min(ours.seconds(20) for _ in range(10))
    ours.close()
    return 20 * 1e6 * 2 * 12 * 8 / best / 1e9


def operations(workload):
    if workload.startswith("gemm-"):
        m, n, k = map(int, workload[5:].split("x"))
        return 2e-9 * m * n * k
    return BILLIONS[workload]


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--only", default="", help="names, separated by commas")
    p.add_argument("--threads", default="1,2", help="numbers of threads, separated by commas")
    p.add_argument("--pairs", type=int, default=5, help="at least so many")
    p.add_argument("--seconds", type=float, default=6.0, help="at least so long, for each workload")
    p.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    p.add_argument("--program", default=str(PROGRAM), help="the engine's side")
    p.add_argument("--check", action="store_true", help="status 1 if a target is missed")
    a = p.parse_args()
    torch.manual_seed(0)
    listed = subprocess.run([a.program, "list"], capture_output=True, text=True, check=True)
    names = [n for n in listed.stdout.split() if n in TARGETS or n.startswith("gemm-")]
    unknown = [n for n in a.only.split(",") if n and n not in names]
    if unknown:
        sys.exit(f"there is no workload {', '.join(unknown)}; there are: {', '.join(names)}")

    most = peak(a)
    print(f"PyTorch {torch.__version__}, NumPy {numpy.__version__}; one thread's peak: {most:.0f} GFLOP/s")
    print(f"milliseconds for one step by the {a.clock} clock, medians; operations as counted without tiles")
    missed = False
    for threads in map(int, a.threads.split(",")):
        print(f"\n{threads} thread{'s' * (threads > 1)}\n| workload | engine, ms | PyTorch, ms | ratio | "
              f"quartiles | target | GFLOP/s | of the peak |\n|---|---|---|---|---|---|---|---|")
        products = []
        for name in names:
            if a.only and name not in a.only.split(","):
                continue
            pairs = compare(name, threads, a)
            ratios = [ours / theirs for ours, theirs in pairs]
            ratio, quartiles = statistics.median(ratios), statistics.quantiles(ratios, n=4)
            target = TARGETS.get(name, GEMM_TARGET)
            missed = missed or ratio > target
            if name.startswith("gemm-"):
                products.append(ratio)
            ms = [1e3 * statistics.median(side) for side in zip(*pairs)]
            speed = operations(name) / ms[0] * 1e3
            print(f"| {name} | {ms[0]:.3g} | {ms[1]:.3g} | {ratio:.2f} | {quartiles[0]:.2f} to "
                  f"{quartiles[2]:.2f} | {target}{' missed' * (ratio > target)} | {speed:.0f} | "
                  f"{speed / most / threads:.2f} |", flush=True)
        if products:
            mean = math.exp(statistics.fmean(map(math.log, products)))
            missed = missed or mean > GEMM_MEAN
            print(f"products of matrices, geometric mean: {mean:.2f} (target {GEMM_MEAN})")
    if a.check and missed:
        sys.exit(1)


if __name__ == "__main__":
    main()
