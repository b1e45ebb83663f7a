import Foundation
import GraderCore

/// A course on disk: the handouts in `assignments/`, the secrets in `reference/`.
package struct Course: Sendable {
  /// Its folder, with links resolved.
  package let root: String
  /// The way in which it was found, for people.
  package let origin: String

  /// The course in a folder.
  ///
  /// - Throws: `GraderFault` when the folder holds none.
  package init(root: String, origin: String) throws(GraderFault) {
    self.root = Files.real(root)
    self.origin = origin
    guard Files.exists("\(root)/reference"), Files.exists("\(root)/assignments/CourseKit") else {
      throw GraderFault(.noCourse(in: root, origin: origin))
    }
  }

  /// The course that is meant where nobody says which: from the environment, from the package that
  /// the executable was built in, or from the nearest folder around the current one.
  package static func find(explicit: String?) throws(GraderFault) -> Course {
    if let explicit { return try Course(root: explicit, origin: "--course") }
    if let path = ProcessInfo.processInfo.environment["CHAINRULE_COURSE"], !path.isEmpty {
      return try Course(root: path, origin: "CHAINRULE_COURSE")
    }
    let executable = Files.real("/proc/self/exe")
    if let root = courseAbove(executable) {
      return try Course(root: root, origin: "the package that grader was built in")
    }
    if let root = courseAbove(FileManager.default.currentDirectoryPath + "/.") {
      return try Course(root: root, origin: "the folders around the current one")
    }
    throw GraderFault(.noCourseFound)
  }

  private static func courseAbove(_ path: String) -> String? {
    var folder = (path as NSString).deletingLastPathComponent
    while folder.count > 1 {
      if Files.exists("\(folder)/reference/JudgeSupport"),
        Files.exists("\(folder)/assignments/CourseKit")
      {
        return folder
      }
      folder = (folder as NSString).deletingLastPathComponent
    }
    return nil
  }

  /// The ids of all assignments, sorted.
  package var assignmentIDs: [String] {
    Files.names(in: "\(root)/reference").filter {
      Files.exists("\(root)/reference/\($0)/assignment.yaml")
    }
  }

  /// Everything about one assignment.
  ///
  /// - Throws: `GraderFault` when there is none of that name, or its description makes no sense.
  package func assignment(_ id: String) throws(GraderFault) -> CourseAssignment {
    guard assignmentIDs.contains(id) else {
      throw GraderFault(.noAssignment(id, in: root, known: assignmentIDs))
    }
    return try CourseAssignment(course: self, id: id)
  }
}
