#!/usr/bin/env python3
"""What a hostile submission costs beside an honest one.

Grades each archive of `hostile_corpus.py`, and between them one with full marks, and prints for each the
processor time and the peak memory of all that its grading started, in times of the honest one that was
graded next to it: medians. A line with more than three times has the declared limit that it may reach
behind it, or `UNEXPLAINED`. Status and score show that an attack still does what it is named for. Judges
nothing.

Processor time is that of the grader and of all that it waited for; memory is that of the largest of these
processes. Slips are named only if --naming-seconds says how long that may take: what names need is built
once for all submissions.

Use: hostile_cost.py [--runs N] [--only PATTERN...] [--naming-seconds N], after `swift build`; --list lists
the archives.
"""
import argparse, fnmatch, json, os, pathlib, statistics, subprocess, sys, tempfile
import hostile_corpus

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST = 3


class Cost:
    """One grading: what it took, and what came of it."""

    def __init__(self, archive, options):
        with tempfile.TemporaryDirectory() as folder:
            output = pathlib.Path(folder) / "grade.json"
            grader = subprocess.Popen(
                [ROOT / ".build/debug/grader", archive, "--assignment", hostile_corpus.TOP,
                 "--naming-seconds", str(options.naming_seconds), "--output", output],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(grader.pid, 0)
            grader.returncode = os.waitstatus_to_exitcode(status)
            self.seconds = usage.ru_utime + usage.ru_stime
            self.mebibytes = usage.ru_maxrss / 1024
            grade = json.loads(output.read_text()) if output.exists() else None
        self.outcome = (f"{grade['status']}, {grade['score']} of {grade['maxScore']}" if grade
                        else f"withheld, status {grader.returncode}")
        self.has_full_marks = bool(grade) and grade["score"] == grade["maxScore"]


def measure(name, archive, options):
    """Ratios of an archive, and what came of it; says so in a line."""
    pairs = []
    for _ in range(options.runs):
        honest = Cost(hostile_corpus.SAMPLE, options)
        assert honest.has_full_marks, f"the sample must get full marks: {honest.outcome}"
        pairs.append((Cost(archive, options), honest))
    time = statistics.median(one.seconds / other.seconds for one, other in pairs)
    memory = statistics.median(one.mebibytes / other.mebibytes for one, other in pairs)
    limit = hostile_corpus.CORPUS[name][0] or "UNEXPLAINED"
    names = f"; {options.naming_seconds} s for names" if options.naming_seconds else ""
    mark = f"  > {MOST}: {limit}{names}" if max(time, memory) > MOST else ""
    print(f"{name:30} {time:8.2f} {memory:8.2f}   {pairs[0][0].outcome}{mark}", flush=True)
    return time, memory, mark


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=["*"], metavar="PATTERN")
    parser.add_argument("--naming-seconds", type=int, default=0)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    names = [name for name in hostile_corpus.CORPUS
             if any(fnmatch.fnmatch(name, pattern) for pattern in options.only)]
    if not names:
        parser.error(f"no archive is called {' or '.join(options.only)}; see --list")
    if options.list:
        print("\n".join(names))
        return
    with tempfile.TemporaryDirectory() as folder:
        # By a process of its own: the peak of one that starts another counts for that too.
        subprocess.run([sys.executable, "-B", hostile_corpus.__file__, folder, *names], check=True)
        Cost(hostile_corpus.SAMPLE, options)  # prebuilds, and warms
        honest = Cost(hostile_corpus.SAMPLE, options)
        print(f"honest: {honest.seconds:.2f} s of processor time, {honest.mebibytes:.0f} MiB")
        print(f"{'in times of it':30} {'time':>8} {'memory':>8}")
        rows = [measure(name, pathlib.Path(folder) / name, options) for name in names]
    above = [mark for _, _, mark in rows if mark]
    unexplained = sum("UNEXPLAINED" in mark for mark in above)
    print(f"{len(rows)} archives: {len(above)} above {MOST}, {unexplained} of them by no declared limit; "
          f"at most {max(row[0] for row in rows):.1f} times the time "
          f"and {max(row[1] for row in rows):.1f} times the memory")


if __name__ == "__main__":
    main()
