#!/usr/bin/env python3
"""How long `grader` takes for one submission, beside what one would do without it.

Prints medians and, pair by pair in turn, ratios; `--check` makes it an error if a submission takes more
of `swiftc`'s time than the target. Everything is measured in one run:

  grader   one submission, everything prebuilt
  package  a fresh package of the student's code and the hidden suite: built by SwiftPM, then all tests
           run in one process against one unjailed worker
  swiftc   `swiftc -O -static-executable` of the student's files with the worker's main, against the
           prebuilt modules, with a warm module cache

Use: grader_speed.py [--runs N] [--package-runs N] [--check], after `swift build`.
"""
import argparse, glob, json, os, pathlib, re, shutil, socket, statistics, subprocess, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ASSIGNMENT = "a1-batch-norm"
SAMPLE = ROOT / "Tests/Fixtures/Samples/a1-full-marks.tar.gz"
# The most that a submission may take of the bare compiler's time.
TARGET = 0.40


def timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def run(*command, **options):
    subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, **options)


def grade():
    out = subprocess.run([ROOT / ".build/debug/grader", SAMPLE], check=True, capture_output=True)
    grade = json.loads(out.stdout)
    assert grade["score"] == grade["maxScore"], "the sample must get full marks"


class Package:
    """The student's code and the hidden suite as one fresh package."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(ROOT / "assignments/CourseKit", folder / "CourseKit",
                        ignore=shutil.ignore_patterns(".build*"))
        shutil.copytree(ROOT / "reference/JudgeSupport", folder / "JudgeSupport",
                        ignore=shutil.ignore_patterns(".build*"))
        shutil.copytree(ROOT / "Sources/JudgeWire", folder / "JudgeWire",
                        ignore=shutil.ignore_patterns(".build*"))
        manifest = folder / "JudgeSupport/Package.swift"
        manifest.write_text(manifest.read_text().replace("../../assignments/CourseKit", "../CourseKit")
                            .replace("../../Sources/JudgeWire", "../JudgeWire"))
        self.main = folder / "package"
        handout = ROOT / "assignments" / ASSIGNMENT
        for name in ("BatchNorm", "BatchNormTask"):
            shutil.copytree(handout / "Sources" / name, self.main / "Sources" / name)
        shutil.copytree(ROOT / "reference" / ASSIGNMENT / "Solution/Sources", self.main / "Sources",
                        dirs_exist_ok=True)
        shutil.copytree(ROOT / "reference" / ASSIGNMENT / "HiddenTests", self.main / "Tests/HiddenTests")
        shutil.copytree(ROOT / "reference" / ASSIGNMENT / "Worker", self.main / "Sources/worker")
        (self.main / "Package.swift").write_text("""// swift-tools-version: 6.2
