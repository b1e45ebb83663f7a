package import ClassCore
import Gradebook
import GraderCore
package import GraderRuntime

extension ResultsFolder {
  /// Ends a run: settles which attempts count, writes what people read, closes the folder.
  ///
  /// - Parameters:
  ///   - tally: The counts.
  ///   - policy: The class's.
  ///   - course: The course that was graded.
  ///   - writesForPeople: Whether report, feedback and tables are written.
  ///   - seconds: How long it took; nil if nobody waited for it.
  ///   - findings: Sentences on what could not be taken in.
  /// - Returns: The account of the class.
  /// - Throws: `GraderFault`.
  package func finish(
    _ tally: BatchTally,
    policy: ClassPolicy,
    course: Course,
    writesForPeople: Bool,
    seconds: Double?,
    findings: [String]
  ) throws(GraderFault) -> String {
    try settle(policy)
    if writesForPeople { try writeForPeople(course: course, policy: policy) }
    let odd = try oddOnes()
    let remarks = try remarks(policy)
    let remark = try earlierSuites(course: course)
    try close()
    return BatchText.summary(
      tally,
      odd: odd,
      findings: findings + remarks,
      seconds: seconds,
      folder: path,
      remark: remark
    )
  }
}
