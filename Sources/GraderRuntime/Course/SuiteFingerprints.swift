import Foundation
import GradeFormats
package import GraderCore

/// Digests of all that each test's result depends on, so that after a change of the suite only
/// those tests run again that the change can touch.
///
/// A file of the hidden suite counts for the tests of its own classes alone if it holds nothing but
/// test classes that no other file names; else it counts for all tests. Of such a file a test's
/// method that nothing else names counts for that test alone.
package struct SuiteFingerprints: Codable, Equatable, Sendable {
  /// A digest for each test of the rubric, by its id.
  package var tests: [String: String]
  /// The points that each test was worth.
  package var points: [String: Points]
  /// A digest over what only matters to tests that lose points; nil in earlier versions.
  package var hints: String?

  init(tests: [String: String], points: [String: Points], hints: String? = nil) {
    (self.tests, self.points, self.hints) = (tests, points, hints)
  }

  init(_ assignment: CourseAssignment, toolchain: String) throws(GraderFault) {
    let folder = "\(assignment.reference)/HiddenTests"
    var texts: [String: String] = [:]
    for file in Files.below(folder) {
      texts[file] = String(decoding: try Files.read("\(folder)/\(file)"), as: UTF8.self)
    }
    let owners = SuiteFile.classesByFile(in: texts)
    let shared = try Self.shared(
      assignment,
      toolchain: toolchain,
      files: texts.filter { owners[$0.key] == nil }
    )
    tests = [:]
    points = [:]
    hints = try assignment.hintsDigest()
    for test in assignment.assignment.tests {
      let name = test.method.split(separator: "/").map(String.init)
      let (suiteClass, method) = (name.first ?? "", name.last ?? "")
      var digest = Digest()
      digest.add(field: shared)
      for (file, classes) in owners.sorted(by: { $0.key < $1.key })
      where classes.contains(suiteClass) {
        digest.add(field: file)
        digest.add(field: SuiteFile.text(texts[file] ?? "", of: method))
      }
      digest.add(field: test.method)
      digest.add(field: test.part)
      digest.add(field: try JSONText.encode(assignment.limits.applying(test.limits)))
      digest.add(field: test.carries.map { "[\($0.joined(separator: " "))]" } ?? "")
      // Left out where there is none: fingerprints of earlier versions stay what they are.
      if let condition = test.onlyIf { digest.add(field: condition) }
      tests[test.id] = digest.hex()
      points[test.id] = test.points
    }
  }

  private static func shared(
    _ assignment: CourseAssignment,
    toolchain: String,
    files: [String: String]
  ) throws(GraderFault) -> String {
    var digest = Digest()
    digest.add(field: "fingerprint/3")
    digest.add(field: toolchain)
    digest.add(field: try assignment.foundationDigest())
    digest.add(field: try assignment.workerDigest())
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      digest.add(field: name)
      digest.add(field: text)
    }
    for part in assignment.assignment.parts {
      digest.add(field: part.name)
      digest.add(field: part.file)
      for function in part.functions { digest.add(field: function) }
    }
    return digest.hex()
  }

  /// The tests that have to run again for a submission that was graded under `earlier`.
  ///
  /// A chain that lost points runs again with any test: it may carry errors of any step, and what
  /// is right needs none. With it run the steps that lost points, in any of which a chain can end.
  /// So does a test whose worth changed while it gave some of its points, and all that lost points
  /// where the solution or its planted mistakes are others.
  package func touched(
    since earlier: SuiteFingerprints,
    assignment: Assignment,
    results: [Grade.TestResult]
  ) -> Set<String> {
    let lost = Set(results.filter { $0.score < $0.maxScore || $0.status == .partial }.map(\.id))
    var touched = changed(since: earlier, assignment: assignment, results: results)
    if hints != earlier.hints {
      touched.formUnion(assignment.tests.map(\.id).filter(lost.contains))
    }
    let changed = touched.union(
      assignment.tests.map(\.id).filter { points[$0] != earlier.points[$0] }
    )
    let isAny = !touched.isEmpty
    for test in assignment.tests where lost.contains(test.id) {
      guard let carries = test.carries else { continue }
      let isCarrying = carries.contains(where: changed.contains)
      if isCarrying || isAny { touched.insert(test.id) }
    }
    let chains = assignment.tests.filter { $0.carries != nil && touched.contains($0.id) }
    guard !chains.isEmpty else { return touched }
    // A chain that names no step can end in any.
    let isOpen = chains.contains { $0.carries == [] }
    let steps = Set(assignment.tests.flatMap { isOpen ? [$0.id] : $0.carries ?? [] })
    return touched.union(steps.intersection(lost))
  }

  /// The tests that can run before all others: where they end as they did, so does all else.
  ///
  /// - Returns: Nil where others have to run with them.
  package func deciding(
    since earlier: SuiteFingerprints,
    assignment: Assignment,
    results: [Grade.TestResult]
  ) -> Set<String>? {
    guard hints == earlier.hints, points == earlier.points else { return nil }
    let changed = changed(since: earlier, assignment: assignment, results: results)
    // A chain is nothing without its steps.
    let isAlone = !assignment.tests.contains { $0.carries != nil && changed.contains($0.id) }
    return isAlone ? changed : nil
  }

  /// The tests whose results do not stand, whatever others give.
  private func changed(
    since earlier: SuiteFingerprints,
    assignment: Assignment,
    results: [Grade.TestResult]
  ) -> Set<String> {
    let old = Dictionary(results.map { ($0.id, $0) }) { first, _ in first }
    func isChanged(_ test: Assignment.Test) -> Bool {
      guard let row = old[test.id], tests[test.id] == earlier.tests[test.id] else { return true }
      let isWhole = row.score == .zero || row.score == row.maxScore
      return row.maxScore != test.points && !isWhole
    }
    return Set(assignment.tests.filter(isChanged).map(\.id))
  }
}

