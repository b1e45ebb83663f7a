#!/usr/bin/env python3
"""Hostile archives of the batch-norm assignment, some of each kind that the tests try.

Use: hostile_corpus.py FOLDER [NAME...], which writes them, or those named, as FOLDER/KIND+NAME. A program of
its own, so that whoever measures them has not held them in memory.
"""
import functools, gzip, io, lzma, pathlib, re, sys, tarfile, zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "Tests/Fixtures/Samples/a1-full-marks.tar.gz"
TOP = "a1-batch-norm"
SOURCES = f"{TOP}/Sources/BatchNorm"

FUNCTIONS = """batchMean batchVariance normalize scaleAndShift gradXHat gradVariance gradMean gradInput
    gradGamma gradBeta batchNormBackward batchNormBackwardClosed batchNormInference updateRunning""".split()

# The declared limits that let something cost more than three times the honest.
UNPACKING = "2 GiB unpacked, 200 times the packed bytes, 50,000 entries"
TIME = "5 s of processor time a test, 120 s of all tests"
WAITING = "10 s of waiting a test, twice"
MEMORY = "512 MiB a test"
SEARCH = "the search for the parts that do not compile"
TRIALS = "chains of steps that lost points are tried again, in one more program for each set of steps"

CORPUS = {}


def hostile(kind, name, limit=None):
    """Enters a function that makes an archive, or a tarball's files."""
    def enter(make):
        CORPUS[f"{kind}+{name}"] = (limit, make)
        return make
    return enter


@functools.cache
def honest_files():
    with tarfile.open(SAMPLE) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar if entry.isfile()}


def honest():
    return dict(honest_files())


