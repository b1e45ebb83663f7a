import Foundation
import GraderCore
import Testing

@testable import GraderRuntime

/// The search for a course, and its faults.
@Suite struct CourseTests {
  private static let yaml = """
    { id: a1, title: A, module: Module, task: Task, suite: HiddenTests,
      parts: [{ name: P, file: Sources/Module/A.swift, functions: ["a()"] }],
      tests: [{ id: t, method: T/testA, title: T, part: P, points: 2.5, visibility: visible }],
      pending: [], limits: { testCPUSeconds: 7 } }
    """

  private func folder(_ files: [String: String] = [:]) throws -> Folder {
    let folder = try Folder()
    var all = [
      "assignments/CourseKit/Package.swift": "", "reference/JudgeSupport/Package.swift": "",
      "Sources/JudgeWire/Package.swift": "",
      "assignments/a1/handin.txt": "required Sources/Module/A.swift\n",
      "reference/a1/assignment.yaml": Self.yaml,
    ]
    all.merge(files) { $1 }
    for (name, text) in all { try folder.write(text, to: name) }
    return folder
  }

  @Test func explicitFolder() throws {
    let folder = try folder()
    let course = try Course.find(explicit: folder.path)
    #expect(course.root == URL(filePath: folder.path).resolvingSymlinksInPath().path)
    #expect(course.origin == "--course")
    #expect(course.assignmentIDs == ["a1"])
  }