/// The declarations in one file of a hidden suite.
enum SuiteFile {
  /// The part of a file's text that a test depends on: all but the methods of other tests that
  /// nothing else names.
  ///
  /// Methods are told by their indentation; where a text of several lines could look like one, all
  /// of the file counts.
  static func text(_ text: String, of method: String) -> String {
    guard !text.contains("\"\"\"") else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let methods = methods(in: lines)
    let left = methods.filter { name, place in
      let isNamed = lines.indices.contains { line in
        !place.contains(line) && words(of: lines[line]).contains(name)
      }
      return name != method && !isNamed
    }
    return lines.indices.filter { line in !left.contains { $0.place.contains(line) } }
      .map { lines[$0] }.joined(separator: "\n")
  }

  /// Test methods, with the comments before them: from a line `  func test...` to the line `  }`.
  private static func methods(
    in lines: [Substring]
  ) -> [(name: Substring, place: ClosedRange<Int>)] {
    var methods: [(name: Substring, place: ClosedRange<Int>)] = []
    var line = 0
    while line < lines.count {
      defer { line += 1 }
      guard lines[line].hasPrefix("  func test"),
        let name = words(of: lines[line]).dropFirst().first
      else { continue }
      let first = lines[..<line].lastIndex { !$0.hasPrefix("  ///") }.map { $0 + 1 } ?? 0
      let isOneLine = lines[line].hasSuffix("}")
      guard let end = isOneLine ? line : lines[line...].firstIndex(of: "  }") else { break }
      methods.append((name, first...end))
      line = end
    }
    return methods
  }

  private static func words(of line: Substring) -> [Substring] {
    line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
  }

  /// The classes of the files that hold nothing but test classes that no other file names.
  static func classesByFile(in texts: [String: String]) -> [String: Set<String>] {
    let candidates = texts.compactMapValues { classes(in: $0) }
    return candidates.filter { file, classes in
      !texts.contains { other, text in
        other != file && classes.contains { text.contains($0) }
      }
    }
  }

  /// The classes that a file declares; nil if it declares anything else at its top level.
  static func classes(in text: String) -> Set<String>? {
    var classes: Set<String> = []
    for line in text.split(separator: "\n") {
      guard let first = line.first, !first.isWhitespace else { continue }
      if line.hasPrefix("//") || line.hasPrefix("import ") || line == "}" { continue }
      let words = line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" })
      guard let place = words.firstIndex(of: "class"), place + 1 < words.count,
        words[..<place].allSatisfy({ $0 == "final" }), words[place + 1].hasSuffix("Tests")
      else { return nil }
      classes.insert(String(words[place + 1]))
    }
    return classes.isEmpty ? nil : classes
  }
}
