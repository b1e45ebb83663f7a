import Foundation
import GraderCore
import Testing

/// The command's words, their place, and its exit status.
@Suite struct CommandLineTests {
  /// A run in a folder with the solution packed as `submit.tar.gz`.
  private func run(
    _ arguments: String...,
    homework: Homework = .solution,
    course: String? = Repository.root,
    environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Grading {
    let folder = try TemporaryFolder()
    _ = try homework.packed(in: folder)
    return try Grading.run(
      arguments,
      course: course,
      environment: environment,
      in: folder,
      sourceLocation: sourceLocation
    )
  }

  // MARK: Nothing but words

  /// A command line that makes no sense, or that asks for what is not there.
  struct Misuse: Sendable, CustomTestStringConvertible {
    var testDescription: String { arguments.joined(separator: " ") }
    var arguments: [String]
    var says: String

    init(_ arguments: String..., says: String) {
      (self.arguments, self.says) = (arguments, says)
    }
  }

  @Test(arguments: [
    Misuse("nothing.tar.gz", says: "There is no file nothing.tar.gz."),
    Misuse(".", says: "is a folder"),
    Misuse("submit.tar.gz", "--assignment", "a9", says: "There is no assignment a9"),
    Misuse("submit.tar.gz", "--frobnicate", says: "Unknown option '--frobnicate'"),
    Misuse("submit.tar.gz", "--jail", "L9", says: "The value 'L9' is invalid"),
    Misuse("submit.tar.gz", "--jail", "L2", "--no-jail", says: "exclude each other"),
    Misuse("submit.tar.gz", "--jobs", "0", says: "--jobs must be 1 or more."),
    Misuse("submit.tar.gz", "--seed", "-1", says: "seed"),
    Misuse("submit.tar.gz", "--format", "pdf", says: "The value 'pdf' is invalid"),
    Misuse("submit.tar.gz", "--output", "no/such/folder/file", says: "Cannot write"),
    Misuse("submit.tar.gz", "--course", "/usr", says: "There is no course in /usr"),
    Misuse(says: "Missing expected argument"),
  ])
  func misuse(misuse: Misuse) throws {
    let folder = try TemporaryFolder()
    _ = try Homework.solution.packed(in: folder)
    let named = misuse.arguments.contains("--course")
    let run = try Grading.run(
      misuse.arguments,
      course: named ? nil : Repository.root,
      in: folder
    )
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.errors.contains(misuse.says), "\(run.errors)")
  }

  @Test func noToolchain() throws {
    let run = try run("submit.tar.gz", environment: ["PATH": "/nowhere"])
    #expect(run.status == 69)
    #expect(run.output == "")
    #expect(run.errors.contains("No Swift toolchain was found in the PATH."))
    #expect(run.errors.contains("https://www.swift.org/install"))
  }

