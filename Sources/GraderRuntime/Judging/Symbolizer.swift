import Foundation
import GraderCore
import Sandbox

/// Finds where a worker trapped, from the addresses that it printed and the grader's own copy of
/// the program.
struct Symbolizer: Sendable {
  let jail: ToolJail
  let work: WorkFolder
  let limits: GradingLimits
  /// Compiled name to the path in the hand-in.
  let renamings: [String: String]

  /// The report that a worker's handler wrote.
  private struct Report {
    var isStackOverflow: Bool
    var addresses: [UInt64]

    /// The last line of its kind: whatever a student printed before, the handler came last.
    init?(standardError: [UInt8]) {
      let text = String(decoding: standardError, as: UTF8.self)
      guard
        let line = text.split(separator: "\n").last(where: { $0.hasPrefix("chainrule-trap ") })
      else { return nil }
      let words = line.split(separator: " ")
      guard words.count >= 4 else { return nil }
      isStackOverflow = words[2] == "stack"
      addresses = words[3...].prefix(128).compactMap { UInt64($0, radix: 16) }
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
  func trap(in standardError: [UInt8], executable: String) throws(GraderFault) -> Trap? {
    guard let report = Report(standardError: standardError), let first = report.addresses.first
    else { return nil }
    // A return address belongs to the line after the call.
    let addresses = [first] + report.addresses.dropFirst().map { $0 &- 1 }
    let result = try jail.run(
      jail.toolchain.symbolizer,
      ["--obj=\(executable)", "--inlines", "--output-style=JSON"]
        + addresses.map { "0x" + String($0, radix: 16) },
      work: work,
      readable: [],
      limits: limits,
      seconds: 10,
      outputCap: 4 << 20
    )
    guard result.succeeded else { return nil }
    let frames = result.output.split(separator: UInt8(ascii: "\n")).compactMap { line in
      try? JSONDecoder().decode([Location].self, from: Data(line)).flatMap { $0.symbol ?? [] }
    }.flatMap { $0 }
    return fold(frames, isStackOverflow: report.isStackOverflow)
  }

  private func fold(_ frames: [Location.Frame], isStackOverflow: Bool) -> Trap {
    // The compiler gives line 0 to what nobody wrote.
    let candidates = frames.filter { renamings[($0.fileName as NSString).lastPathComponent] != nil }
    let own = candidates.first { $0.line > 0 } ?? candidates.first
    let names = frames.map(\.functionName)
    // Words of earlier calls lie about on the stack, and every program has allocated before: what
    // trapped in a check of Swift's own did not run out of memory.
    let failedCheck = frames.prefix(3).contains { $0.functionName.contains("ssertionFailure") }
    return Trap(
      kind: isStackOverflow ? "Stack overflow (endless recursion?)" : kind(of: names),
      file: own.flatMap { renamings[($0.fileName as NSString).lastPathComponent] },
      line: own.flatMap { $0.line > 0 ? $0.line : nil },
      outOfMemory: !failedCheck
        && names.contains {
          $0.contains("AllocationFailure") || $0.contains("swift_slowAlloc")
        }
    )
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

  private func kind(of names: [String]) -> String? {
    let prefix = "Swift runtime failure: "
    if let name = names.first(where: { $0.hasPrefix(prefix) }) {
      let words = name.dropFirst(prefix.count)
      return words.prefix(1).uppercased() + words.dropFirst()
    }
    if names.contains(where: { $0.contains("ssertionFailure") }) {
      let misuse = Self.misuses.first { misuse in names.contains { $0.contains(misuse.function) } }
      return misuse?.kind ?? "Fatal error"
    }
    return names.contains { $0.contains("dynamicCast") } ? "Failed cast" : nil
  }
}