  @Test(arguments: ["/nowhere", "/usr", ""])
  func noCourse(path: String) {
    #expect {
      try Course.find(explicit: path)
    } throws: { error in
      (error as? GraderFault)?.kind == .usage
    }
  }

  /// A course of two folders takes what the grader and its suites share from the grader.
  @Test func courseWithoutTheWire() throws {
    func digest(_ wire: [String: String]) throws -> String {
      let folder = try folder(Self.secret)
      try FileManager.default.removeItem(atPath: "\(folder.path)/Sources/JudgeWire")
      for (name, text) in wire { try folder.write(text, to: "Sources/JudgeWire/\(name)") }
      return try Course.find(explicit: folder.path).assignment("a1").suiteDigest()
    }
    #expect(try digest([:]) == digest([:]))
    #expect(try digest([:]) != digest(["Package.swift": "another"]))
  }

  @Test func assignment() throws {
    let folder = try folder()
    let assignment = try Course.find(explicit: folder.path).assignment("a1")
    #expect(assignment.assignment.maxScore == Points(hundredths: 250))
    #expect(assignment.limits.testCPUSeconds == 7)
    #expect(assignment.limits.testWallSeconds == GradingLimits().testWallSeconds)
    #expect(assignment.handIn.required.map(\.string) == ["Sources/Module/A.swift"])
  }

  /// Mistakes of the course's author, and the words that name them.
  @Test(arguments: [
    (["reference/a1/assignment.yaml": "id: a1"], "assignment.yaml cannot be understood"),
    (["reference/a1/assignment.yaml": "{{{"], "assignment.yaml cannot be understood"),
    (
      ["reference/a1/assignment.yaml": yaml.replacing("id: a1", with: "id: a2")],
      "its id is a2, its folder a1"
    ),
    (["reference/a1/assignment.yaml": yaml.replacing("part: P", with: "part: Q")], "t: no part Q"),
    (
      ["reference/a1/assignment.yaml": yaml.replacing("points: 2.5", with: "points: 1.001")],
      "not whole hundredths"
    ),
    (["assignments/a1/handin.txt": "required ../secret\n"], "handin.txt"),
    (["assignments/a1/handin.txt": "please Sources/A.swift\n"], "handin.txt"),
  ])
  func brokenCourse(files: [String: String], says: String) throws {
    let folder = try folder(files)
    let course = try Course.find(explicit: folder.path)
    #expect {
      try course.assignment("a1")
    } throws: { error in
      guard let fault = error as? GraderFault else { return false }
      return fault.kind == .broken && "\(fault)".contains(says)
    }
  }

  @Test func unknownAssignment() throws {
    let folder = try folder()
    let course = try Course.find(explicit: folder.path)
    let root = course.root
    #expect(throws: GraderFault(.noAssignment("a9", in: root, known: ["a1"]))) {
      try course.assignment("a9")
    }
  }

  /// All files that a grade is made with, beside those of every course.
  private static let secret = [
    "reference/a1/HiddenTests/T.swift": "1", "reference/a1/Worker/main.swift": "2",
    "reference/a1/Package.swift": "3", "assignments/a1/Package.swift": "13",
    "assignments/a1/Sources/Task/T.swift": "4",
    "assignments/CourseKit/Sources/K.swift": "5", "reference/JudgeSupport/Sources/J.swift": "6",
    "Sources/JudgeWire/Sources/JudgeEvents/E.swift": "7",
    "Sources/JudgeWire/Package.swift": "8", "reference/JudgeSupport/WorkerSupport/w.c": "9",
    "reference/a1/Solution/Sources/Module/A.swift": "10",
    "reference/a1/Mutants/mutants.yaml": "11", "assignments/CourseKit/Sources/Kernels/k.c": "12",
  ]

  /// The digest holds all that decides a grade, and nothing else.
  @Test func suiteDigest() throws {
    func digest(_ changes: [String: String] = [:]) throws -> String {
      let folder = try folder(Self.secret.merging(changes) { $1 })
      return try Course.find(explicit: folder.path).assignment("a1").suiteDigest()
    }
    let plain = try digest()
    #expect(try digest() == plain)
    #expect(try digest(["reference/a1/README.md": "x", "assignments/a1/README.md": "y"]) == plain)
    for name in Self.secret.keys {
      #expect(try digest([name: "changed"]) != plain, "\(name)")
    }
    let rubric = Self.yaml.replacing("points: 2.5", with: "points: 3")
    #expect(try digest(["reference/a1/assignment.yaml": rubric]) != plain)
    let list = "required Sources/Module/A.swift\npattern Sources/Module/*.swift\n"
    #expect(try digest(["assignments/a1/handin.txt": list]) != plain)
  }

  /// Hints by new mistakes are given on the same draws.
  @Test func seedsDoNotFollowThePlantedMistakes() throws {
    func digests(_ changes: [String: String]) throws -> SuiteDigests {
      let folder = try folder(Self.secret.merging(changes) { $1 })
      return try Course.find(explicit: folder.path).assignment("a1").suiteDigests()
    }
    let plain = try digests([:])
    let other = try digests(["reference/a1/Mutants/mutants.yaml": "[]"])
    #expect(other.name != plain.name)
    #expect(other.seed == plain.seed && other.fingerprint == plain.fingerprint)
    #expect(try digests(["reference/a1/HiddenTests/T.swift": "changed"]).seed != plain.seed)
  }

  /// No file of a course can change a grade and leave its key, apart from those that say so here.
  ///
  /// Each is looked at in a course with little else, since a digest reads all there is.
  @Test func everyFileThatCanMatter() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let id = "a1-batch-norm"
    let parts =
      ["assignments/CourseKit", "assignments/\(id)", "Sources/JudgeWire"]
      + ["reference/JudgeSupport", "reference/\(id)"]
    let files = parts.flatMap { part in Files.below("\(root)/\(part)").map { "\(part)/\($0)" } }
    let needed = #/^[^/]+/[^/]+/(Package\.swift|assignment\.yaml|handin\.txt)$/#
    // Words for people; tests, tools and data that no grade is made with. Of the hand-in's rules
    // the grader has those that it was built with.
    let tools = #/\.md$|/(Tests|Fuzz|Benchmarks|Plugins|HandIn|Variants|Handout|Data)//#
    let others = #//points\.txt$|\.build/|/Package.resolved/#
    let folder = try Folder()
    func text(of file: String) throws -> String {
      String(decoding: try Files.read("\(root)/\(file)"), as: UTF8.self)
    }
    for file in files where file.firstMatch(of: needed) != nil {
      try folder.write(try text(of: file), to: file)
    }
    let assignment = try Course.find(explicit: folder.path).assignment(id)
    let plain = try assignment.suiteDigest()
    for file in files
    where file.firstMatch(of: tools) == nil && file.firstMatch(of: others) == nil {
      try folder.write(try text(of: file) + "\n", to: file)
      #expect(try assignment.suiteDigest() != plain, "\(file)")
      if file.firstMatch(of: needed) != nil {
        try folder.write(try text(of: file), to: file)
      } else {
        try FileManager.default.removeItem(atPath: "\(folder.path)/\(file)")
      }
    }
  }

  /// The seed follows from nothing that anybody is shown.
  @Test func seedsAreSecret() throws {
    let suite = SuiteDigests(code: "code", rubric: [1])
    let other = SuiteDigests(code: "code", rubric: [2])
    #expect(Set([suite.name, suite.seed, other.name, other.seed]).count == 4)
    #expect(suite.fingerprint.count == 16)
    #expect(suite.fingerprint != other.fingerprint)
    for shown in [suite.name, suite.fingerprint] { #expect(!suite.seed.hasPrefix(shown)) }
    let seed = suite.seed(ofSubmission: "s")
    #expect(seed == suite.seed(ofSubmission: "s"))
    #expect(seed != suite.seed(ofSubmission: "t"))
    #expect(seed != other.seed(ofSubmission: "s"))
    // The rule of earlier versions, which took the digest that is printed.
    let earlier = Digest.hex(of: Array("\(suite.name) s".utf8)).prefix(16)
    #expect(seed != UInt64(earlier, radix: 16))
  }
}
