package import ClassCore
package import GraderRuntime

/// A class's roster in a file.
package enum RosterFile {
  /// Reads a roster, and what is doubtful about it.
  ///
  /// - Throws: `GraderFault` when there is no such file, or no column says who somebody is.
  package static func read(
    _ path: String
  ) throws(GraderFault) -> (roster: Roster, doubts: [RosterProblem]) {
    let text = try TableFile.text(of: path)
    do throws(RosterProblem) {
      return try Roster.read(text)
    } catch {
      throw GraderFault(.usage, "\(path) is no roster: \(error)")
    }
  }
}
