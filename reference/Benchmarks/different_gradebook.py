#!/usr/bin/env python3
"""What commands take over gradebooks of many submissions of which no two are equal.

    different_gradebook.py [--sizes N ...] [--check]

A small class is graded, and each gradebook is derived from it: every student has another name, other
sources (the order of functions and statements, names, numbers, further statements), another
derivation and other times; scores are those of the small class; half of the written answers are
marked. One in fifty is a
neighbour's work with other names. Prints, for each command and size, the seconds on the clock and of
processors, and the peak of resident memory; then the exponent of the growth of the processor's time.
`--check` makes it an error if a command takes ten minutes, or `return` or `total` 100 MiB, at the
largest size. `--keep FOLDER` leaves the gradebooks there. The grader is .build/debug/grader, or GRADER.
"""

import argparse
import hashlib
import json
import math
import os
import pathlib
import random
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
GRADER = pathlib.Path(os.environ.get("GRADER") or ROOT / ".build/debug/grader")
ASSIGNMENT = "a1-batch-norm"
SIZES = [1250, 2500, 5000, 10000, 20000]
MOST_SECONDS, MOST_MEMORY = 600, 100 << 20

GIVEN = "Ada Alan Barbara Chen Dai Edsger Emmy Farid Grace Haruka Ines Jun Lin Mei Niels Olga".split()
FAMILY = "Abe Brown Costa Dube Eriksen Fujita Garcia Haddad Ivanova Jansen Kim Lopez Mori".split()
SYLLABLES = "ba co du fe gi ha jo ku le mi no pa qui ro su te vi wa xe yo zu".split()
KEYWORDS = set(
    "as break case continue default do else enum extension false fileprivate for func guard if import "
    "in init inout let nil private public return self static struct switch throw throws true try "
    "typealias var where while Double Int Tensor Running".split())


def digest(data):
    return hashlib.sha256(data).hexdigest()


