import Foundation
import GraderCore

/// A solution that is unusual and right.
struct Variant {
  var name: String
  /// The tests in which it loses points all the same.
  var expect: [String]
  var sources: [Submission.File]

  /// All of an assignment's, in the order of their names.
  static func all(of assignment: CourseAssignment) throws(GraderFault) -> [Variant] {
    let folder = "\(assignment.reference)/Variants"
    var variants: [Variant] = []
    for name in Files.names(in: folder) {
      let sources = try assignment.sources(
        overlaidBy: ["\(assignment.reference)/Solution", "\(folder)/\(name)"])
      variants.append(
        Variant(
          name: name,
          expect: try expectation(in: "\(folder)/\(name)"),
          sources: sources
        )
      )
    }
    return variants
  }

  /// The expectation in the line `// expect: full`, or the lines `// expect: TEST, ...`, of a file.
  private static func expectation(in folder: String) throws(GraderFault) -> [String] {
    for file in Files.below(folder) {
      let text = String(decoding: try Files.read("\(folder)/\(file)"), as: UTF8.self)
      let lines = text.split(separator: "\n").filter { $0.hasPrefix("// expect:") }
      if lines.isEmpty { continue }
      let names = lines.flatMap { $0.dropFirst("// expect:".count).split(separator: ",") }
        .map { $0.trimmingCharacters(in: .whitespaces) }
      return names == ["full"] ? [] : names
    }
    throw GraderFault(
      .broken,
      "\(folder) does not say what it expects.",
      remedy: "Write a line `// expect: full` into one of its files."
    )
  }
}