  /// Nobody has proved the suites with it, and a grade would not say so.
  @Test func anotherToolchain() throws {
    let folder = try TemporaryFolder()
    let archive = try Homework.stub.packed(in: folder)
    try folder.shell(
      """
      mkdir -p swift/bin
      for tool in swift-frontend swiftc ld.lld clang llvm-symbolizer; do
        printf '#!/bin/sh\necho "Swift version 6.2.1 (swift-6.2.1-RELEASE)"\n' > swift/bin/$tool
        chmod +x swift/bin/$tool
      done
      """
    )
    let run = try Grading.run(
      [archive],
      environment: ["PATH": "\(folder.path)/swift/bin:/usr/bin:/bin"],
      in: folder
    )
    #expect(run.status == 69, "\(run.errors)")
    #expect(run.output == "")
    #expect(
      run.errors.contains("Swift version 6.2.1 (swift-6.2.1-RELEASE) in \(folder.path)/swift")
    )
    #expect(run.errors.contains("the grader is made for 6.3"))
  }

  @Test func noLauncher() throws {
    let folder = try TemporaryFolder()
    let archive = try Homework.solution.packed(in: folder)
    try folder.shell("cp '\(Program.beside("grader"))' .")
    let run = try Program.run(
      "\(folder.path)/grader",
      [archive, "--course", Repository.root]
    )
    #expect(run.status == 69)
    #expect(run.output == "")
    #expect(run.errors.contains("grader-jail is not beside the grader"))
  }

  @Test func noPlaceForTemporaryFiles() throws {
    let folder = try TemporaryFolder()
    let archive = try Homework.solution.packed(in: folder)
    let run = try Program.run(
      Program.beside("grader"),
      [archive, "--course", Repository.root],
      environment: ["TMPDIR": "/nowhere"]
    )
    #expect(run.status == 75)
    #expect(run.output == "")
    #expect(run.errors.contains("set TMPDIR"))
  }

  /// Another try would end the same way: somebody has to set the variable.
  @Test(arguments: ["/dev/null", "/dev/null/cache", "/proc/cache", "file", "gone"])
  func unusableCache(path: String) throws {
    let folder = try TemporaryFolder()
    let archive = try Homework.stub.packed(in: folder)
    try folder.shell("touch file; ln -s nowhere/at/all gone")
    for arguments in [[archive], ["doctor"]] {
      let run = try Grading.run(arguments, environment: ["CHAINRULE_CACHE": path], in: folder)
      #expect(run.status == 69, "\(run.errors)")
      #expect(run.output == "")
      #expect(run.errors.contains("The cache \(path) cannot be used"))
      #expect(run.errors.contains("Set CHAINRULE_CACHE to a folder"))
    }
  }

  // MARK: Results

  @Test(arguments: [("80", Int32(0)), ("80.01", 1)].sample(1))
  func failUnder(points: String, status: Int32) throws {
    let run = try run("submit.tar.gz", "--fail-under", points)
    #expect(run.status == status)
    #expect(try run.grade.score == Points(hundredths: 80_00))
  }

  @Test func outputIsTheGradeAlone() throws {
    let run = try run("grade", "submit.tar.gz")
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.hasPrefix("{") && run.output.hasSuffix("}\n"))
    #expect(try run.grade.submission.name == "submit.tar.gz")
  }

  /// What a phase is called and how often it was met; all of the solution is linked ahead.
  @Test func timingsStandBesideTheGrade() throws {
    let timed = try run("submit.tar.gz", "--timings", "--naming-seconds", "0")
    let grade = try timed.grade
    #expect(grade.score == grade.maxScore)
    let rows = timed.errors.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    for phase in ["intake", "imports", "module", "link", "tests"] {
      let row = rows.first { $0.first == phase }
      #expect(row?.last == "1" && row?.count == 4, "\(timed.errors)")
    }
    #expect(!rows.contains { $0.first == "main" }, "its main was compiled anew")
    #expect(rows.contains { $0.first == "whole" })
  }

  /// What is not linked ahead is found all the same, and told as ever.
  @Test func codeThatNeedsMoreOfTheLibraries() throws {
    let homework = try Homework.solution.adding(
      "Stamp.swift",
      """
      import Foundation

      let stamp = String(format: "%.3f", Date().timeIntervalSince1970)
        + NSRegularExpression.escapedPattern(for: "a.b")
      """
    ).replacing(
      "  return x.mean(axis: 0)",
      with: "  return stamp.isEmpty ? x : x.mean(axis: 0)",
      in: "Forward.swift"
    )
    let timed = try run("submit.tar.gz", "--timings", homework: homework)
    let grade = try timed.grade
    #expect(grade.score == grade.maxScore)
    #expect(timed.errors.split(separator: "\n").contains { $0.hasPrefix("main ") })
  }

  @Test func outputFile() throws {
    let folder = try TemporaryFolder()
    let archive = try folder.write([], to: "empty.zip")
    let run = try Grading.run([archive, "--output", "grade.json"], in: folder)
    #expect(run.status == 0)
    #expect(run.output == "")
    let data = try Data(contentsOf: URL(filePath: "\(folder.path)/grade.json"))
    #expect(try JSONDecoder().decode(Grade.self, from: data).score == .zero)
    // It holds what is expected of hidden tests.
    let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/grade.json")
    #expect(mode[.posixPermissions] as? Int == 0o600)
  }

  @Test func textFormat() throws {
    let run = try run("submit.tar.gz", "--format", "text")
    #expect(run.output.hasPrefix("submit.tar.gz: a1-batch-norm, graded, jail L"))
    #expect(run.output.contains("score 80 of 80, 20 more wait for a person"))
    #expect(run.errors == "")
  }

  @Test func courseFromTheEnvironment() throws {
    let folder = try TemporaryFolder()
    let grading = try Grading.run(
      [try folder.write([], to: "empty.zip"), "--assignment", "a1-batch-norm"],
      course: nil,
      environment: ["CHAINRULE_COURSE": Repository.root],
      in: folder
    )
    #expect(try grading.grade.maxScore == Points(hundredths: 80_00))
  }

  @Test func courseFromTheFoldersAround() throws {
    // A grader that was built elsewhere; nothing but the working folder tells.
    let folder = try TemporaryFolder()
    _ = try TestCourse(limits: .none, in: folder)
    let archive = try folder.write([], to: "course/inner/empty.zip")
    for name in ["grader", "grader-jail", "grader-intake"] {
      try folder.shell("cp '\(Program.beside(name))' .")
    }
    let run = try Program.run(
      "\(folder.path)/grader",
      [archive, "--assignment", "a1-batch-norm"],
      in: "\(folder.path)/course/inner"
    )
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\"maxScore\" : 80"))
  }

  @Test(.beyondTheSample()) func unjailedRunIsRecorded() throws {
    let grade = try run("submit.tar.gz", "--no-jail").grade
    #expect(grade.provenance.jail == Provenance.JailRecord(level: "none", enforced: ["limits"]))
    #expect(grade.score == grade.maxScore)
  }

  @Test(arguments: Jails.levels)
  func levelIsRecorded(level: String) throws {
    try Jails.demand(level)
    let folder = try TemporaryFolder()
    let archive = try folder.write([], to: "empty.zip")
    let jail = try Grading.run([archive, "--jail", level], in: folder).grade.provenance.jail
    #expect(jail.level == level)
    #expect(jail.enforced.contains("seccomp"))
    #expect(jail.enforced.contains { $0.hasPrefix("landlock") })
    #expect(jail.enforced.contains("namespaces") == (level == "L3"))
    #expect(jail.enforced.contains("a user of its own") == (geteuid() == 0))
  }

  @Test func studentViewHidesWhatIsSecret() throws {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: .none, hidden: ["grad-input"], in: folder)
    let slip = try Homework.solution.replacing(
      "return x.mean(axis: 0)",
      with: "return x.sum(axis: 0)",
      in: "Forward.swift"
    )
    let archive = try slip.packed(in: folder)
    let staff = try Grading.run([archive], course: course.path, in: folder)
    let student = try Grading.run([archive, "--student-view"], course: course.path, in: folder)
    #expect(try staff.grade.test("batch-mean").staffMessage?.contains("expected") == true)
    #expect(try staff.grade.test("grad-input").visibility == .hidden)
    #expect(staff.output.contains("\"seed\"") && staff.output.contains("\"replay\""))
    for key in ["seed", "replay", "staffMessage", "grad-input"] {
      #expect(!student.output.contains("\"\(key)\""), "\(key)")
    }
    #expect(try student.grade.score == staff.grade.score)
    #expect(try student.grade.test("batch-mean").message == staff.grade.test("batch-mean").message)
  }

  /// Which tests there are does not show before the due date, nor if nobody says when that is.
  @Test(
    arguments: [
      ([], false), (["--due", "9999-12-31T23:59:59+09:00"], false),
      (["--due", "2001-01-01T00:00:00Z"], true),
    ]
  )
  func testsForAfterTheDueDateWaitForIt(due: [String], isShown: Bool) throws {
    let folder = try TemporaryFolder()
    let later = ["grad-gamma", "grad-input"]
    let course = try TestCourse(limits: .none, later: later, in: folder)
    let archive = try Homework.stub.packed(in: folder)
    let formats = "json,text,gradescope,junit,github,html,markdown"
    let grading = try Grading.run(
      [archive, "--student-view", "--format", formats, "--output", "out"] + due,
      course: course.path,
      in: folder
    )
    try #require(grading.status == 0, "\(grading.errors)")
    let out = URL(filePath: "\(folder.path)/out")
    let grade = try JSONDecoder().decode(
      Grade.self,
      from: Data(contentsOf: out.appending(path: "grade.json"))
    )
    #expect(Set(later).isSubset(of: grade.tests.map(\.id)) == isShown)
    #expect(grade.maxScore == Points(hundredths: 8000))
    for name in try FileManager.default.contentsOfDirectory(atPath: out.path) {
      let text = try String(contentsOf: out.appending(path: name), encoding: .utf8)
      // Gradescope goes by its own due date.
      let always = name == "results.json"
      let remark = "2 more tests are shown after the due date"
      #expect(text.contains(remark) == (always || !isShown), "\(name)")
      #expect(text.contains("Gradient of gamma") == (always || isShown), "\(name)")
    }
  }

  @Test func dueDateNeedsAZone() throws {
    let run = try Grading.run(["x.zip", "--due", "2026-05-01 23:59"], in: TemporaryFolder())
    #expect(run.status == 64)
    #expect(run.errors.contains("with its zone, such as 2026-05-01T23:59:59+09:00"))
  }

  // MARK: The same again

  /// A grade without what differs from run to run.
  private func essence(_ grade: Grade) -> Grade {
    var grade = grade
    grade.provenance.gradedAt = ""
    for index in grade.tests.indices { grade.tests[index].usage = nil }
    return grade
  }

  /// Right, wrong, printing and crashing answers, whose words have to be the same each time.
  private func mixed() throws -> Homework {
    try Homework.solution
      .replacing("return x.mean(axis: 0)", with: "return x.sum(axis: 0)", in: "Forward.swift")
      .replacing(
        "return dU.sum(axis: 0)",
        with: "fatalError(\"x\")",
        in: "ParameterGradients.swift"
      )
      .replacing("return gamma * dU", with: "print(1); return gamma * dU", in: "Steps.swift")
  }

  @Test(.beyondTheSample()) func sameArchiveSameGrade() throws {
    let folder = try TemporaryFolder()
    let archive = try mixed().packed(in: folder)
    let grades = try (0..<2).map { _ in essence(try Grading.run([archive], in: folder).grade) }
    #expect(grades[0] == grades[1])
    #expect(Set(grades[0].statuses).isSuperset(of: [.passed, .failed, .crashed]))
  }

  @Test(.beyondTheSample()) func sameContentSameDigestAndSeedHoweverPacked() throws {
    let folder = try TemporaryFolder()
    let homework = try mixed()
    let first = try Grading.run([try homework.packed(in: folder)], in: folder).grade
    let other = try homework.adding(path: "notes.txt", [1, 2, 3])
      .packed(as: .zip, .inside, in: folder)
    let second = try Grading.run([other], in: folder).grade
    #expect(first.submission.digest == second.submission.digest)
    #expect(first.submission.archiveDigest != second.submission.archiveDigest)
    #expect(first.provenance.seed == second.provenance.seed)
    #expect(essence(first).tests == essence(second).tests)
  }

  @Test(.beyondTheSample()) func otherContentOtherSeed() throws {
    let first = try Homework.stub.graded()
    let second = try Homework.stub.appending("// more\n", to: "Steps.swift").graded()
    #expect(first.provenance.seed != second.provenance.seed)
    #expect(first.provenance.suiteDigest == second.provenance.suiteDigest)
  }

  @Test func seedReplaysAGrade() throws {
    let folder = try TemporaryFolder()
    let archive = try mixed().packed(in: folder)
    let first = try Grading.run([archive], in: folder).grade
    let seed = try #require(first.provenance.seed)
    #expect(first.provenance.replay == "grader submit.tar.gz --seed \(seed)")
    let again = try Grading.run([archive, "--seed", seed], in: folder).grade
    #expect(essence(again) == essence(first))
    let other = try Grading.run([archive, "--seed", "7"], in: folder).grade
    #expect(other.provenance.seed == "7")
    // Another draw gives other hidden values.
    #expect(try other.test("batch-mean").staffMessage != first.test("batch-mean").staffMessage)
    #expect(other.score == first.score)
  }

  /// The archive's name is one word in the command that is shown to paste into a shell, whatever it
  /// is.
  @Test func replayQuotesTheName() throws {
    let folder = try TemporaryFolder()
    let archive = try Homework.stub.packed(in: folder)
    let name = "a $(touch pwned)'; b.tar.gz"
    try FileManager.default.moveItem(atPath: archive, toPath: "\(folder.path)/\(name)")
    let grade = try Grading.run([name], in: folder).grade
    let replay = try #require(grade.provenance.replay)
    try folder.shell("grader() { printf '%s' \"$1\" > word; }; \(replay)")
    #expect(try String(contentsOfFile: "\(folder.path)/word", encoding: .utf8) == name)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/pwned"))
  }

  // MARK: The end

  @Test(arguments: ["INT", "TERM", "KILL"].sample(0, 2))
  func stoppedGraderLeavesNothingRunning(signal: String) throws {
    let folder = try TemporaryFolder()
    let sleeping = Attack("a sleep", "sleep(1000)", .timedOut)
    let archive = try Homework.solution
      .attacked(by: sleeping, in: Slot.all[0]).homework
      .packed(in: folder)
    // The first test's worker sleeps for longer than this run may take.
    let course = try TestCourse(
      limits: TestCourse.Limits(all: ["testWallSeconds": 900]),
      in: folder
    )
    let report = "\(folder.path)/survivors"
    let temporary = try folder.folder("tmp")
    let run = try Program.run(
      "/usr/bin/python3",
      [
        "\(Repository.root)/Tests/Fixtures/survivors.py", report, "/usr/bin/python3",
        "\(Repository.root)/Tests/Fixtures/interrupt.py", signal, "\(temporary)/*/worker",
        Program.beside("grader"), archive, "--jobs", "1", "--course", course.path,
      ],
      environment: ["TMPDIR": temporary],
      longest: 600
    )
    #expect(run.status == (signal == "KILL" ? 137 : 130))
    #expect(run.output == "")
    #expect(try String(contentsOfFile: report, encoding: .utf8) == "")
    if signal == "KILL" {
      // Nobody was left to remove its folder; the next grader does.
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary).count == 1)
      let next = try self.run("submit.tar.gz", environment: ["TMPDIR": temporary])
      #expect(next.status == 0)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
  }

  /// Another grader's folder is told from what a killed one left by its lock.
  @Test(.beyondTheSample()) func temporaryFolderInUseIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    let temporary = try folder.folder("tmp")
    let used = try folder.folder("tmp/chainrule.used")
    let lock = open(used, O_RDONLY | O_CLOEXEC)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    _ = try run("submit.tar.gz", homework: .stub, environment: ["TMPDIR": temporary])
    #expect(FileManager.default.fileExists(atPath: used))
    close(lock)
    _ = try run("submit.tar.gz", homework: .stub, environment: ["TMPDIR": temporary])
    #expect(!FileManager.default.fileExists(atPath: used))
  }

  /// The watch for survivors sees them.
  @Test func survivorsAreSeen() throws {
    let folder = try TemporaryFolder()
    let report = "\(folder.path)/survivors"
    let run = try Program.run(
      "/usr/bin/python3",
      [
        "\(Repository.root)/Tests/Fixtures/survivors.py", report, "/bin/sh", "-c",
        "setsid sleep 5000 > /dev/null & exit 3",
      ],
      environment: ["SECONDS_TO_DIE": "1"]
    )
    #expect(run.status == 3)
    #expect(try String(contentsOfFile: report, encoding: .utf8).contains("sleep 5000"))
  }
}
