import ClassCore
import Foundation
import Gradebook
package import GraderRuntime

extension ResultsFolder {
  /// Adds what another folder of results holds: grades, marks, originals.
  ///
  /// - Throws: `GraderFault` when there are no results in it, or something cannot be written.
  package func merge(_ other: String) throws(GraderFault) {
    // Held while it is read, and brought up to date.
    let source = try ResultsFolder(other, creates: false)
    try source.close()
    try withBook { try $0.merge("\(other)/gradebook.sqlite") }
    for name in Files.names(in: source.originals) where name.count == 64 {
      guard !Files.exists("\(originals)/\(name)") else { continue }
      _ = try Archive(path: "\(source.originals)/\(name)", name: name, keptIn: originals)
    }
  }

  /// Writes the JSON of all current attempts, and says how many have a grade, how many have none,
  /// and how many could not be taken in.
  package func writeGrades() throws(GraderFault) -> (graded: Int, ungraded: Int, open: Int) {
    var counts = (graded: 0, ungraded: 0, open: 0)
    for attempt in try withBook({ try $0.attempts() }) {
      if attempt.trouble != nil {
        if attempt.counts { counts.open += 1 }
        continue
      }
      guard let grade = try withBook({ try $0.grade(of: attempt.id) }) else {
        if attempt.counts { counts.ungraded += 1 }
        continue
      }
      try write(grade, for: attempt)
      counts.graded += 1
    }
    return counts
  }
}
