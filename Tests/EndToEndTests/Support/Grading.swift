import Foundation
import GraderCore
import Testing

/// One run of `grader` on one archive.
struct Grading: Sendable {
  var status: Int32
  var output: String
  var errors: String
  /// The processor time of the grader and all that it started, however busy the machine was.
  var processorSeconds: Double

  /// The grade on standard output.
  var grade: Grade {
    get throws {
      try #require(status == 0 || status == 1, "\(errors)")
      return try JSONDecoder().decode(Grade.self, from: Data(output.utf8))
    }
  }

  /// The hidden suite and the like are built once and before all tests, which measure processor
  /// time.
  private static let prepared = Result {
    let folder = try TemporaryFolder()
    let archive = try Homework.stub.packed(in: folder)
    let run = try Program.run(
      Program.beside("grader"),
      [archive, "--course", Repository.root],
      longest: 3_600
    )
    if run.status != 0 { throw NothingPrepared(reason: run.errors) }
  }

  struct NothingPrepared: Error {
    var reason: String
  }

  /// Runs `grader` with these arguments in a folder of its own.
  ///
  /// Whatever came of it, no file of the run may be left.
  static func run(
    _ arguments: [String],
    course: String? = Repository.root,
    environment: [String: String] = [:],
    wrapper: [String] = [],
    in folder: TemporaryFolder,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Grading {
    try prepared.get()
    let temporary = try folder.folder("tmp-\(UUID().uuidString)")
    let command =
      wrapper + [Program.beside("grader")] + arguments + (course.map { ["--course", $0] } ?? [])
    let run = try Program.run(
      command[0],
      Array(command.dropFirst()),
      environment: ["TMPDIR": temporary].merging(environment) { $1 },
      in: folder.path
    )
    let left = try FileManager.default.contentsOfDirectory(atPath: temporary)
    #expect(left == [], "files of the grader's are left", sourceLocation: sourceLocation)
    return Grading(
      status: run.status,
      output: run.output,
      errors: run.errors,
      processorSeconds: run.processorSeconds
    )
  }
}

extension Homework {
  /// The grade of these files.
  func graded(
    _ arguments: String...,
    course: String = Repository.root,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Grade {
    let folder = try TemporaryFolder()
    let archive = try packed(in: folder)
    let grading = try Grading.run(
      [archive] + arguments,
      course: course,
      in: folder,
      sourceLocation: sourceLocation
    )
    return try grading.grade
  }
}

extension Grade {
  /// The results of all tests that a machine judged.
  var judged: [TestResult] { tests.filter { $0.status != .pending } }

  /// The ids of the tests that lost points.
  var lost: [String] { judged.filter { $0.score < $0.maxScore }.map(\.id) }

  /// The ids of the tests that gave a wrong answer, or none, whatever they lost.
  var notPassed: [String] { judged.filter { $0.status != .passed }.map(\.id) }

  func test(_ id: String) throws -> TestResult {
    try #require(tests.first { $0.id == id }, "no test \(id)")
  }

  /// Every row's status, in order, without repetitions.
  var statuses: [Verdict.Kind] {
    judged.map(\.status).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
