#!/usr/bin/env python3
"""The lecture engine beside PyTorch, workload by workload, both on one thread.

The two take turns, so that what else the machine does falls on both; a ratio is the median over pairs
of neighbouring turns (1 is as fast as PyTorch, 2 takes twice its time). The target is 1.5 for the epoch
of the slides' run and 4 for everything else; with --check, a miss ends with status 1.

Use: swift build -c release --package-path reference/Benchmarks/LectureBenchmarks
     pip install torch
     reference/Benchmarks/lecture_speed.py [--only NAME,...] [--pairs N] [--seconds S] [--check]
"""
import argparse, os, pathlib, statistics, subprocess, sys, time

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = HERE / "LectureBenchmarks/.build/release/LectureBenchmarks"
EPOCH = "slides-epoch-784-500-10-batch64"
EPOCH_TARGET, TARGET = 1.5, 4.0

os.environ.setdefault("OMP_NUM_THREADS", "1")
import torch
import torch_baseline


class Ours:
    """The engine's program, which makes steps when told to."""

    def __init__(self, program, workload):
        self.process = subprocess.Popen([program, workload], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)
        if self.process.stdout.readline() != "ready\n":
            sys.exit(f"{program} cannot run {workload}")

    def seconds(self, steps):
        self.process.stdin.write(f"{steps}\n")
        line = self.process.stdout.readline()
        if not line:
            sys.exit("the engine's program ended")
        return float(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Theirs:
    """PyTorch, in this process."""

    def __init__(self, workload):
        self.step = slides_epoch() if workload == EPOCH else torch_baseline.WORKLOADS[workload]()[0]

    def seconds(self, steps):
        start = time.perf_counter()
        for _ in range(steps):
            self.step()
        return time.perf_counter() - start


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


def compare(workload, program, seconds, least_pairs):
    """Times of one step of ours and theirs, and ratios, pair by pair."""
    ours, theirs = Ours(program, workload), Theirs(workload)
    once = 1 if workload == EPOCH else 2
    slower = max(side.seconds(once) / once for side in (ours, theirs))
    # A turn is long enough to be timed well, and short enough for many pairs.
    steps = max(1, round(0.05 / slower))
    pairs, end = [], time.perf_counter() + seconds
    while len(pairs) < least_pairs or time.perf_counter() < end:
        if len(pairs) % 2:
            b, a = theirs.seconds(steps), ours.seconds(steps)
        else:
            a, b = ours.seconds(steps), theirs.seconds(steps)
        pairs.append((a / steps, b / steps))
    ours.close()
    return pairs


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--only", default="", help="names, separated by commas")
    p.add_argument("--pairs", type=int, default=5, help="at least so many")
    p.add_argument("--seconds", type=float, default=6.0, help="at least so long, for each workload")
    p.add_argument("--program", default=str(PROGRAM), help="the engine's side")
    p.add_argument("--check", action="store_true", help="status 1 if a target is missed")
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    names = [EPOCH, *torch_baseline.WORKLOADS]
    unknown = [n for n in a.only.split(",") if n and n not in names]
    if unknown:
        sys.exit(f"there is no workload {', '.join(unknown)}; there are: {', '.join(names)}")

    print(f"PyTorch {torch.__version__}, one thread each; milliseconds for one step, medians")
    print(f"{'workload':36} {'engine':>10} {'PyTorch':>10} {'ratio':>7}  {'quartiles':>13}  target")
    missed = []
    for name in names:
        if a.only and name not in a.only.split(","):
            continue
        pairs = compare(name, a.program, a.seconds, a.pairs)
        ratios = [ours / theirs for ours, theirs in pairs]
        ratio, quartiles = statistics.median(ratios), statistics.quantiles(ratios, n=4)
        target = EPOCH_TARGET if name == EPOCH else TARGET
        if ratio > target:
            missed.append(name)
        ms = [1e3 * statistics.median(side) for side in zip(*pairs)]
        print(f"{name:36} {ms[0]:10.3f} {ms[1]:10.3f} {ratio:7.2f}  "
              f"{quartiles[0]:5.2f} - {quartiles[2]:5.2f}  {target:4.1f}"
              f"{'  missed' if ratio > target else ''}", flush=True)
    if a.check and missed:
        sys.exit(1)


if __name__ == "__main__":
    main()
