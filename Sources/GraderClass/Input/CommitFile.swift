package import ClassCore
package import Foundation
package import GraderRuntime

/// A list of commits and pushes in a file.
package enum CommitFile {
  /// Reads a list; times that name no zone are of the given one.
  ///
  /// - Throws: `GraderFault` when there is no such file, or it is not understood.
  package static func read(
    _ path: String,
    zone: TimeZone = .current
  ) throws(GraderFault) -> CommitList {
    let text = try TableFile.text(of: path)
    do throws(CommitList.Problem) {
      return try CommitList(text, zone: zone)
    } catch {
      throw GraderFault(.usage, "\(path) is no list of commits: \(error).")
    }
  }
}
