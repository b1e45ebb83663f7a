import Foundation
import GraderCore
import Testing

/// A class of three, one of whose archives nobody can read.
private struct SmallClass {
  let folder: TemporaryFolder
  let archives = ["full.tar.gz", "stub.tar.gz", "junk.zip"]

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.folder("class")
    for (name, homework) in [("full", Homework.solution), ("stub", Homework.stub)] {
      let archive = try homework.packed(in: folder)
      try folder.shell("mv '\(archive)' class/\(name).tar.gz")
    }
    try folder.write(Array("no archive".utf8), to: "class/junk.zip")
  }

  func batch(
    _ arguments: String...,
    output: String = "results",
    course: String = Repository.root,
    environment: [String: String] = [:],
    wrapper: [String] = []
  ) throws -> Grading {
    try Grading.run(
      ["batch", "class", "-o", output] + arguments,
      course: course,
      environment: environment,
      wrapper: wrapper,
      in: folder
    )
  }

  func grade(_ student: String, in output: String = "results") throws -> Grade {
    let path = "\(folder.path)/\(output)/grades/\(student).json"
    return try JSONDecoder().decode(Grade.self, from: Data(contentsOf: URL(filePath: path)))
  }

  /// The rows that a statement of SQL finds in the gradebook.
  func ask(_ sql: String, in output: String = "results") throws -> String {
    let script = """
      import sqlite3, sys
      print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])
      """
    let book = "\(folder.path)/\(output)/gradebook.sqlite"
    let run = try Program.run("/usr/bin/env", ["python3", "-c", script, book, sql])
    try #require(run.status == 0, "\(run.errors)")
    return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// `grader batch`, and what works on its results.
@Suite struct BatchCommandTests {
  /// Results among the hand-ins would be hand-ins of the next run.
  @Test func resultsNeedAFolderOfTheirOwn() throws {
    let small = try SmallClass()
    let batch = try small.batch(output: "./class")
    #expect(batch.status == 64)
    #expect(batch.errors.contains("--output"))
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(small.folder.path)/class")
    #expect(Set(left) == Set(small.archives))
  }

  @Test func everyoneGetsTheGradeThatOneArchiveGets() throws {
    let small = try SmallClass()
    let batch = try small.batch()
    #expect(batch.status == 0, "\(batch.errors)")
    #expect(batch.output.contains("3 submissions: 3 graded"))
    let alone = try Homework.solution.graded()
    let full = try small.grade("full")
    #expect(full.tests.map(\.score) == alone.tests.map(\.score))
    #expect(full.submission.digest == alone.submission.digest)
    #expect(full.provenance.seed == alone.provenance.seed)
    #expect(try small.grade("stub").score == .zero)
    // The others say what it was meant to be.
    #expect(try small.grade("junk").status == .unreadable)
    #expect(try small.grade("junk").maxScore == alone.maxScore)
  }

  /// Whatever the moment, what is on disk is whole, and nothing is graded twice.
  @Test(.beyondTheSample()) func killedRunGoesOn() throws {
    let small = try SmallClass()
    for seconds in ["0.3", "1.5", "3"] {
      let temporary = try small.folder.folder("killed-\(seconds)")
      _ = try Program.run(
        "/usr/bin/timeout",
        [
          "-s", "KILL", seconds, Program.beside("grader"), "batch", "class", "-o", "results",
          "--jobs", "1", "--course", Repository.root,
        ],
        environment: ["TMPDIR": temporary],
        in: small.folder.path
      )
      let grades = try? FileManager.default.contentsOfDirectory(
        atPath: "\(small.folder.path)/results/grades"
      )
      for name in grades ?? [] where name.hasSuffix(".json") {
        _ = try small.grade(String(name.dropLast(5)))
      }
    }
    let batch = try small.batch()
    #expect(batch.status == 0, "\(batch.errors)")
    #expect(try small.ask("SELECT count(*) - count(DISTINCT key) FROM grade") == "0")
    #expect(try small.ask("SELECT count(DISTINCT attempt) FROM award") == "3")
    let again = try small.batch()
    #expect(again.output.contains("0 graded, 3 graded before"))
    #expect(try small.grade("full").score == small.grade("full").maxScore)
  }

  @Test func interruptedRunSaysSoAndGoesOn() throws {
    let small = try SmallClass()
    let sleeping = Attack("a sleep", "sleep(1000)", .timedOut)
    let archive = try Homework.solution.attacked(by: sleeping, in: Slot.all[9]).homework
      .packed(in: small.folder)
    try small.folder.shell("mv '\(archive)' class/sleeper.tar.gz")
    // The class is not done before the first worker is seen: one of its tests never ends.
    let limits = TestCourse.Limits(tests: ["backward-closed": ["testWallSeconds": 900]])
    let course = try TestCourse(limits: limits, in: small.folder).path
    let batch = try small.batch(
      course: course,
      wrapper: [
        "/usr/bin/python3", "\(Repository.root)/Tests/Fixtures/interrupt.py", "INT",
        "\(small.folder.path)/*/worker",
      ]
    )
    #expect(batch.status == 130)
    #expect(batch.errors.contains("The same command goes on from here."))
    try small.folder.shell(
      "sed -i 's/testWallSeconds: 900/testWallSeconds: 6/' assignment.yaml",
      in: "course/reference/a1-batch-norm"
    )
    let rest = try small.batch(course: course)
    #expect(rest.status == 0, "\(rest.errors)")
    #expect(try small.grade("sleeper").test("backward-closed").status == .timedOut)
  }

  @Test(.beyondTheSample()) func sameContentIsGradedOnce() throws {
    let small = try SmallClass()
    // Side by side, so that neither is done when the other is looked at.
    try small.folder.shell("for name in a b; do cp class/stub.tar.gz class/$name.tar.gz; done")
    let batch = try small.batch("--jobs", "2")
    #expect(batch.output.contains("3 graded, 2 with the same content as another"))
    #expect(try small.ask("SELECT count(*) FROM grade") == "3")
    #expect(try small.grade("b").submission.name == "b.tar.gz")
  }

  @Test(.beyondTheSample()) func ourFaultWithholdsAndTellsByTheStatus() throws {
    let small = try SmallClass()
    let nowhere = "\(small.folder.path)/nowhere"
    let batch = try small.batch(environment: ["TMPDIR": nowhere])
    #expect(batch.status == 75)
    #expect(batch.output.contains("3 withheld"))
    #expect(try small.ask("SELECT count(*) FROM grade") == "0")
    #expect(try small.batch().status == 0)
    #expect(try small.ask("SELECT count(*) FROM withheld") == "0")
  }

  @Test(.beyondTheSample()) func shardsAreMerged() throws {
    let small = try SmallClass()
    // A part of a class cannot always tell what the whole is about.
    let all = ["--assignment", "a1-batch-norm"]
    let first = try small.batch(all[0], all[1], "--shard", "1/2", output: "one")
    let second = try small.batch(all[0], all[1], "--shard", "2/2", output: "two")
    #expect(first.output.contains("2 graded") && second.output.contains("1 graded"))
    for _ in 0..<2 {
      let merge = try Grading.run(
        ["merge", "one", "two", "-o", "all"],
        course: nil,
        in: small.folder
      )
      #expect(merge.status == 0, "\(merge.errors)")
      #expect(try small.ask("SELECT count(*) FROM award", in: "all") == "3")
    }
    let again = try small.batch(all[0], all[1], output: "all")
    #expect(again.output.contains("0 graded, 3 graded before"))
    let half = try Grading.run(["merge", "one", "-o", "half"], course: nil, in: small.folder)
    #expect(half.status == 75)
  }

  /// A class is told what a regrade would change, and its grades stay until somebody asks for it.
  @Test func changedSuiteChangesNothingByItself() throws {
    let small = try SmallClass()
    #expect(try small.batch().status == 0)
    let limits = TestCourse.Limits(tests: ["update-running": ["testWallSeconds": 11]])
    let course = try TestCourse(limits: limits, in: small.folder).path
    try small.folder.shell(
      "sed -i '0,/points: 2/s//points: 1/' reference/a1-batch-norm/assignment.yaml",
      in: "course"
    )
    let remark = "2 grades are by a hidden suite that has changed since"
    let batch = try small.batch(course: course)
    #expect(batch.output.contains("1 graded, 2 graded before"), "\(batch.output)")
    #expect(batch.output.contains(remark), "\(batch.output)")
    let report = try Grading.run(["report", "results"], course: course, in: small.folder)
    #expect(report.output.contains(remark), "\(report.output)")

    let rows = "SELECT (SELECT count(*) FROM grade) || ' ' || (SELECT max(id) FROM award)"
    let before = try small.ask(rows)
    let trial = try Grading.run(
      ["regrade", "results", "--dry-run"],
      course: course,
      in: small.folder
    )
    #expect(trial.status == 0, "\(trial.errors)")
    // The test with another limit; for who lost all of them, also six chains through the step with
    // other points, and the steps that a chain can end in.
    #expect(trial.output.contains("22 of 42 tests ran.\n"), "\(trial.output)")
    #expect(trial.output.contains("  full  80 -> 79  (batch-mean -1)\n"))
    #expect(trial.output.contains("Nothing is changed yet"))
    #expect(try small.ask(rows) == before)
    #expect(try small.grade("full").score == Points(hundredths: 8000))

    let regrade = try Grading.run(["regrade", "results"], course: course, in: small.folder)
    #expect(regrade.output.contains("  full  80 -> 79  (batch-mean -1)\n"))
    #expect(!regrade.output.contains("Nothing is changed yet"))
    #expect(try small.grade("full").score == Points(hundredths: 7900))
    #expect(try !small.batch(course: course).output.contains("a hidden suite that has changed"))
  }

  /// The test that changed runs first, and alone where it ends as it did.
  @Test func regradeRunsTheChangedTestAlone() throws {
    let small = try SmallClass()
    #expect(try small.batch().status == 0)
    let limits = TestCourse.Limits(tests: ["update-running": ["testWallSeconds": 11]])
    let course = try TestCourse(limits: limits, in: small.folder).path
    let regrade = try Grading.run(["regrade", "results"], course: course, in: small.folder)
    #expect(regrade.status == 0, "\(regrade.errors)")
    #expect(regrade.output.contains("2 of 42 tests ran.\n"), "\(regrade.output)")
    #expect(try small.grade("full").score == Points(hundredths: 8000))
  }

  /// Where points changed together with a test, none decides alone; and excuses are found only
  /// beside what runs, so all that lost points runs with it.
  @Test func regradeRunsWhatLostPointsWithWhatChanged() throws {
    let small = try SmallClass()
    let slip = try Homework.solution.replacing(
      "* r.mean + momentum",
      with: "* r.mean - momentum",
      in: "Inference.swift"
    )
    let archive = try slip.packed(in: small.folder)
    try small.folder.shell("mv '\(archive)' class/slip.tar.gz")
    #expect(try small.batch().status == 0)
    #expect(try small.grade("slip").lost == ["update-running"])
    let limits = TestCourse.Limits(tests: ["grad-gamma": ["testWallSeconds": 11]])
    let course = try TestCourse(limits: limits, in: small.folder).path
    try small.folder.shell(
      "sed -i '0,/points: 2/s//points: 1/' reference/a1-batch-norm/assignment.yaml",
      in: "course"
    )
    let regrade = try Grading.run(["regrade", "results"], course: course, in: small.folder)
    #expect(regrade.status == 0, "\(regrade.errors)")
    // All 21 of the stub's, the changed one of the solution's, and two of the slip's.
    #expect(regrade.output.contains("24 of 63 tests ran.\n"), "\(regrade.output)")
  }

  /// Where it does not, it runs again with all that lost points: what is carried or excused may be
  /// other than it was, and is what a new run of the class gives.
  @Test(.beyondTheSample()) func regradeGivesWhatANewRunGives() throws {
    let small = try SmallClass()
    let slip = try Homework.solution.replacing(
      "  return (x - mean) / ",
      with: "  return 2 * (x - mean) / ",
      in: "Forward.swift"
    )
    let archive = try slip.packed(in: small.folder)
    try small.folder.shell("mv '\(archive)' class/slip.tar.gz")
    #expect(try small.batch().status == 0)
    let course = try TestCourse(limits: .none, in: small.folder).path
    // From now on nobody's normalization is asked for: what it excused in the chains is excused no
    // more.
    try small.folder.shell(
      """
      cp -rL HiddenTests copy && rm HiddenTests && mv copy HiddenTests
      sed -i '/func testNormalize/a if !name.isEmpty { return }' HiddenTests/ForwardTests.swift
      """,
      in: "course/reference/a1-batch-norm"
    )
    let before = try small.grade("slip")
    let regrade = try Grading.run(["regrade", "results"], course: course, in: small.folder)
    #expect(regrade.status == 0, "\(regrade.errors)")
    #expect(try small.batch(output: "again", course: course).status == 0)
    for student in ["full", "stub", "slip"] {
      let (new, fresh) = (try small.grade(student), try small.grade(student, in: "again"))
      #expect(new.tests.map(\.status) == fresh.tests.map(\.status), "\(student)")
      #expect(new.tests.map(\.score) == fresh.tests.map(\.score), "\(student)")
    }
    let after = try small.grade("slip")
    #expect(try after.test("normalize").status == .passed)
    let chain = "network-loss"
    #expect(try before.test(chain).score > after.test(chain).score, "\(regrade.output)")
  }

  /// Points alone are changed: no test runs, and whoever had them gets the new ones.
  @Test(arguments: [false, true].sample(1))
  func regradeTellsWhoLost(neverLower: Bool) throws {
    let small = try SmallClass()
    #expect(try small.batch().status == 0)
    let course = try TestCourse(limits: .none, in: small.folder).path
    try small.folder.shell(
      "sed -i '0,/points: 2/s//points: 1/' reference/a1-batch-norm/assignment.yaml",
      in: "course"
    )
    let regrade = try Grading.run(
      ["regrade", "results"] + (neverLower ? ["--never-lower"] : []),
      course: course,
      in: small.folder
    )
    #expect(regrade.status == 0, "\(regrade.errors)")
    #expect(regrade.output.contains("0 gained, 1 lost, 1 as before."))
    #expect(regrade.output.contains("  full  80 -> 79  (batch-mean -1)"))
    #expect(try small.grade("full").score == Points(hundredths: neverLower ? 8000 : 7900))
    // The class's next run holds to it; what is unreadable is so in a smaller course too.
    let batch = try small.batch(course: course)
    #expect(batch.output.contains("1 graded, 2 graded before"), "\(batch.output)")
    #expect(try small.grade("full").score == Points(hundredths: neverLower ? 8000 : 7900))
  }
}