class Mutation:
    """One student's way of writing what another has written."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = {}

    def word(self):
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4)))

    def rename(self, text):
        """Other names for what is local, and other numbers in comments."""
        own = sorted(set(re.findall(r"\b(?:let|var)\s+(\w+)", text)) - KEYWORDS)
        for name in own:
            self.names.setdefault(name, self.word().capitalize())
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, own)) + r")\b(?!:)") if own else None
        if pattern:
            text = pattern.sub(lambda match: "own" + self.names[match[0]], text)
        return f"// {self.word()} {self.random.random():.6f}\n{text}"

    def statement(self):
        one, two = self.word(), self.word()
        number = self.random.randint(1, 9999)
        return self.random.choice([
            f"let {one} = Double({number}) * {self.random.random():.3f} - Double({two.__len__()})",
            f"var {one} = [{number}, {number + 1}].map {{ $0 * {number} }}.filter {{ $0 > 1 }}",
            f"guard {number} != x.shape.count || {number % 7} < x.values.count else {{ return x }}",
            f"for {one} in 0..<{number} where {one} % {number % 9 + 2} == 0 {{ {two} += Double({one}) }}",
            f"if x.values.contains(where: {{ $0.isNaN || $0 > {number}e3 }}) {{ {one} = -{number} }}",
            f"switch {one} {{ case 0: {two} = {number} default: {two} -= x.values[{number % 5}] }}",
            f"while {one} < {number}, !{two}.isEmpty {{ {one} += {two}.removeLast().rounded() }}",
            f"precondition({one}.elementsEqual({two}, by: {{ abs($0 - $1) <= {number} }}), \"{one}\")",
            f"let {one} = zip({two}, x.values).reduce(0) {{ $0 + $1.0 / max($1.1, {number}) }}",
            f"print({one} ?? {two}.first ?? {number}, terminator: \"{two}\")",
        ])

    def reorder(self, text):
        """Other orders of functions and statements, and statements of their own between these."""
        head, *functions = re.split(r"(?m)^(?=(?:///.*\n)*public func )", text)
        self.random.shuffle(functions)
        lines = (head + "".join(functions)).split("\n")
        place = 0
        while place + 1 < len(lines):
            pair = lines[place:place + 2]
            if all(line.startswith("  ") and "{" not in line and "}" not in line for line in pair) \
                    and self.random.random() < 0.4:
                lines[place:place + 2] = reversed(pair)
                place += 1
            place += 1
        written = []
        for line in lines:
            written.append(line)
            if line.startswith("  ") and line.rstrip().endswith((")", "{")) \
                    and self.random.random() < 0.5:
                written += ["    " + self.statement() for _ in range(self.random.randint(1, 2))]
        return "\n".join(written)

    def prose(self, text):
        """A derivation of about its length in words of their own."""
        return f"{text[:300]}\n\n" + " ".join(self.word() for _ in range(len(text) // 8))


class Class:
    """Graded submissions, and others that are derived from them."""

    def __init__(self, results):
        self.path = results / "gradebook.sqlite"
        book = sqlite3.connect(self.path)
        book.row_factory = sqlite3.Row
        self.grades = [
            (json.loads(row["json"]), json.loads(row["handedIn"]), row["suite"])
            for row in book.execute(
                "SELECT grade.json, award.handedIn, grade.suite FROM award JOIN grade "
                "ON grade.id = award.grade WHERE grade.status = 'graded' ORDER BY award.id")]
        self.files = dict(book.execute("SELECT digest, bytes FROM file"))
        self.policy = book.execute("SELECT policy FROM intake").fetchone()[0]
        book.close()

    def sources(self, number):
        """The files of a student; one in fifty has those of the one before, under other names."""
        grade, _, _ = self.grades[number % len(self.grades)]
        isCopy = number % 50 == 49
        if isCopy:
            grade, _, _ = self.grades[(number - 1) % len(self.grades)]
        order, names = Mutation(f"order {number - isCopy}"), Mutation(f"names {number}")
        made = []
        for kept in grade["intake"]["kept"]:
            text = self.files[kept["digest"]].decode()
            if kept["path"].endswith(".swift"):
                text = names.rename(order.reorder(text))
            else:
                text = names.prose(text)
            made.append((kept["path"], text.encode()))
        return grade, made

    def fill(self, folder, count):
        """A folder of results with so many students, each with a grade, and half of it marked."""
        folder.mkdir(parents=True)
        for name in ("grades", "originals"):
            (folder / name).mkdir()
        source, book = sqlite3.connect(self.path), sqlite3.connect(folder / "gradebook.sqlite")
        source.backup(book)
        source.close()
        book.execute("UPDATE attempt SET current = 0")
        roster = ["Student number,Name,Email"]
        ids = []
        for number in range(count):
            ids.append(self.student(book, number, roster))
        book.execute("UPDATE setting SET value = ? WHERE name = 'class'", [json.dumps(ids)])
        book.execute("DELETE FROM setting WHERE name = 'files for people'")
        book.commit()
        book.close()
        (folder / "roster.csv").write_text("\n".join(roster) + "\n")
        return folder

    def student(self, book, number, roster):
        draw = random.Random(number)
        student = f"04{number:06}"
        word = Mutation(f"person {number}").word().capitalize()
        name = f"{GIVEN[number % len(GIVEN)]} {word} {draw.choice(FAMILY)}"
        address = f"{word.lower()}.{number}@example.org"
        grade, files = self.sources(number)
        grade = json.loads(json.dumps(grade))
        kept = []
        for path, data in files:
            sum = "sha256:" + digest(data)
            kept.append({"bytes": len(data), "digest": sum, "path": path})
            book.execute("INSERT OR IGNORE INTO file VALUES (?, ?)", [sum, data])
        archive = "sha256:" + digest(f"archive {number}".encode())
        submission = "sha256:" + digest(f"submission {number}".encode())
        key = digest(f"key {number}".encode())
        attempt = digest(f"attempt {number}".encode())
        grade["intake"]["kept"] = kept
        grade["submission"] = {"archiveDigest": archive, "digest": submission,
                               "name": f"{student}.tar"}
        grade["provenance"]["seed"] = str(draw.getrandbits(63))
        grade["provenance"]["replay"] = f"grader {student}.tar --seed {grade['provenance']['seed']}"
        self.rescore(grade, draw)
        handed = {"submission": grade["submission"], "intake": grade["intake"]}
        row = (json.dumps({"id": student, "name": name, "email": address}),)
        book.execute("INSERT INTO student VALUES (?, ?)", [student, *row])
        book.execute(
            "INSERT INTO attempt VALUES (?, ?, ?, 1, 1, ?, ?)",
            [attempt, student, number, archive, json.dumps(
                {"number": 1, "originalName": f"{student}.tar", "path": f"class/{student}.tar",
                 "sourceID": f"{student}.tar", "students": [student]})])
        book.execute("INSERT INTO attemptStudent VALUES (?, ?)", [attempt, student])
        book.execute("INSERT INTO intake VALUES (?, ?, ?, ?, ?, ?)",
                     [archive, f"{student}.tar", self.policy, grade["assignment"], submission,
                      json.dumps(grade["intake"])])
        book.execute(
            "INSERT INTO grade (key, submission, assignment, suite, status, score, maxScore, pending,"
            " gradedAt, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [key, submission, grade["assignment"], grade["provenance"]["suiteDigest"],
             grade["status"], round(100 * grade["score"]), round(100 * grade["maxScore"]),
             round(100 * grade["pendingPoints"]), grade["provenance"]["gradedAt"],
             json.dumps(grade, separators=(",", ":"))])
        last = book.execute("SELECT last_insert_rowid()").fetchone()[0]
        book.execute(
            "INSERT INTO award (attempt, grade, key, reason, handedIn, awardedAt) "
            "VALUES (?, ?, ?, 'batch', ?, '2026-01-01T00:00:00Z')",
            [attempt, last, key, json.dumps(handed)])
        if number % 2:
            for test in grade["tests"]:
                if test["status"] == "pending":
                    most = round(100 * test["maxScore"])
                    book.execute(
                        "INSERT INTO mark (submission, item, marker, points, comment, markedAt) "
                        "VALUES (?, ?, 'ann', ?, ?, '2026-01-02T00:00:00Z')",
                        [submission, test["id"], draw.randint(0, most),
                         " ".join(Mutation(f"{number} {test['id']}").word() for _ in range(12))])
        roster.append(f"{student},{name},{address}")
        return student

    def rescore(self, grade, draw):
        """Other points for what was not right, and other times for all."""
        for test in grade["tests"]:
            if test["status"] in ("failed", "partial") and "facts" in test and draw.random() < 0.5:
                test["staffMessage"] = test.get("staffMessage", "") + f" {draw.random():.12f}"
            if "usage" in test:
                test["usage"]["wallSeconds"] = draw.random()
                test["usage"]["cpuSeconds"] = draw.random() / 100


class Cost:
    """The seconds and the peak memory of a command."""

    def __init__(self, *arguments):
        start = time.perf_counter()
        log = tempfile.TemporaryFile()
        process = subprocess.Popen([GRADER, *map(str, arguments)], stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.perf_counter() - start
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss << 10
        log.seek(0)
        self.output = log.read().decode()
        assert process.returncode == 0, (arguments, self.output[-2000:])


def moodle(results):
    """Moodle's worksheet for a class."""
    lines = ["Identifier,Full name,Email address,ID number,Status,Grade,Maximum Grade,"
             "Last modified (grade),Feedback comments"]
    for place, row in enumerate((results / "roster.csv").read_text().splitlines()[1:]):
        number, name, address = row.split(",")
        lines.append(f"Participant {place + 1},{name},{address},{number},Submitted,,100.00,-,")
    path = results / "worksheet.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def commands(results):
    return {
        "report --without-similar": ["report", results, "--without-similar"],
        "report": ["report", results],
        "return": ["return", results],
        "return --moodle": ["return", results, "--moodle", moodle(results)],
        "total": ["total", results, "-o", results / "total.csv"],
    }


