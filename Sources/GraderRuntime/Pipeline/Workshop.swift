import GraderCore
import Foundation
import Synchronization

/// Makes what grading needs and the cache does not hold yet.
package struct Workshop: Sendable {
  let course: Course
  let cache: Cache

  /// Everything about an assignment that is the same for all submissions.
  struct Ready: Sendable {
    var kit: AssignmentKit
    var suite: HiddenSuite
    var suiteDigest: String
  }

  /// A workshop for a course.
  package init(course: Course, cache: Cache) {
    self.course = course
    self.cache = cache
  }

  func prepare(_ assignment: CourseAssignment) throws(GraderFault) -> Ready {
    let toolchain = try Toolchain.find()
    let runtime = try Runtime(course: course, toolchain: toolchain, cache: cache)
    return Ready(
      kit: try AssignmentKit(assignment, runtime: runtime, cache: cache),
      suite: try HiddenSuite(assignment, toolchain: toolchain, cache: cache),
      suiteDigest: try assignment.suiteDigest())
  }
}
