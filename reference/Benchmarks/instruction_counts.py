#!/usr/bin/env python3
"""Instructions for one step of the engine's workloads, beside those that were noted.

Times on a shared machine are noisy, instructions are not: a step that needs more than SLACK times as
many as noted fails. Counted by callgrind, whose processor has AVX2 and no AVX-512, on one thread; the
difference of two runs leaves out what comes before the first step. What was noted belongs to one
compiler and one C library: with others, or after a change that is meant, note anew.

Use: swift build -c release --package-path reference/Benchmarks/LectureBenchmarks
     apt-get install valgrind
     reference/Benchmarks/instruction_counts.py [--note] [--program FILE]
"""
import argparse, json, pathlib, re, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
NOTED = HERE / "instruction_counts.json"
PROGRAM = HERE / "LectureBenchmarks/.build/release/LectureBenchmarks"
SLACK = 1.05

WORKLOADS = [
    "mlp-manual-784-500-10-batch8", "mlp-manual-784-500-500-10-batch8",
    "bn-mlp-784-500x4-10-train-batch64", "simple-cnn-train-batch64", "lenet5-train-batch64",
]


def total(program, workload, steps):
    """Instructions of a whole run of so many steps."""
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, workload, "1"],
        input=f"{steps}\n", capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not found:
        sys.exit(f"{workload} cannot be counted:\n{run.stderr}")
    return int(found[1])


def count(program, workload):
    return total(program, workload, 2) - total(program, workload, 1)


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--note", action="store_true", help="note what is counted")
    p.add_argument("--program", default=str(PROGRAM))
    a = p.parse_args()
    if " avx2 " not in pathlib.Path("/proc/cpuinfo").read_text():
        sys.exit("this processor has no AVX2: its instructions are others than those noted")
    # Older versions of valgrind give up on the debugging information of Swift's compilers.
    folder = tempfile.TemporaryDirectory()
    program = f"{folder.name}/program"
    subprocess.run(["strip", "-g", "-o", program, a.program], check=True)
    noted = {} if a.note else json.loads(NOTED.read_text())
    counts, worse = {}, []
    for workload in WORKLOADS:
        counts[workload] = count(program, workload)
        ratio = counts[workload] / noted.get(workload, counts[workload])
        if ratio > SLACK:
            worse.append(workload)
        print(f"{workload:36} {counts[workload] / 1e6:10.2f} million instructions, {ratio:.3f} of those noted")
    if a.note:
        NOTED.write_text(json.dumps(counts, indent=2) + "\n")
    if worse:
        sys.exit(f"more instructions than {SLACK} times those noted: {', '.join(worse)}")


main()
