import Foundation
import GraderCore
import Sandbox

/// Finds where a worker trapped, from the addresses that it printed and the grader's own copy of
/// the program.
struct Symbolizer: Sendable {
  let jail: ToolJail
  let work: WorkFolder
  let limits: GradingLimits
  let program: WorkerProgram

  /// The report that a worker's handler wrote.
  private struct Report {
    var isStackOverflow: Bool
    /// The place of the trap, then the calls that led there.
    var steps: [Step]

    /// The last line of its kind: whatever a student printed before, the handler came last.
    init?(standardError: [UInt8]) {
      let text = String(decoding: standardError, as: UTF8.self)
      guard
        let line = text.split(separator: "\n").last(where: { $0.hasPrefix("chainrule-trap ") })
      else { return nil }
      let words = line.split(separator: " ")
      guard words.count >= 4 else { return nil }
      isStackOverflow = words[2] == "stack"
      steps = words[3...].prefix(128).enumerated().compactMap { Step($1, isTrap: $0 == 0) }
    }
  }

  /// One step on the way from the program's start to its trap.
  private struct Step {
    /// An address within what ran.
    var address: UInt64
    /// True for a function that left its frame to others: what it called is unknown.
    var isGone: Bool

    init?(_ word: Substring, isTrap: Bool) {
      isGone = word.hasPrefix("~")
      guard let address = UInt64(word.drop { $0 == "~" }, radix: 16) else { return nil }
      // A return address belongs to the line after the call.
      self.address = isTrap || isGone ? address : address &- 1
    }
  }

  /// One address, with the functions inlined there, innermost first.
  private struct Location: Decodable {
    var symbol: [Frame]?

    enum CodingKeys: String, CodingKey { case symbol = "Symbol" }

    struct Frame: Decodable {
      var functionName: String
      var fileName: String
      var line: Int

      enum CodingKeys: String, CodingKey {
        case functionName = "FunctionName"
        case fileName = "FileName"
        case line = "Line"
      }
    }
  }

  /// The place of the program's trap; nil if it said nothing, or nothing that makes sense.
  func trap(in standardError: [UInt8]) throws(GraderFault) -> Trap? {
    guard let report = Report(standardError: standardError), !report.steps.isEmpty else {
      return nil
    }
    let result = try jail.run(
      jail.toolchain.symbolizer,
      ["--obj=\(program.executable)", "--inlines", "--output-style=JSON"]
        + report.steps.map { "0x" + String($0.address, radix: 16) },
      work: work,
      readable: [(program.executable as NSString).deletingLastPathComponent],
      limits: limits,
      seconds: 10,
      outputCap: 4 << 20
    )
    guard result.succeeded else { return nil }
    let locations = result.output.split(separator: UInt8(ascii: "\n")).flatMap { line in
      (try? JSONDecoder().decode([Location].self, from: Data(line))) ?? []
    }
    guard locations.count == report.steps.count else { return nil }
    let steps = zip(report.steps, locations).map { ($0, $1.symbol ?? []) }
    return fold(steps, isStackOverflow: report.isStackOverflow)
  }

  /// The innermost step in the student's files is where it happened, and no other is.
  private func fold(_ steps: [(Step, [Location.Frame])], isStackOverflow: Bool) -> Trap {
    let own = steps.firstIndex { $1.contains { path(of: $0) != nil } }
    let inner = steps.prefix(through: own ?? steps.endIndex - 1)
    let names = inner.flatMap { $1.map(\.functionName) }
    let place = own.flatMap { steps[$0].0.isGone ? nil : self.place(in: steps[$0].1) }
    return Trap(
      kind: isStackOverflow ? "Stack overflow (endless recursion?)" : kind(of: names),
      file: place?.file,
      line: place?.line,
      outOfMemory: names.contains {
        $0.contains("AllocationFailure") || $0.contains("swift_slowAlloc")
      }
    )
  }

  private func path(of frame: Location.Frame) -> String? {
    // The compiler's own frame bears the file of whatever the failing code was inlined into.
    if frame.functionName.hasPrefix(Self.failurePrefix) { return nil }
    return program.renamings[(frame.fileName as NSString).lastPathComponent]
  }

  /// The innermost of the student's functions that are inlined at one address.
  private func place(in frames: [Location.Frame]) -> (file: String, line: Int?)? {
    let own = frames.filter { path(of: $0) != nil }
    guard let file = own.first.flatMap(path) else { return nil }
    // The compiler gives line 0 to what nobody wrote.
    return (file, own.first { path(of: $0) == file && $0.line > 0 }?.line)
  }

  /// The misuses that CourseKit's tensors refuse, by the function that ends the program.
  ///
  /// Its own words are on standard error, where a solution can write too, so students are not shown
  /// those.
  private static let misuses = [
    (function: "failIndex", kind: "Tensor index out of range"),
    (function: "failAxis", kind: "Tensor axis out of range"),
    (function: "failBroadcast", kind: "Shapes of tensors that do not fit together"),
    (function: "failCount", kind: "A tensor's shape that does not fit its numbers"),
  ]

  /// The beginning of the names of the compiler's own frames, which say the kind of failure.
  private static let failurePrefix = "Swift runtime failure: "

  private func kind(of names: [String]) -> String? {
    if let name = names.first(where: { $0.hasPrefix(Self.failurePrefix) }) {
      return RuntimeFailure.kind(name.dropFirst(Self.failurePrefix.count)) ?? "Fatal error"
    }
    if names.contains(where: { $0.contains("ssertionFailure") }) {
      let misuse = Self.misuses.first { misuse in names.contains { $0.contains(misuse.function) } }
      return misuse?.kind ?? "Fatal error"
    }
    return names.contains { $0.contains("dynamicCast") } ? "Failed cast" : nil
  }
}
