#!/usr/bin/env python3
"""What searching counterexamples adds to the grade of a submission that failed.

Each archive is graded with the search and without, in turns; prints medians of the time, of the
processor's time, and of the difference pair by pair. With --check an archive that costs more than a
second more is an error.

Use: counterexample_cost.py [--runs N] [--check], after `swift build`.
"""
import argparse, json, pathlib, re, resource, statistics, subprocess, sys, tarfile, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOLUTION = ROOT / "reference/a1-batch-norm/Solution/Sources/BatchNorm"
LIMIT = 1.0


def archive(folder, name, change):
    """The solution of a1 with every line that returns a value changed."""
    path = folder / f"{name}.tar"
    with tarfile.open(path, "w") as tar:
        for source in sorted(SOLUTION.glob("*.swift")):
            text = re.sub(r"^( +)return (.+)$", change, source.read_text(), flags=re.M)
            changed = folder / source.name
            changed.write_text(text)
            tar.add(changed, f"Sources/BatchNorm/{source.name}")
    return path


def doubled(match):
    space, value = match.groups()
    # Values of several parts, and calls over several lines, stay as they are.
    whole = value.count("(") == value.count(")") and not value.startswith("(") and "Running" not in value
    return f"{space}return 2 * ({value})" if whole else match.group(0)


def graded(path, questions):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    out = subprocess.run(
        [ROOT / ".build/debug/grader", path, "--naming-seconds", "0", "--example-questions", str(questions)],
        check=True, capture_output=True)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    searches = [t["facts"]["search"]["outcome"] for t in json.loads(out.stdout)["tests"]
                if "search" in t.get("facts", {})]
    return seconds, processor, searches


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        archives = {
            "one slip": ROOT / "Tests/Fixtures/Samples/a1-one-slip.tar.gz",
            "all values doubled": archive(folder, "doubled", doubled),
            "all functions trap": archive(folder, "traps", r"\1if CommandLine.argc < 9 { fatalError() }; return \2"),
        }
        for title, path in archives.items():
            graded(path, 200)
            runs = [(graded(path, 0), graded(path, 200)) for _ in range(arguments.runs)]
            searches = runs[0][1][2]
            more = statistics.median(b[0] - a[0] for a, b in runs)
            processor = statistics.median(b[1] - a[1] for a, b in runs)
            base = statistics.median(a[0] for a, _ in runs)
            print(f"{title:20} {base:6.2f} s, {more:+.2f} s more, {processor:+.2f} s of the processor's; "
                  f"found {searches.count('found')} of {len(searches)}")
            failed = failed or more > LIMIT
    if arguments.check and failed:
        sys.exit(f"an archive costs more than {LIMIT} s more")


main()
