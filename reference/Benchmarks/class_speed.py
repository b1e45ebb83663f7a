#!/usr/bin/env python3
"""How long `grader batch` takes for a class, beside what one would do without it.

Prints figures and ratios; judges nothing. Everything is measured in one run, with a fresh folder of
results and with the hidden suite prebuilt:

  peer     with `--peer GRADER`: processor time of a submission in a class, beside that of another
           build of the grader, which has its course and its cache; in turns
  batch    a class of distinct submissions, made of the solution, planted mistakes and the stub
  single   `grader FILE` on a sample of the same submissions, one after the other
  package  a fresh package of the student's code and the hidden suite for each of a sample: built by
           SwiftPM, then all tests run in one process against one unjailed worker, if it builds
  changed  the same class again after a tenth of it changed
  cached   the same class again, nothing changed
  memory   the grader's own peak of resident memory, for few and for many submissions of the same
           content: once when they are graded, once when nothing is left to do
  large    a class of copies of a few submissions: what each command takes over its gradebook, the
           size of the report, and how long a browser takes until it is ready

Use: class_speed.py [--students N] [--sample N] [--packages N] [--few N] [--many N] [--large N],
after `swift build`; a size of 0 leaves that part out. Another grader than the one in .build/debug
is named by GRADER.
"""
import argparse, os, pathlib, resource, shutil, statistics, subprocess, sys, tarfile, tempfile, threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import grader_speed

ROOT = pathlib.Path(__file__).resolve().parents[2]
GRADER = pathlib.Path(os.environ.get("GRADER") or ROOT / ".build/debug/grader")
ASSIGNMENT = "a1-batch-norm"
# In the sample class these never end, are a neighbour's and are no archive.
ODD = ("03240108", "03240112", "03240114")