def base(folder):
    """A class of forty, graded."""
    subprocess.run([GRADER, "demo", ASSIGNMENT, "--submissions-only", "--students", "40",
                    "-o", folder / "class"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([GRADER, "batch", folder / "class/submissions", "-o", folder / "base", "--jobs",
                    "2", "--no-report"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "base"


def told(value):
    return f"{value / (1 << 20):5.0f} MiB"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--base", type=pathlib.Path, help="graded results to derive from")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", default=[], help="names of commands, as printed")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or pathlib.Path(name)
        missed = measure(folder, Class(options.base or base(folder)), options)
    if options.check and missed:
        sys.exit("missed: " + ", ".join(missed))


def measure(folder, origin, options):
    costs, missed = {}, []
    for size in options.sizes:
        results = folder / f"different-{size}"
        if not results.exists():
            origin.fill(results, size)
        for name, arguments in commands(results).items():
            if options.only and name not in options.only:
                continue
            cost = Cost(*arguments)
            costs.setdefault(name, []).append((size, cost))
            print(f"{size:6} {name:26} {cost.wall:7.1f} s, {cost.processor:7.1f} s of processors, "
                  f"{told(cost.memory)}", flush=True)
    for name, all in costs.items():
        (size, last), (before, first) = all[-1], all[max(0, len(all) - 3)]
        if size > before:
            growth = math.log(last.processor / first.processor) / math.log(size / before)
            print(f"growth {name:26} {growth:.2f} from {before} to {size}")
        if last.wall > MOST_SECONDS:
            missed.append(f"{name}: {last.wall:.0f} s")
        if name.split()[0] in ("return", "total") and last.memory > MOST_MEMORY:
            missed.append(f"{name}: {told(last.memory)}")
    return missed


if __name__ == "__main__":
    main()
