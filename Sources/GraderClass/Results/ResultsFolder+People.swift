package import ClassCore
import Foundation
import Gradebook
package import GraderRuntime

extension ResultsFolder {
  /// Writes the report, everybody's feedback and the table of grades, unless they say already what
  /// the gradebook says.
  ///
  /// - Returns: Whether they were written.
  /// - Throws: `GraderFault`.
  @discardableResult
  package func writeForPeople(
    course: Course,
    policy: ClassPolicy
  ) throws(GraderFault) -> Bool {
    var digest = Digest()
    digest.add(field: "files for people/2")
    digest.add(field: Workshop.version)
    digest.add(field: try withBook { try $0.revision() })
    let kept = "\(path)/policy.yaml"
    digest.add(field: Files.exists(kept) ? try Files.read(kept) : [])
    // Pages show more once somebody's due date is over.
    digest.add(field: "\(policy.dueDates.count { $0 <= .now })")
    let state = digest.hex()
    let files = ["\(path)/report.html", "\(path)/return/grades.csv"]
    let written = try withBook { try $0.setting("files for people") }
    if written == state, files.allSatisfy(Files.exists) { return false }
    _ = try ReportWriter(self, course: course).write(
      date: Date.now.formatted(.iso8601.year().month().day()),
      comparesCode: true,
      policy: policy
    )
    _ = try ReturnFolder(try self.files.folder("return"), of: self, policy: policy)
    try withBook { try $0.set("files for people", to: state) }
    return true
  }
}
