import Foundation
import GradeFormats
package import GraderCore

/// Digests of all that each test's result depends on, so that after a change of the suite only
/// those tests run again that the change can touch.
///
/// A file of the hidden suite counts for the tests of its own classes alone if it holds nothing but
/// test classes that no other file names; else it counts for all tests.
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
      let suiteClass = test.method.split(separator: "/").first.map(String.init) ?? ""
      var digest = Digest()
      digest.add(field: shared)
      for (file, classes) in owners.sorted(by: { $0.key < $1.key })
      where classes.contains(suiteClass) {
        digest.add(field: file)
        digest.add(field: texts[file] ?? "")
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
    digest.add(field: "fingerprint/2")
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
  /// A chain that may carry errors runs again with any step it could carry them from, and one that
  /// lost points with any test; with them run the steps that lost points, in any of which a chain
  /// can end. So does a test whose worth changed while it gave some of its points, and all that
  /// lost points where the solution or its planted mistakes are others.
  package func touched(
    since earlier: SuiteFingerprints,
    assignment: Assignment,
    results: [Grade.TestResult]
  ) -> Set<String> {
    let old = Dictionary(results.map { ($0.id, $0) }) { first, _ in first }
    func isTouched(_ test: Assignment.Test) -> Bool {
      guard let row = old[test.id], tests[test.id] == earlier.tests[test.id] else { return true }
      let isWhole = row.score == .zero || row.score == row.maxScore
      return row.maxScore != test.points && !isWhole
    }
    let lost = Set(results.filter { $0.score < $0.maxScore || $0.status == .partial }.map(\.id))
    var touched = Set(assignment.tests.filter(isTouched).map(\.id))
    if hints != earlier.hints {
      touched.formUnion(assignment.tests.map(\.id).filter(lost.contains))
    }
    let changed = touched.union(
      assignment.tests.map(\.id).filter { points[$0] != earlier.points[$0] }
    )
    let isAny = !touched.isEmpty
    for test in assignment.tests {
      guard let carries = test.carries else { continue }
      let isCarrying = carries.contains(where: changed.contains)
      if isCarrying || isAny && lost.contains(test.id) { touched.insert(test.id) }
    }
    let chains = assignment.tests.filter { $0.carries != nil && touched.contains($0.id) }
    guard !chains.isEmpty else { return touched }
    // A chain that names no step can end in any.
    let isOpen = chains.contains { $0.carries == [] }
    let steps = Set(assignment.tests.flatMap { isOpen ? [$0.id] : $0.carries ?? [] })
    return touched.union(steps.intersection(lost))
  }
}

/// The declarations in one file of a hidden suite.
enum SuiteFile {
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
