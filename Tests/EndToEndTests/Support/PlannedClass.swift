import Foundation
import GraderCore
import Synchronization
import Testing

/// A class whose results come from one machine or from several.
struct PlannedClass: Sendable {
  let folder: TemporaryFolder
  private let slow: Int

  /// A class of four, two of whom handed in the same and one of whose archives nobody can read; and
  /// as many others whose programs are right and take their time.
  init(slow: Int = 0) throws {
    folder = try TemporaryFolder()
    self.slow = slow
    let samples = "\(Repository.root)/Tests/Fixtures/Samples"
    try folder.shell(
      """
      mkdir class
      cp '\(samples)/a1-full-marks.tar.gz' class/ann.tar.gz
      cp '\(samples)/a1-stub.tar.gz' class/bob.tar.gz
      cp '\(samples)/a1-full-marks.tar.gz' class/dan.tar.gz
      printf junk > class/cyd.zip
      """
    )
    for number in 0..<slow {
      try folder.write(try Self.slow(number), to: "class/slow\(number).tar.gz")
    }
  }

  private static let archives = Mutex<[Int: [UInt8]]>([:])

  /// The archive of a solution, one function of which rests for a second in each worker, which asks
  /// them all; the same bytes in all tests.
  private static func slow(_ number: Int) throws -> [UInt8] {
    try archives.withLock { known in
      if let bytes = known[number] { return bytes }
      let folder = try TemporaryFolder()
      let archive = try homework(number).packed(in: folder)
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: archive)))
      known[number] = bytes
      return bytes
    }
  }

  private static func homework(_ number: Int) throws -> Homework {
    let rest = Attack("a rest", "_ = Rest.taken", .passed)
    return try Homework.solution.attacked(by: rest, in: Slot.all[9]).homework.adding(
      "Rest.swift",
      """
      import Foundation
      // \(number)
      enum Rest { static let taken: Void = { _ = sleep(1) }() }
      """
    )
  }

  /// Runs `grader`; files of a grader that a test kills may be left.
  func run(
    _ arguments: [String],
    environment: [String: String] = [:],
    wrapper: [String] = []
  ) throws -> Program.Run {
    let command = wrapper + [Program.beside("grader")] + arguments
    return try Program.run(
      command[0],
      Array(command.dropFirst()),
      environment: environment,
      in: folder.path
    )
  }

  /// Runs `grader` with the course.
  func grader(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Run {
    try run(arguments + ["--course", Repository.root], environment: environment)
  }

  /// An attempt at a shard.
  func shard(
    _ shard: String,
    _ more: String...,
    environment: [String: String] = [:]
  ) throws -> Program.Run {
    let arguments = ["batch", "--run", "results", "--shard", shard, "--course", Repository.root]
    return try run(arguments + more, environment: environment)
  }

  /// The paths of what attempts at the plan wrote.
  func attempts(in results: String = "results") -> [String] {
    let parts = "\(folder.path)/\(results)/run/parts"
    return ((try? FileManager.default.subpathsOfDirectory(atPath: parts)) ?? [])
      .filter { $0.hasSuffix(".jsonl") }.sorted().map { "\(parts)/\($0)" }
  }

  /// Lines of one kind in all attempts.
  func lines(_ kind: String, in results: String = "results") -> [String] {
    attempts(in: results).flatMap { path in
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").map(String.init).filter { $0.contains("{\"\(kind)\":") }
    }
  }

  /// The first row that a statement of SQL finds in a gradebook.
  func ask(_ sql: String, in results: String = "results") throws -> String {
    let script = """
      import sqlite3, sys
      print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])
      """
    let book = "\(folder.path)/\(results)/gradebook.sqlite"
    let run = try Program.run("/usr/bin/env", ["python3", "-c", script, book, sql])
    try #require(run.status == 0, "\(run.errors)")
    return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  // MARK: What must be equal

  /// All files that people and programs read, without times: whatever graded the class, these are
  /// the same.
  func outcome(of results: String) throws -> [String: String] {
    var files: [String: String] = [:]
    let root = "\(folder.path)/\(results)"
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
      let kind = name.prefix { $0 != "/" }
      guard ["grades", "feedback", "return", "originals", "intake.txt"].contains(kind),
        let bytes = FileManager.default.contents(atPath: "\(root)/\(name)")
      else { continue }
      files[name] =
        kind == "grades"
        ? try Self.timeless(bytes)
        : String(decoding: bytes, as: UTF8.self)
          .replacing(/Graded [-0-9T:]+Z/, with: "Graded")
    }
    files["gradebook"] = try ask(
      """
      SELECT json_group_array(json_array(slug, counts, award.key, reason, handedIn, score, status))
      FROM (SELECT * FROM attempt WHERE current = 1 ORDER BY slug) AS attempt
      LEFT JOIN award ON award.id = (SELECT MAX(id) FROM award WHERE attempt = attempt.id)
      LEFT JOIN grade ON grade.id = award.grade
      """,
      in: results
    )
    files["withheld"] = try ask("SELECT count(*) FROM withheld", in: results)
    return files
  }

  private static func timeless(_ bytes: Data) throws -> String {
    func strip(_ value: Any) -> Any {
      if let object = value as? [String: Any] {
        return object.filter { !["usage", "gradedAt"].contains($0.key) }.mapValues(strip)
      }
      return (value as? [Any])?.map(strip) ?? value
    }
    let stripped = strip(try JSONSerialization.jsonObject(with: bytes))
    let text = try JSONSerialization.data(withJSONObject: stripped, options: .sortedKeys)
    return String(decoding: text, as: UTF8.self)
  }

  /// The outcomes on one machine, and the accounts, by the number of slow ones: a class is the same
  /// in all tests.
  private static let locals = Mutex<[Int: (outcome: [String: String], account: String)]>([:])

  private static func local(
    of small: Self
  ) throws -> (outcome: [String: String], account: String) {
    if let known = locals.withLock({ $0[small.slow] }) { return known }
    let run = try small.grader("batch", "class", "-o", "local")
    try #require(run.status == 0, "\(run.errors)")
    let local = (try small.outcome(of: "local"), run.output)
    locals.withLock { $0[small.slow] = local }
    return local
  }

  /// Expects that results are those of one machine, and their account too but for its time.
  func expectOneMachinesOutcome(
    of results: String = "results",
    account: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (one, said) = try Self.local(of: self)
    let other = try outcome(of: results)
    #expect(one.keys.sorted() == other.keys.sorted(), sourceLocation: sourceLocation)
    for name in one.keys.sorted() where one[name] != other[name] {
      Issue.record(
        "\(name) differs:\n\(one[name] ?? "")\n\(other[name] ?? "")",
        sourceLocation: sourceLocation
      )
    }
    guard let account else { return }
    func plain(_ text: String) -> [String] {
      text.replacing(/; [0-9.]+ (s|min [0-9]+ s)\./, with: ".").split(separator: "\n")
        .map(String.init).filter { !$0.hasPrefix("Results: ") }
    }
    #expect(plain(account) == plain(said), sourceLocation: sourceLocation)
  }
}
