import ClassCore
import Foundation
import TestSupport
import Testing

/// The tokens are those of the compiler's own parser, for every Swift file of this repository and
/// for one that is all corners.
@Suite struct SwiftTokensTests {
  /// A token as both print it.
  private struct Printed: Equatable, CustomStringConvertible {
    var value: UInt64
    var line: Int
    var text: String

    var description: String { "\(line): \(text)" }

    static func == (left: Printed, right: Printed) -> Bool {
      (left.value, left.line) == (right.value, right.line)
    }
  }

  /// The value by which tokens are compared, computed independently: FNV-1a.
  private static func value(of text: Substring) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static let files: [String] = {
    let root = Checker.fixture("../..")
    let places = ["Sources", "Tests", "assignments", "reference"]
    return places.flatMap { place -> [String] in
      let found = FileManager.default.enumerator(atPath: "\(root)/\(place)")?.allObjects ?? []
      return found.compactMap { $0 as? String }
        .filter { $0.hasSuffix(".swift") && !$0.contains(".build/") }
        .map { "\(root)/\(place)/\($0)" }
    }.sorted()
  }()

  @Test func sameAsTheParser() throws {
    let script = """
      set -e
      host=$(swiftc -print-target-info | python3 -c 'import json, sys
      print(json.load(sys.stdin)["paths"]["runtimeResourcePath"])')/host
      program=$(mktemp)
      trap 'rm -f "$program"' EXIT
      swiftc "$1" -I "$host" -L "$host" -lSwiftParser -lSwiftSyntax \
        -Xlinker -rpath -Xlinker "$host" -o "$program"
      shift
      tr '\\n' '\\0' <"$1" | xargs -0 "$program"
      """
    let files = Self.files + [Checker.fixture("Tokens/corners.txt")]
    try #require(files.count > 300, "all of the repository")
    let answer = try Checker.run(
      "bash",
      ["-c", script, "tokens", Checker.fixture("Tokens/tokens.swift"), "@0"],
      on: files.joined(separator: "\n")
    )
    try #require(answer.status == 0, "\(answer.output.suffix(2_000))")
    let parts = answer.output.split(separator: "\u{1E}", omittingEmptySubsequences: false)
      .dropFirst()
    try #require(parts.count == files.count)
    for (path, part) in zip(files, parts) {
      let expected = part.split(separator: "\n").compactMap { line -> Printed? in
        let words = line.split(separator: "\t", maxSplits: 1)
        guard words.count == 2, let number = Int(words[0]) else { return nil }
        return Printed(value: Self.value(of: words[1]), line: number, text: String(words[1]))
      }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let ours = SwiftTokens(text).tokens.map { token in
        Printed(value: token.value, line: token.line, text: "#\(token.value)")
      }
      let place = zip(ours, expected).enumerated().first { $1.0 != $1.1 }?.offset
      #expect(
        place == nil && ours.count == expected.count,
        """
        \(path): \(ours.count) tokens, the parser sees \(expected.count); first difference at \
        \(place.map { "\(expected[$0]), ours in line \(ours[$0].line)" } ?? "the end")
        """
      )
    }
  }
}