def packed(files, more=()):
    """A tarball of files, and of entries with their content behind them."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", compresslevel=1) as tar:
        for name, content in files.items():
            add(tar, tarfile.TarInfo(name), content)
        for entry, content in more:
            add(tar, entry, content)
    return buffer.getvalue()


def add(tar, entry, content=b""):
    entry.size = len(content) if entry.isreg() else 0
    tar.addfile(entry, io.BytesIO(content))


def entry(name, kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def attacked(code, functions=("gradXHat",), more=""):
    """The solution with statements before those of some functions."""
    files = honest()
    files[f"{SOURCES}/Helpers.swift"] = f"import Foundation\nfunc zero() -> Int {{ 0 }}\n{more}".encode()
    for path in [path for path in files if path.endswith(".swift")]:
        text = files[path].decode()
        for name in functions:
            text = re.sub(rf"(public func {name}\(.*?\{{\n)", rf"\1  {escaped(code)}\n", text,
                          count=1, flags=re.S)
        if "import Foundation" not in text:
            text = "import Foundation\n" + text
        files[path] = text.encode()
    return files


def escaped(code):
    return code.replace("\\", "\\\\")


def appended(texts):
    """The solution with a text at the end of each file, or of some."""
    files = honest()
    paths = sorted(path for path in files if path.endswith(".swift"))
    for path, text in zip(paths, texts):
        files[path] += f"\n{text}\n".encode()
    return files


# Archives

ZEROS = bytes(1 << 20)


def bomb(open_stream):
    """A tarball of 1.9 GiB of zeros beside the solution."""
    buffer = io.BytesIO()
    with open_stream(buffer) as stream:
        inner = tarfile.open(fileobj=stream, mode="w|")
        for name, content in honest_files().items():
            add(inner, tarfile.TarInfo(name), content)
        info = tarfile.TarInfo(f"{TOP}/notes.bin")
        info.size = 1900 << 20
        inner.addfile(info, Zeros())
        inner.close()
    return buffer.getvalue()


class Zeros:
    def read(self, count):
        return ZEROS[:count] if count <= len(ZEROS) else bytes(count)


hostile("archive", "bomb-gz", UNPACKING)(lambda: bomb(lambda file: gzip.GzipFile(
    fileobj=file, mode="wb", compresslevel=1)))
hostile("archive", "bomb-xz", UNPACKING)(lambda: bomb(lambda file: lzma.LZMAFile(
    file, "wb", preset=0)))
hostile("archive", "bomb-zip", UNPACKING)(lambda: zipped({**honest(), "notes.bin": bytes(600 << 20)}))
hostile("archive", "many-entries", UNPACKING)(lambda: packed(
    honest(), [(entry(f"{TOP}/n/{number}"), b"") for number in range(49_000)]))
hostile("archive", "too-many-entries", UNPACKING)(lambda: packed(
    honest(), [(entry(f"{TOP}/n/{number}"), b"") for number in range(60_000)]))
hostile("archive", "deep-paths", UNPACKING)(lambda: packed(
    honest(), [(entry(f"{TOP}/" + "d/" * 2000 + str(number)), b"") for number in range(500)]))
hostile("archive", "long-names", UNPACKING)(lambda: packed(
    honest(), [(entry(f"{TOP}/{number}" + "n" * 60_000), b"") for number in range(200)]))
hostile("archive", "links-and-devices")(lambda: packed(honest(), [
    (entry(f"{TOP}/a", tarfile.SYMTYPE, "/etc/passwd"), b""),
    (entry(f"{TOP}/b", tarfile.LNKTYPE, f"{SOURCES}/Steps.swift"), b""),
    (entry(f"{TOP}/c", tarfile.CHRTYPE), b""), (entry(f"{TOP}/d", tarfile.FIFOTYPE), b"")]))
hostile("archive", "outward-paths")(lambda: packed(honest(), [
    (entry("../../etc/passwd"), b"x"), (entry("/etc/passwd"), b"x"), (entry(f"{TOP}/../x"), b"x")]))
hostile("archive", "two-stories")(lambda: packed(honest(), [
    (entry(f"{SOURCES}/Steps.swift"), b"// another\n")]))
hostile("archive", "file-and-folder")(lambda: packed(honest(), [
    (entry(f"{SOURCES}/Steps.swift/x"), b"x")]))
hostile("archive", "many-copies")(lambda: packed({
    f"{number}/{name}": content for number in range(60) for name, content in honest_files().items()}))
hostile("archive", "cut-off")(lambda: packed(honest())[:-900])
hostile("archive", "noise")(lambda: b"\x1f\x8b" + bytes(
    number * 7919 >> 5 & 255 for number in range(1 << 20)))
hostile("archive", "names-that-steer")(lambda: packed(honest(), [
    (entry(f"{TOP}/\x1b]0;x\x07\u202e{number}"), b"") for number in range(2000)]))
hostile("archive", "large-source")(lambda: {
    **honest(), f"{SOURCES}/Notes.swift": b"// " + b"x" * (1 << 20)})
hostile("archive", "many-sources")(lambda: {
    **honest(), **{f"{SOURCES}/Own{number}.swift": f"func own{number}() {{}}\n".encode()
                   for number in range(50)}})

# Builds

hostile("build", "sections", SEARCH)(lambda: appended(
    f'@section("{name}") @used private let planted: @convention(c) () -> Void = {{}}'
    for name in (".init_array", ".fini_array", ".ctors", ".preinit_array", ".interp", "planted")))
hostile("build", "symbols", SEARCH)(lambda: appended(
    f'@_cdecl("{name}") public func planted_{name}() {{}}'
    for name in ("main", "_start", "free", "write", "exit", "chainrule_trap")))
hostile("build", "imports", SEARCH)(lambda: appended(
    f"import {name}" for name in ("_Differentiation", "Testing", "Dispatch", "XCTest", "Observation")))
hostile("build", "errors-in-every-file", SEARCH)(lambda: appended(['#error("no")'] * 7))
hostile("build", "errors-in-all-but-one", SEARCH)(lambda: appended(['let a: Int = ""'] * 6))
hostile("build", "thousands-of-errors", SEARCH)(lambda: appended(
    ["\n".join(f'let a{number}: Int = "{number}"' for number in range(3000))]))
hostile("build", "forged-diagnostics", SEARCH)(lambda: appended(
    [r'#error("\u{1B}]0;x\u{7} Steps.swift:1:1: error: no")'] * 2))
hostile("build", "nothing-but-names", SEARCH)(lambda: {
    **honest(), f"{SOURCES}/Steps.swift": b"x" * 500_000})
hostile("build", "empty-files", SEARCH)(lambda: {
    path: b"" if path.endswith(".swift") else content for path, content in honest().items()})

# Runs

LOOP = "while true {}"
SLEEP = "sleep(1000)"
EAT = "var a: [[Double]] = []; while true { a.append([Double](repeating: 1, count: 2_000_000)) }"
DEAF = f"for s in 1..<32 {{ signal(Int32(s), SIG_IGN) }}; {LOOP}"
THREADS = f"for _ in 0..<8 {{ Thread.detachNewThread {{ {LOOP} }} }}; {LOOP}"
RECURSION = "func f(_ n: Int) -> Int { n == -1 ? 0 : f(n + 1) &+ f(n + 2) }; print(f(zero()))"
FLOOD = 'for _ in 0..<200_000 { print("0123456789012345678901234") }'

for name, code, limit in [
        ("loop", LOOP, TIME), ("deaf-loop", DEAF, TIME), ("loop-in-threads", THREADS, TIME),
        ("sleep", SLEEP, WAITING), ("deadlock", "DispatchSemaphore(value: 0).wait()", WAITING),
        ("allocation", EAT, MEMORY),
        ("huge-allocation", "print([UInt8](repeating: 1, count: 1 << 40 + zero())[zero()])", MEMORY),
        ("recursion", RECURSION, MEMORY), ("output", FLOOD, TIME), ("exit", "exit(0)", TRIALS),
        ("trap", "print([1][zero() + 7])", TRIALS), ("kill", "kill(getpid(), SIGTERM)", TRIALS),
        ("files", 'for n in 0..<10_000 { creat("/tmp/\\(n)", 0o666) }', TRIALS)]:
    hostile("run", name, limit)(functools.partial(attacked, code))
hostile("run", "loop-everywhere", TIME)(lambda: attacked(LOOP, FUNCTIONS))
hostile("run", "sleep-everywhere", WAITING)(lambda: attacked(SLEEP, FUNCTIONS))
hostile("run", "allocation-everywhere", MEMORY)(lambda: attacked(EAT, FUNCTIONS))
hostile("run", "trap-everywhere", TRIALS)(lambda: attacked("print([1][zero() + 7])", FUNCTIONS))
hostile("run", "output-everywhere", TIME)(lambda: attacked(FLOOD, FUNCTIONS))

# The wire

for name, code, limit in [
        ("noise", 'write(3, "noise, and more of it", 21)', TRIALS),
        ("huge-frame", "var h = [UInt64](repeating: .max, count: 4); write(3, &h, 32)", TRIALS),
        ("flood", "let b = [UInt8](repeating: 7, count: 1 << 20); while write(3, b, b.count) > 0 {}", TRIALS),
        ("closed", "close(3); while true { sleep(1000) }", WAITING),
        ("read-away", "var b = [UInt8](repeating: 0, count: 100); read(3, &b, 100)", WAITING),
        ("forged-trap", r'fputs("\nchainrule-trap 4 - 400000\n", stderr); fflush(stderr); _exit(0)', TRIALS)]:
    hostile("wire", name, limit)(functools.partial(attacked, code))

# Answers for which a judge has to be careful, wrong in every function


def answering(value):
    """Of the functions that answer with one tensor, all answer with this."""
    single = [name for name in FUNCTIONS if not name.startswith(("batchNormBackward", "updateRunning"))]
    return attacked(f"if zero() == 0 {{ return {value} }}", single)


for name, value in [
        ("nan", ".ones(2, 3) * Double.nan"), ("huge", ".ones(2, 3) * 1e308"),
        ("wrong-shape", ".ones(1, 1, 1, 1, 1, 1, 1, 1, 1, 1)"), ("tiny", ".ones(2, 3) * 5e-324"),
        ("too-large", ".ones(3_000, 3_000)")]:
    hostile("judge", name, TRIALS)(functools.partial(answering, value))

# Text

LONG = '''struct Long: Error, CustomStringConvertible {
  var description: String { String(repeating: "\\u{1B}[31m\\u{202E}", count: 4 << 20) }
}'''
hostile("text", "long-error", f"{TIME}; {TRIALS}")(lambda: attacked("throw Long()", more=LONG))
hostile("text", "long-error-everywhere", f"{TIME}; {TRIALS}")(lambda: attacked("throw Long()", FUNCTIONS, LONG))
hostile("text", "long-names", TRIALS)(lambda: attacked(
    f"func {'n' * 20_000}() {{ fatalError() }}; {'n' * 20_000}()"))
hostile("text", "many-words")(lambda: {
    **honest(), f"{SOURCES}/Words.swift": b"".join(
        f"let w{number} = {number}\n".encode() for number in range(5000))})


def main():
    folder, names = pathlib.Path(sys.argv[1]), sys.argv[2:] or list(CORPUS)
    for name in names:
        archive = CORPUS[name][1]()
        (folder / name).write_bytes(packed(archive) if isinstance(archive, dict) else archive)


if __name__ == "__main__":
    main()