import PackageDescription
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let package = Package(
  name: "package",
  dependencies: [
    .package(path: "../CourseKit"), .package(path: "../JudgeSupport"), .package(path: "../JudgeWire"),
  ],
  targets: [
    .target(name: "BatchNormTask", dependencies: ["CourseKit"]),
    .target(name: "BatchNorm", dependencies: ["BatchNormTask", "CourseKit"]),
    .executableTarget(name: "worker", dependencies: ["BatchNorm", "BatchNormTask", "CourseKit"]),
    .testTarget(
      name: "HiddenTests",
      dependencies: [
        "BatchNormTask", "CourseKit", "JudgeSupport",
        .product(name: "JudgeEvents", package: "JudgeWire"),
      ], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v5]
)
""")

    def measure(self):
        shutil.rmtree(self.main / ".build", ignore_errors=True)
        return timed(self.build_and_test)

    def build_and_test(self):
        run("swift", "build", "--build-tests", "--package-path", self.main)
        products = self.main / ".build/debug"
        bundle = glob.glob(str(products / "*.xctest"))[0]
        listed = subprocess.run([bundle, "--list-tests"], check=True, capture_output=True, text=True)
        tests = re.findall(r"^HiddenTests\.(\w+/\w+)$", listed.stdout, flags=re.M)
        tests = [test for test in tests if "OracleTests/" not in test]
        worker_end, judge_end = socket.socketpair()
        orders, judge_orders = socket.socketpair(type=socket.SOCK_SEQPACKET)
        worker = start([products / "worker"], {3: worker_end.fileno()})
        worker_end.close()
        judge = start([bundle, ",".join("HiddenTests." + test for test in tests)],
                      {3: judge_orders.fileno()})
        judge_orders.close()
        with tempfile.TemporaryFile(mode="ab+") as events:
            for test in tests:
                socket.send_fds(orders, [f"1 judge {test}".encode()],
                                [judge_end.fileno(), events.fileno()])
                assert orders.recv(1), "the judge ended"
            events.seek(0)
            passed = [b'"succeeded":true' in line for line in events if b'"finished"' in line]
        assert len(passed) == len(tests) and all(passed), "the hidden suite must pass"
        orders.close()
        judge_end.close()
        judge.wait()
        worker.wait()


def start(command, descriptors, **environment):
    """A process in which the given descriptors have the given numbers."""
    high = {number: os.dup(fd) for number, fd in descriptors.items()}
    high = {number: fcntl_above(fd) for number, fd in high.items()}

    def place():
        for number, fd in high.items():
            os.dup2(fd, number)

    process = subprocess.Popen(
        [str(c) for c in command], preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment})
    for fd in high.values():
        os.close(fd)
    return process


def fcntl_above(fd):
    import fcntl
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 50)
    os.close(fd)
    return moved


class Driver:
    """`swiftc` over the student's files and the worker's main, as one module."""

    def __init__(self, folder):
        self.folder = folder
        cache = pathlib.Path(os.environ.get("CHAINRULE_CACHE") or (
            "/var/cache/chainrule" if os.geteuid() == 0 else
            (os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) + "/chainrule"))
        self.runtime = newest(cache, "runtime-*")
        self.kit = newest(cache, f"kit-{ASSIGNMENT}-*")
        shutil.copytree(ROOT / "reference" / ASSIGNMENT / "Solution/Sources/BatchNorm", folder / "s")
        main = (ROOT / "reference" / ASSIGNMENT / "Worker/main.swift").read_text()
        (folder / "s/main.swift").write_text(re.sub(r"^import BatchNorm\n", "", main, flags=re.M))

    def compile(self):
        run("swiftc", "-O", "-static-executable", "-swift-version", "5", "-module-name", "Student",
            "-I", self.runtime / "modules", "-I", self.kit / "modules",
            "-Xcc", f"-fmodule-map-file={self.runtime}/kernels/module.modulemap",
            "-module-cache-path", self.folder / "module-cache",
            *sorted(glob.glob(str(self.folder / "s/*.swift"))),
            *sorted(glob.glob(str(self.runtime / "objects/*.o"))), *glob.glob(str(self.kit / "*.o")),
            "-Xlinker", "--wrap=open", "-o", self.folder / "worker")


def newest(cache, pattern):
    return max(cache.glob(pattern), key=lambda path: path.stat().st_mtime)


def show(name, values, ours):
    ratios = [value / mine for value, mine in zip(values, ours)]
    print(f"{name:8} {statistics.median(values):8.3f} s   "
          f"{statistics.median(ratios):6.2f} times grader   (min {min(ratios):.2f}, max {max(ratios):.2f})")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--package-runs", type=int, default=2)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "driver").mkdir()
        grade()  # prebuilds, and warms
        driver = Driver(folder / "driver")
        driver.compile()
        ours, swiftc = [], []
        for _ in range(options.runs):
            ours.append(timed(grade))
            swiftc.append(timed(driver.compile))
        package = Package(folder / "fresh") if options.package_runs else None
        beside, fresh = [], []
        for _ in range(options.package_runs):
            beside.append(timed(grade))
            fresh.append(package.measure())
    print(f"grader   {statistics.median(ours):8.3f} s")
    show("swiftc", swiftc, ours)
    if package:
        show("package", fresh, beside)
    share = statistics.median([a / b for a, b in zip(ours, swiftc)])
    print(f"grader takes {share:.3f} times swiftc; the target is {TARGET}")
    if options.check and share > TARGET:
        raise SystemExit("missed")


if __name__ == "__main__":
    main()
