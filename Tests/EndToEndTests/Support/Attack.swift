import Foundation
import GraderCore
import Testing

/// Hostile code in one function of the solution, and what has to come of it.
struct Attack: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// Statements, on one line, that run before the function's own.
  var code: String
  /// The status of each test of the function; all its points go with anything but `passed`.
  var status: Verdict.Kind
  /// The words that the student reads; `{place}` and `{function}` stand for the file and line, and
  /// the name.
  var message: String
  /// A part of the words for staff.
  var staff: String?
  /// Limits that differ from the battery's, for the tests of the function.
  var limits: [String: Int]
  /// True if it stands for its kind where a sample is all that runs.
  var isInSample = false

  init(
    _ description: String,
    _ code: String,
    _ status: Verdict.Kind,
    _ message: String = "",
    staff: String? = nil,
    limits: [String: Int] = [:]
  ) {
    testDescription = description
    (self.code, self.status, self.message, self.staff) = (code, status, message, staff)
    self.limits = limits
  }

  /// The same as one that stands for its kind.
  func sampled() -> Attack {
    var attack = self
    attack.isInSample = true
    return attack
  }

  /// An attempt that fails inside the function, which then answers rightly.
  ///
  /// The code prints what came of it behind `attempt:`.
  static func futile(
    _ description: String,
    _ code: String,
    prints: String,
    limits: [String: Int] = [:]
  ) -> Attack {
    Attack(description, code, .passed, staff: "attempt: \(prints)\n", limits: limits)
  }
}

/// A function of the assignment that has tests of its own.
struct Slot: Sendable {
  var function: String
  var file: String
  /// The tests that lose their points with it, if nothing else calls it.
  var tests: [String]

  static let all = [
    Slot(function: "batchMean", file: "Forward.swift", tests: ["batch-mean"]),
    Slot(function: "normalize", file: "Forward.swift", tests: ["normalize"]),
    Slot(function: "scaleAndShift", file: "Forward.swift", tests: ["scale-and-shift"]),
    Slot(function: "gradXHat", file: "Steps.swift", tests: ["grad-x-hat"]),
    Slot(function: "gradVariance", file: "Steps.swift", tests: ["grad-variance"]),
    Slot(function: "gradMean", file: "Steps.swift", tests: ["grad-mean"]),
    Slot(function: "gradInput", file: "Steps.swift", tests: ["grad-input"]),
    Slot(function: "gradGamma", file: "ParameterGradients.swift", tests: ["grad-gamma"]),
    Slot(function: "gradBeta", file: "ParameterGradients.swift", tests: ["grad-beta"]),
    Slot(function: "batchNormBackwardClosed", file: "ClosedForm.swift", tests: ["backward-closed"]),
    Slot(function: "batchNormInference", file: "Inference.swift", tests: ["inference"]),
    Slot(function: "updateRunning", file: "Inference.swift", tests: ["update-running"]),
    Slot(
      function: "batchVariance",
      file: "Forward.swift",
      tests: ["batch-variance", "variance-stable"]
    ),
    Slot(
      function: "batchNormBackward",
      file: "Chain.swift",
      tests: ["backward", "batch-of-one"]
    ),
  ]
}

extension Homework {
  /// The solution with copies of all functions for its own calls, so that what is done to one
  /// function reaches the tests of no other.
  func callingCopies() throws -> Homework {
    var homework = self
    var copies = ""
    for file in ["Forward.swift", "Steps.swift", "ParameterGradients.swift", "Chain.swift"] {
      copies += try text(of: file)
    }
    for name in Slot.all.map(\.function) {
      copies = copies.replacing("func \(name)(", with: "func copyOf_\(name)(")
      copies = copies.replacing("try \(name)(", with: "try copyOf_\(name)(")
      for file in ["Chain.swift", "SmallNetwork.swift", "Inference.swift"] {
        let text = try homework.text(of: file)
        homework = homework.adding(
          file,
          text.replacing("try \(name)(", with: "try copyOf_\(name)(")
        )
      }
    }
    return homework.adding("Copies.swift", copies)
  }

  /// Puts an attack at the start of a function.
  ///
  /// - Returns: The files, and the line of the attack.
  func attacked(by attack: Attack, in slot: Slot) throws -> (homework: Homework, line: Int) {
    var lines = try text(of: slot.file).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    if lines[0] != "import Foundation" { lines.insert("import Foundation", at: 0) }
    let start = try #require(lines.firstIndex { $0.hasPrefix("public func \(slot.function)(") })
    let body = try #require(lines[start...].firstIndex { $0.hasSuffix("{") })
    lines.insert("  " + attack.code, at: body + 1)
    return (adding(slot.file, lines.joined(separator: "\n")), body + 2)
  }
}
