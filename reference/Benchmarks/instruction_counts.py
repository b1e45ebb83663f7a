#!/usr/bin/env python3
"""Instructions of what must stay fast, beside those that were noted.

Times on a shared machine are noisy, instructions are not: what needs more than SLACK times as many as
noted fails. Of the engine, each count is the difference of two runs under callgrind, which leaves out
what comes before the part that counts; of the grader, it is all that its own process does for a sample,
without compiler, linker, judges and workers. They are of the instruction set that callgrind has, AVX2 and
no AVX-512, of the engine on one thread, and of one compiler and C library. With another instruction set or
compiler nothing can be compared: the counts are printed, that they are not compared is said, and the
status is 69. After a change that is meant, or with another compiler, note anew.

Use: swift build && swift build -c release --package-path reference/Benchmarks/LectureBenchmarks
     apt-get install valgrind
     reference/Benchmarks/instruction_counts.py [--note] [--only NAME,...] [--program FILE]
"""
import argparse, concurrent.futures, dataclasses, json, os, pathlib, platform, re, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
NOTED = HERE / "instruction_counts.json"
ENGINE = HERE / "LectureBenchmarks/.build/release/LectureBenchmarks"

GRADER = HERE.parents[1] / ".build/debug/grader"
SAMPLES = HERE.parents[1] / "Tests/Fixtures/Samples"
# Programs that another starts from its own folder.
BESIDE = {GRADER: ["grader-jail", "grader-intake"]}

# Runs of one build of the engine differ by 0.01 % at most; the rest is for other C libraries, whose
# copying and clearing of memory is counted too. The grader's threads meet in another order each time,
# which is 3 % of it: of several runs the least counts.
SLACK, GRADER_SLACK, GRADER_RUNS = 1.03, 1.10, 3


@dataclasses.dataclass
class Count:
    """What the longer of two runs of a program does more than the shorter one, or all that one does.

    The texts are what it reads.
    """
    name: str
    program: pathlib.Path
    arguments: list
    longer: str
    shorter: str | None = None
    slack: float = SLACK
    runs: int = 1


def step(workload):
    """The first step of a workload of the engine."""
    return Count(workload, ENGINE, [workload, "1"], "1\n", "0\n")


def sample(name):
    """A sample through the grader."""
    arguments = [str(SAMPLES / f"{name}.tar.gz"), "--course", str(HERE.parents[1]), "--jobs", "2"]
    return Count(f"grader {name}", GRADER, arguments, "", slack=GRADER_SLACK, runs=GRADER_RUNS)


COUNTS = [
    step("mlp-manual-784-500-10-batch8"),
    step("mlp-manual-784-500-500-10-batch8"),
    step("bn-mlp-784-500x4-10-train-batch64"),
    step("simple-cnn-train-batch64"),
    step("lenet5-train-batch64"),
    step("resnet18-narrow-train-batch2"),
    step("mixer-narrow-train-batch2"),
    sample("a1-full-marks"),
    sample("a1-one-slip"),
]


def first_line(*command):
    """What a program says of itself; nothing if it is not there."""
    try:
        run = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return ""
    return (run.stdout or run.stderr).partition("\n")[0].strip()


def surroundings():
    """What the counts depend on, beside the code."""
    has_avx2 = " avx2 " in pathlib.Path("/proc/cpuinfo").read_text()
    return {
        "instructions": platform.machine() + (" with AVX2" if has_avx2 else ""),
        "compiler": re.sub(r"^swift-driver version: \S+ ", "", first_line("swift", "--version")),
        "library": " ".join(platform.libc_ver()),
        "valgrind": first_line("valgrind", "--version"),
    }


def total(program, arguments, text):
    """Instructions of a whole run, given some text."""
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, *arguments],
        input=text, capture_output=True, text=True,
        # Tables of names would lie in another order in every run.
        env=dict(os.environ, SWIFT_DETERMINISTIC_HASHING="1"))
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not found:
        sys.exit(f"{program} {' '.join(arguments)} cannot be counted:\n{run.stderr}")
    return int(found[1])


def counted(counts, programs):
    """The difference for each, as many at once as there are processors."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        def least(count, text):
            runs = [pool.submit(total, programs[count.program], count.arguments, text)
                    for _ in range(count.runs)]
            return lambda: min(run.result() for run in runs)

        runs = [(least(c, c.longer), least(c, c.shorter) if c.shorter else lambda: 0) for c in counts]
        return {c.name: longer() - shorter() for c, (longer, shorter) in zip(counts, runs)}


def stripped(program, folder):
    """A copy for valgrind, of which older versions give up on Swift's debugging information."""
    if not program.exists():
        sys.exit(f"{program} is not built")
    place = pathlib.Path(folder) / str(len(list(pathlib.Path(folder).iterdir())))
    place.mkdir()
    for name in [program.name, *BESIDE.get(program, [])]:
        subprocess.run(["strip", "-g", "-o", place / name, program.parent / name], check=True)
    return str(place / program.name)


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--note", action="store_true", help="note what is counted")
    p.add_argument("--only", help="names of counts, with commas between")
    p.add_argument("--program", type=pathlib.Path, help="another build of the engine's program")
    a = p.parse_args()
    chosen = a.only.split(",") if a.only else [c.name for c in COUNTS]
    counts = [c for c in COUNTS if c.name in chosen]
    if unknown := set(chosen) - {c.name for c in counts}:
        sys.exit(f"there is no count of {', '.join(sorted(unknown))}")
    here = surroundings()
    if not here["valgrind"]:
        sys.exit("valgrind is not there: .ci/setup --tests installs it")
    noted = json.loads(NOTED.read_text()) if NOTED.exists() else {"of": here, "counts": {}}
    strangers = [] if a.note else [
        name for name in ("instructions", "compiler") if here[name] != noted["of"][name]]

    with tempfile.TemporaryDirectory() as folder:
        programs = {program: stripped(a.program if a.program and program == ENGINE else program, folder)
                    for program in sorted({c.program for c in counts})}
        for count in counts:
            if count.program == GRADER:  # What is made once for a machine is none of a submission's.
                subprocess.run([GRADER, *count.arguments], check=True, stdout=subprocess.DEVNULL)
        found = counted(counts, programs)

    worse = []
    for name, count in found.items():
        ratio = count / noted["counts"].get(name, count)
        says = f", {ratio:.4f} of those noted" if not strangers else ""
        print(f"{name:36} {count / 1e6:10.2f} million instructions{says}")
        if ratio > next(c.slack for c in counts if c.name == name):
            worse.append(name)
    if a.note:
        noted = {"of": here, "counts": {**noted["counts"], **found}}
        NOTED.write_text(json.dumps(noted, indent=2) + "\n")
        return
    if strangers:
        for name in strangers:
            print(f"NOT COMPARED: {name} here: {here[name]}; of those noted: {noted['of'][name]}")
        print("To compare, note them anew on this machine from the code before the change: --note")
        sys.exit(69)
    missing = [c.name for c in counts if c.name not in noted["counts"]]
    if missing:
        sys.exit(f"never noted: {', '.join(missing)}; see --note")
    if worse:
        sys.exit(
            f"too many more instructions than noted: {', '.join(worse)}. If that is meant, note them "
            "anew: --note")


main()
