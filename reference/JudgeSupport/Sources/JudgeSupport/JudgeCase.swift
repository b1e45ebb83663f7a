public import CourseKit
internal import Foundation
public import JudgeEvents
public import XCTest

/// The base class of hidden tests: a test asks the worker, compares, and tells.
///
/// The grader starts one judge and one worker for each test. Descriptor 3 is the worker's socket,
/// descriptor 4 the file of events; `CHAINRULE_SEED` holds the submission's seed.
open class JudgeCase: XCTestCase {
  private static let process = JudgeProcess()

  private var lastThrown: (function: String, error: ThrownError)?
  private var told: Set<String> = []

  /// The seed of the submission, from which all that is random is drawn.
  public var seed: UInt64 { Self.process.seed }

  /// A generator that depends on the submission's seed, this test's name and the salt alone.
  public func generator(_ salt: String = "") -> Generator {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
    for byte in "\(seed) \(name) \(salt)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return Generator(seed: hash >> 32 ^ hash)
  }

  /// The value of the student's function.
  ///
  /// - Throws: `ThrownError` as the student's function threw it; other errors when the worker is
  ///   gone or talks nonsense. A test catches the errors that it expects and no others.
  public func subject<Output, each Input>(
    _ function: Function<Output, repeat each Input>,
    _ input: repeat each Input
  ) throws -> Output {
    lastThrown = nil
    do {
      return try Self.process.subject.call(function, repeat each input)
    } catch let error as ThrownError {
      lastThrown = (function.name, error)
      throw error
    } catch Subject.Failure.workerEnded(let function) {
      Self.process.log.write(.workerEnded(function: function))
      throw Subject.Failure.workerEnded(function: function)
    } catch Subject.Failure.badReply(let function, let reason) {
      Self.process.log.write(.badReply(function: function, reason: reason))
      throw Subject.Failure.badReply(function: function, reason: reason)
    }
  }

  /// Tells the student a fact; the same kind of fact about the same thing is told once.
  public func tell(_ finding: Finding) {
    guard told.insert(finding.topic).inserted else { return }
    Self.process.log.write(.told(finding))
  }

  /// Gives part of the test's points although the test fails.
  ///
  /// - Parameter points: Whole hundredths, at least 0.
  public func award(_ points: Double) {
    Self.process.log.write(.awarded(hundredths: Int((points * 100).rounded())))
  }

  open override class func setUp() {
    super.setUp()
    process.observeOnce()
  }

  open override func recordFailure(
    withDescription description: String,
    inFile filePath: String,
    atLine lineNumber: Int,
    expected: Bool
  ) {
    let file = filePath.split(separator: "/").last ?? ""
    Self.process.log.write(.issue("\(file):\(lineNumber): \(description)"))
    // XCTest calls what a test throws unexpected: nobody caught it, so the student has to know.
    if !expected, let (function, error) = lastThrown { tell(Finding(function, threw: error)) }
    super.recordFailure(
      withDescription: description,
      inFile: filePath,
      atLine: lineNumber,
      expected: expected
    )
  }
}

extension Finding {
  init(_ function: String, threw error: ThrownError) {
    switch error {
    case .notImplemented(let stub): self = .notImplemented(function: function, stub: stub)
    case .shapeMismatch(let error): self = .threw(function: function, error: "\(error)")
    case .batchTooSmall(let count):
      self = .threw(function: function, error: "BatchTooSmall(count: \(count))")
    case .other(let text): self = .threw(function: function, error: text)
    }
  }

  /// Findings of one topic say the same thing about different data.
  var topic: String {
    switch self {
    case .notImplemented(let function, _): "stub \(function)"
    case .threw(let function, _): "threw \(function)"
    case .didNotThrow(let function, _): "silent \(function)"
    case .wrongShape(let what, _, _), .notFinite(let what, _, _), .wrongValues(let what, _, _, _):
      "value \(what)"
    case .notRepeatable(let function): "repeat \(function)"
    case .remark(let text): "remark \(text)"
    }
  }
}
