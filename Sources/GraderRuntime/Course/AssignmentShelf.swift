import GraderCore
import Synchronization

/// The assignments of a course, each of which is read once, when it is first needed.
final class AssignmentShelf: Sendable {
  let course: Course
  private let read = Mutex<[String: Result<CourseAssignment, GraderFault>]>([:])

  /// A course's assignments, of which none is read yet.
  init(of course: Course) { self.course = course }

  /// See `Course.assignment`.
  func assignment(_ id: String) throws(GraderFault) -> CourseAssignment {
    try read.withLock { read in
      if let known = read[id] { return known }
      let result = Result { () throws(GraderFault) in try course.assignment(id) }
      read[id] = result
      return result
    }.get()
  }

  /// Reads all assignments.
  ///
  /// - Throws: The fault of the first that cannot be read.
  func readAll() throws(GraderFault) {
    for id in course.assignmentIDs { _ = try assignment(id) }
  }
}
