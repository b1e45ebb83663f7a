#!/usr/bin/env python3
"""What a hidden suite costs: on a new machine, for each of its tests, and when one of them changes.

Prints figures and ratios; `--check` makes a miss of a target an error. Each part has a cache of its own:

  cold     the first grade with an empty cache, naming not counted, beside that of another build of
           the grader (`--peer GRADER`, in the .build of its own checkout), in turns
  empty    processor time that a test which computes nothing adds to a submission: the slope over
           suites with 0, 25 and 50 of them
  regrade  `grader regrade` after one test of the suite changed, beside the class's first grades

Use: suite_costs.py [--runs N] [--students N] [--peer GRADER] [--only PART...] [--check], after
`swift build`.
"""
import argparse, json, os, pathlib, re, resource, shutil, statistics, subprocess, sys, tempfile, time

import class_speed

ROOT = class_speed.ROOT
GRADER = class_speed.GRADER
ASSIGNMENT = "a1-batch-norm"
SAMPLE = ROOT / "Tests/Fixtures/Samples/a1-full-marks.tar.gz"
# The most that the first grade may take of the other build's time, a test that computes nothing, in
# seconds, and a regrade of the first grades' processor time.
TARGETS = {"cold": 0.5, "empty": 0.005, "regrade": 0.25}
COUNTS = (0, 25, 50)


class Course:
    """A copy of the course that may be changed, and a cache of its own."""

    def __init__(self, folder):
        self.path, self.cache = folder / "course", folder / "cache"
        ignored = shutil.ignore_patterns(".build*")
        for name in ("assignments", "reference/JudgeSupport", f"reference/{ASSIGNMENT}",
                     "Sources/JudgeWire"):
            shutil.copytree(ROOT / name, self.path / name, ignore=ignored)
        self.suite = self.path / "reference" / ASSIGNMENT

    def grade(self, *arguments, grader=GRADER):
        """The clock's and the processor's seconds of a command."""
        environment = dict(os.environ, CHAINRULE_CACHE=str(self.cache))
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        run = subprocess.run([grader, *map(str, arguments), "--course", self.path],
                             env=environment, capture_output=True, text=True)
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert run.returncode == 0, run.stderr
        self.output = run.stdout
        return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cold(folder, options):
    """Our share of the other build's time."""
    if not options.peer:
        print("cold     not measured: there is no other build (--peer)")
        return None
    ratios = []
    for run in range(options.runs):
        seconds = []
        for name, grader in (("theirs", pathlib.Path(options.peer)), ("ours", GRADER)):
            environment = dict(os.environ, CHAINRULE_CACHE=str(folder / f"{name}-{run}"))
            root = grader.resolve().parents[3]
            start = time.perf_counter()
            subprocess.run([grader, SAMPLE, "--course", root], env=environment, check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            seconds.append(time.perf_counter() - start)
            shutil.rmtree(environment["CHAINRULE_CACHE"])
        ratios.append(seconds[1] / seconds[0])
        print(f"cold     {seconds[1]:8.1f} s   for the first grade, {seconds[0]:.1f} s by the other "
              f"build, {ratios[-1]:.2f} times", flush=True)
    return statistics.median(ratios)


def empty(folder, options):
    """The slope of processor time over tests that compute nothing."""
    course = Course(folder)
    methods = "".join(f"  func testEmpty{n}() {{}}\n" for n in range(max(COUNTS)))
    (course.suite / "HiddenTests/EmptyTests.swift").write_text(
        "import XCTest\n\nfinal class EmptyTests: BatchNormCase {\n" + methods + "}\n")
    description = course.suite / "assignment.yaml"
    text = description.read_text()
    row = ("  - id: empty-{0}\n    method: EmptyTests/testEmpty{0}\n    title: Nothing {0}\n"
           "    part: Forward\n    points: 1\n    visibility: visible\n")
    seconds = {count: [] for count in COUNTS}
    for run in range(options.runs + 1):  # The first prepares what each needs.
        for count in COUNTS:
            rows = "".join(row.format(n) for n in range(count))
            description.write_text(text.replace("tests:\n", "tests:\n" + rows, 1))
            spent = course.grade(SAMPLE, "--jobs", 2)[1]
            tests = json.loads(course.output)["tests"]
            passed = [t for t in tests if t["id"].startswith("empty-") and t["status"] == "passed"]
            assert len(passed) == count, f"{len(passed)} of {count} empty tests passed"
            if run:
                seconds[count].append(spent)
    medians = [statistics.median(seconds[count]) for count in COUNTS]
    slope = statistics.linear_regression(COUNTS, medians).slope
    print(f"empty    {slope * 1000:8.1f} ms  of processor time for each; "
          + ", ".join(f"{s:.3f} s with {c}" for s, c in zip(medians, COUNTS)), flush=True)
    return slope


def regrade(folder, options):
    """The share of the first grades' processor time."""
    course = Course(folder)
    archives = class_speed.make_class(folder / "class", options.students)
    submissions = archives[0].parent
    few = folder / "few"
    few.mkdir()
    shutil.copy(archives[0], few)
    file = course.suite / "HiddenTests/StepsTests.swift"
    ratios = []
    for run in range(options.runs):
        for kept in course.cache.glob("object-*"):
            shutil.rmtree(kept)  # As for a class that is new.
        prepare(course, few, folder / f"few-{run}")
        results = folder / f"results-{run}"
        first = course.grade("batch", submissions, "-o", results, "--no-report")[1]
        text = file.read_text()
        file.write_text(re.sub(r"(func testGradXHat\(\)[^{]*\{\n)", rf"\1    _ = {run + 1}\n", text, count=1))
        assert file.read_text() != text
        prepare(course, few, folder / f"few-again-{run}")
        again = course.grade("regrade", results)[1]
        ran = re.search(r"(\d+) of (\d+) tests ran", course.output)
        ratios.append(again / first)
        print(f"regrade  {again / len(archives):8.3f} s   of processor time for each, {first / len(archives):.3f} s "
              f"at first, {ratios[-1]:.2f} times; {ran[0]}", flush=True)
    return statistics.median(ratios)


def prepare(course, submissions, results):
    """Builds and asks ahead what is no part of grading one more submission."""
    course.grade("batch", submissions, "-o", results, "--no-report")
    course.grade("prepare", ASSIGNMENT)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--students", type=int, default=24)
    parser.add_argument("--peer", help="another build's grader, in the .build of its own checkout")
    parser.add_argument("--only", nargs="+", choices=list(TARGETS), default=list(TARGETS))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    missed = []
    for part in options.only:
        with tempfile.TemporaryDirectory() as name:
            value = globals()[part](pathlib.Path(name), options)
        if value is None:
            continue
        print(f"{part:8} {value:8.4f}     the target is {TARGETS[part]}")
        if value > TARGETS[part]:
            missed.append(part)
    if options.check and missed:
        sys.exit("missed: " + ", ".join(missed))


if __name__ == "__main__":
    main()