class Run:
    """A command, its wall time and the peak memory of its own process."""

    def __init__(self, *arguments):
        start = time.perf_counter()
        process = subprocess.Popen([GRADER, *map(str, arguments)], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.peak = 0
        watcher = threading.Thread(target=self.watch, args=[process], daemon=True)
        watcher.start()
        self.output, self.errors = process.communicate()
        self.seconds = time.perf_counter() - start
        assert process.returncode == 0, self.errors

    def watch(self, process):
        while process.poll() is None:
            try:
                for line in open(f"/proc/{process.pid}/status"):
                    if line.startswith("VmHWM:"):
                        self.peak = max(self.peak, int(line.split()[1]))
            except OSError:
                return
            time.sleep(0.02)


def make_class(folder, count):
    """A class of exactly so many distinct submissions."""
    Run("demo", ASSIGNMENT, "--submissions-only", "--students", count + len(ODD) + 1, "-o", folder)
    submissions = folder / "submissions"
    for name in ODD:
        (submissions / f"{name}.tar").unlink()
    archives = sorted(submissions.iterdir())
    assert len(archives) == count, len(archives)
    return archives


def change(archive):
    """Adds a comment to each Swift file of an archive."""
    with tempfile.TemporaryDirectory() as name:
        with tarfile.open(archive) as tar:
            tar.extractall(name, filter="data")
        for path in pathlib.Path(name).rglob("*.swift"):
            path.write_text(path.read_text() + "// Changed.\n")
        with tarfile.open(archive, "w") as tar:
            for path in sorted(pathlib.Path(name).rglob("*")):
                tar.add(path, path.relative_to(name), recursive=False)


def fresh_package(archive):
    """Seconds that SwiftPM takes for one submission."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        package = grader_speed.Package(folder)
        with tarfile.open(archive) as tar:
            for member in tar.getmembers():
                if member.name.startswith("Sources/"):
                    tar.extract(member, package.main, filter="data")
        return grader_speed.timed(lambda: build_and_test(package))


def build_and_test(package):
    try:
        package.build_and_test()
    except (AssertionError, subprocess.CalledProcessError):
        pass  # It is wrong or does not build, and has been found to be so.


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--sample", type=int, default=10)
    parser.add_argument("--packages", type=int, default=10)
    parser.add_argument("--few", type=int, default=200)
    parser.add_argument("--many", type=int, default=5000)
    parser.add_argument("--large", type=int, default=20000)
    parser.add_argument("--peer", help="another build's grader, in the .build of its own checkout")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(pathlib.Path(name), options)


def copies(folder, archives, count):
    """So many students' folders, with the archives in turns; equal names let intake remember."""
    contents = [archive.read_bytes() for archive in archives]
    for number in range(count):
        student = folder / f"s{number:05}"
        student.mkdir(parents=True)
        (student / "submit.tar").write_bytes(contents[number % len(contents)])
    return folder


def measure(folder, options):
    archives = make_class(folder / "class", max(20, options.students))
    if options.peer:
        measure_peer(folder, len(archives), options)
    if options.students:
        measure_class(folder, archives, options)
    if options.many:
        measure_memory(folder, archives[0], options)
    if options.large:
        measure_large(folder, archives[:20], options.large)


def measure_peer(folder, count, options):
    ratios = []
    for round in range(options.rounds + 1):  # The first prepares what each needs.
        seconds = [processor_seconds(grader, folder / "class/submissions", folder / f"peer-{round}-{place}")
                   for place, grader in enumerate((pathlib.Path(options.peer), GRADER))]
        if round:
            ratios.append(seconds[1] / seconds[0])
            print(f"peer     {seconds[1] / count:8.3f} s   of processor time for each, "
                  f"{seconds[0] / count:.3f} s by the other build, {ratios[-1]:.2f} times")
    print(f"peer     {statistics.median(ratios):8.2f}     times its processor time; the target is 0.5")


def processor_seconds(grader, submissions, results):
    """What a batch and all that it starts take, by a grader with a cache of its own."""
    cache = results.parent / f"cache-{hash(grader)}"
    for kept in cache.glob("object-*"):
        shutil.rmtree(kept)  # Each round is a class that is new.
    environment = dict(os.environ, CHAINRULE_CACHE=str(cache))
    course = grader.resolve().parents[3]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([grader, "batch", submissions, "-o", results, "--course", course, "--no-report"],
                   env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_memory(folder, archive, options):
    for mode in ("graded", "nothing left to do"):
        peaks = []
        for count in (options.few, options.many):
            source = folder / f"equal-{count}"
            if not source.exists():
                copies(source, [archive], count)
            results = folder / f"results-{count}"
            run = Run("batch", source, "-o", results, "--jobs", 2, "--no-report")
            peaks.append(run.peak)
        print(f"memory   {peaks[0] / 1024:8.1f} MiB for {options.few}, {peaks[1] / 1024:.1f} MiB "
              f"for {options.many}, {peaks[1] / peaks[0]:.2f} times as much; {mode}")


def measure_large(folder, archives, count):
    source, results = copies(folder / "large", archives, count), folder / "large-results"
    batch = ["batch", source, "-o", results, "--jobs", 2, "--no-report"]
    for name, command in {
        "filled": batch,
        "rerun": batch,
        "report --without-similar": ["report", results, "--without-similar"],
        "report": ["report", results],
        "return": ["return", results],
        "marks export": ["marks", "export", results],
    }.items():
        run = Run(*command)
        print(f"large    {run.seconds:8.1f} s   {run.peak / 1024:.0f} MiB: {name}, "
              f"{count} submissions")
    page = results / "report.html"
    browser = subprocess.run([sys.executable, ROOT / "Tests/Fixtures/browser.py", page],
                             stdout=subprocess.PIPE, text=True, check=True)
    milliseconds = float(browser.stdout.split()[0])
    print(f"large    {milliseconds / 1000:8.2f} s   until the report of "
          f"{page.stat().st_size / 1e6:.1f} MB is ready in the browser")


def measure_class(folder, archives, options):
    step = max(1, len(archives) // options.sample)
    sample = archives[::step][:options.sample]
    for archive in sample:
        Run(archive)  # Prebuilds, and warms.
    single = [Run(archive).seconds for archive in sample]

    batch = ["batch", folder / "class/submissions", "-o", folder / "results", "--jobs", 2]
    first = Run(*batch)
    each = first.seconds / len(archives)
    print(f"batch    {first.seconds:8.1f} s   {each:.3f} s for each of {len(archives)}, 2 jobs")
    mean = statistics.mean(single)
    print(f"single   {mean:8.3f} s   batch takes {each / mean:.2f} of it for each")

    cached = Run(*batch)
    assert f"{len(archives)} graded before" in cached.output, cached.output
    print(f"cached   {cached.seconds:8.3f} s")

    changed = archives[::10]
    for archive in changed:
        change(archive)
    again = Run(*batch)
    assert f"{len(changed)} graded" in again.output, again.output
    print(f"changed  {again.seconds:8.1f} s   {again.seconds / first.seconds:.3f} of the first run, "
          f"{len(changed)} of {len(archives)} changed")

    if options.packages:
        seconds = [fresh_package(archive) for archive in sample[:options.packages]]
        mean = statistics.mean(seconds)
        print(f"package  {mean:8.1f} s   {mean / each:.1f} times what batch takes for each")


if __name__ == "__main__":
    main()
