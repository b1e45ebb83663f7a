import Foundation
import GraderCore
import Synchronization
import Testing

/// Attacks that are graded together, each in a function of its own, once for each level of jail.
///
/// Limits are generous, however busy the machine is; an attack that goes for one sets it lower for
/// itself.
final class Battery: Sendable {
  let attacks: [Attack]
  private let results = Mutex<[String: Result<Raid, any Error>]>([:])

  init(_ attacks: [Attack]) {
    precondition(attacks.count <= Slot.all.count, "more attacks than functions")
    self.attacks = attacks
  }

  /// The limits of the attacks' course.
  private var limits: TestCourse.Limits {
    var limits = TestCourse.Limits(
      all: ["testCPUSeconds": 30, "testWallSeconds": 600, "submissionWallSeconds": 3_600]
    )
    for (attack, slot) in zip(attacks, Slot.all) where !attack.limits.isEmpty {
      for test in slot.tests { limits.tests[test] = attack.limits }
    }
    return limits
  }

  /// One attack in a jail of one level.
  struct Case: Sendable, CustomTestStringConvertible {
    var index: Int
    var level: String
    var testDescription: String
  }

  /// Each attack at each level of jail.
  var cases: [Case] {
    Jails.levels.flatMap { level in
      attacks.enumerated().map {
        Case(index: $0, level: level, testDescription: "\($1.testDescription), \(level)")
      }
    }
  }

  /// The outcome of the attacks at a level; they are graded when somebody asks first.
  func raid(at level: String) throws -> Raid {
    try Jails.demand(level)
    return try results.withLock { results in
      if let known = results[level] { return try known.get() }
      let result: Result<Raid, any Error>
      do {
        result = .success(try Raid(attacks, limits: limits, level: level))
      } catch {
        // An error that Swift Testing knows would be reported by the first test alone.
        result = .failure(RaidFailed(reason: "\(error)"))
      }
      results[level] = result
      return try result.get()
    }
  }

  /// Expects what an attack announces.
  func expectOutcome(
    of attempt: Case,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let raid = try raid(at: attempt.level)
    let (attack, slot) = (attacks[attempt.index], Slot.all[attempt.index])
    let place = "\(Homework.sources)/\(slot.file):\(raid.lines[attempt.index])"
    let message = attack.message.replacing("{place}", with: place)
      .replacing("{function}", with: slot.function)
    for id in slot.tests {
      let test = try raid.grade.test(id)
      #expect(test.status == attack.status, sourceLocation: sourceLocation)
      #expect(test.message == message, sourceLocation: sourceLocation)
      let score = attack.status == .passed ? test.maxScore : .zero
      #expect(test.score == score, sourceLocation: sourceLocation)
      if let staff = attack.staff {
        let said = try #require(test.staffMessage, sourceLocation: sourceLocation)
        #expect("\(said)\n".contains(staff), sourceLocation: sourceLocation)
      }
    }
  }

  /// Expects what holds of all attacks: all other points, no trace, no process, no secret.
  func expectNoHarm(
    at level: String,
    withinProcessorSeconds seconds: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let raid = try raid(at: level)
    let attacked = Set(Slot.all.prefix(attacks.count).flatMap(\.tests))
    let others = raid.grade.judged.filter { !attacked.contains($0.id) }
    #expect(others.count >= 5, sourceLocation: sourceLocation)
    #expect(others.allSatisfy { $0.status == .passed }, sourceLocation: sourceLocation)
    #expect(others.allSatisfy { $0.score == $0.maxScore }, sourceLocation: sourceLocation)
    #expect(raid.grade.status == .graded, sourceLocation: sourceLocation)
    #expect(raid.grade.provenance.jail.level == level, sourceLocation: sourceLocation)
    #expect(raid.grading.errors == "", sourceLocation: sourceLocation)
    #expect(raid.grading.status == 0, sourceLocation: sourceLocation)
    #expect(raid.grading.processorSeconds < seconds, sourceLocation: sourceLocation)
    #expect(raid.survivors == "", sourceLocation: sourceLocation)
    #expect(raid.canary.isUntouched, sourceLocation: sourceLocation)
    #expect(!raid.grading.output.contains(Canary.secret), sourceLocation: sourceLocation)
  }
}

/// The attacks could not be graded, so none of them is judged.
struct RaidFailed: Error {
  var reason: String
}

/// One grading of many attacks.
struct Raid: Sendable {
  let grading: Grading
  let grade: Grade
  /// The line of each attack in its file.
  let lines: [Int]
  /// Processes that were left, one a line.
  let survivors: String
  let canary: Canary

  init(_ attacks: [Attack], limits: TestCourse.Limits, level: String) throws {
    let folder = try TemporaryFolder()
    canary = try Canary(in: folder)
    var homework = try Homework.solution.callingCopies()
      .adding("Helpers.swift", Self.helpers(canary: canary))
    var lines: [Int] = []
    for (attack, slot) in zip(attacks, Slot.all) {
      let (next, line) = try homework.attacked(by: attack, in: slot)
      homework = next
      // A later attack in the same file moves nothing but what stands below it.
      lines = zip(lines, Slot.all).map { $0 >= line && $1.file == slot.file ? $0 + 1 : $0 }
      lines.append(line)
    }
    self.lines = lines
    let course = try TestCourse(limits: limits, in: folder)
    let report = "\(folder.path)/survivors"
    grading = try Grading.run(
      [try homework.packed(in: folder), "--jail", level],
      course: course.path,
      wrapper: ["/usr/bin/python3", "\(Repository.root)/Tests/Fixtures/survivors.py", report],
      in: folder
    )
    grade = try grading.grade
    guard grade.build.status == .built else { throw RaidFailed(reason: grade.build.diagnostics) }
    survivors = try String(contentsOfFile: report, encoding: .utf8)
  }

  /// The tools of attacks: numbers that the optimizer cannot see through, and calls of the C
  /// library that its module does not offer.
  private static func helpers(canary: Canary) -> String {
    """
    import Foundation
    let canary = "\(canary.file)"
    let canaryFolder = "\(canary.folder)"
    @_optimize(none) func zero() -> Int { 0 }
    @_silgen_name("fork") func c_fork() -> Int32
    @_silgen_name("unshare") func c_unshare(_ flags: Int32) -> Int32
    func attempt(_ result: some BinaryInteger) {
      print("attempt: \\(result < 0 ? "refused" : "granted")")
    }
    func readAll(_ path: String) -> Int32 {
      let file = open(path, O_RDONLY)
      var bytes = [UInt8](repeating: 0, count: 1000)
      if file >= 0 { print(String(decoding: bytes[..<read(file, &bytes, 1000)], as: UTF8.self)) }
      return file
    }

    """
  }
}

/// A file that everybody could read and a folder that everybody could write, were it not for the
/// jail.
struct Canary: Sendable {
  static let secret = "the canary sings"

  let folder: String
  let file: String
  private let scratch: TemporaryFolder

  init(in scratch: TemporaryFolder) throws {
    self.scratch = scratch
    folder = try scratch.folder("canary")
    file = try scratch.write(Array(Self.secret.utf8), to: "canary/file")
    try scratch.shell("chmod 666 file && chmod 777 .", in: "canary")
  }

  /// True if all is as it was.
  var isUntouched: Bool {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    return names == ["file"] && (try? String(contentsOfFile: file, encoding: .utf8)) == Self.secret
  }
}
