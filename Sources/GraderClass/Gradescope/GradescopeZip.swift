import Foundation
import GraderCore
package import GraderRuntime

/// An autograder for Gradescope: the zip that is uploaded there for an assignment.
package struct GradescopeZip {
  let course: Course
  let assignment: CourseAssignment
  /// The Swift that is installed where none is.
  let swift: String
  /// True if code may run without our jail, in Gradescope's container alone.
  let allowsNoJail: Bool

  /// An autograder for an assignment of a course.
  package init(
    _ id: String,
    of course: Course,
    swift: String,
    allowsNoJail: Bool
  ) throws(GraderFault) {
    self.course = course
    assignment = try course.assignment(id)
    self.swift = swift
    self.allowsNoJail = allowsNoJail
    for needed in ["Package.swift", "Sources", ".ci/setup"]
    where !Files.exists("\(course.root)/\(needed)") {
      throw GraderFault(
        .usage,
        "\(course.root) does not hold the grader's own sources (\(needed)).",
        remedy: "Gradescope's machine may have to build the grader: pack from its checkout."
      )
    }
  }

  /// What is uploaded, and the names at its root.
  package func packed() throws(GraderFault) -> (bytes: [UInt8], names: [String]) {
    let id = assignment.assignment.id
    var files: [(name: String, content: [UInt8], isExecutable: Bool)] = [
      ("course.tar.gz", try packedCourse(), false),
      ("prebuilt/grader", try Files.read(try Machine.ownExecutable()), true),
    ]
    for helper in ["grader-intake", "grader-jail"] {
      files.append(("prebuilt/\(helper)", try Files.read(try Machine.helper(helper)), true))
    }
    let run = GradescopeScripts.run(id, allowsNoJail: allowsNoJail)
    let setup = GradescopeScripts.setup(id, swift: swift)
    files += [("run_autograder", Array(run.utf8), true), ("setup.sh", Array(setup.utf8), true)]
    var (zip, bytes) = (ZipWriter(), [UInt8]())
    for file in files {
      bytes += zip.add(file.name, file.content, isExecutable: file.isExecutable)
    }
    let roots = files.map { String($0.name.prefix { $0 != "/" }) }
    return (bytes + zip.end(), Set(roots).sorted())
  }

  /// The course with the grader's sources; links are kept, what a build leaves behind is not.
  private func packedCourse() throws(GraderFault) -> [UInt8] {
    let folder = try Files.makeTemporaryFolder()
    defer { Files.remove(folder) }
    let (tool, target) = ("/usr/bin/tar", "\(folder)/course.tar.gz")
    let result = try Tool.run(
      tool,
      [
        "-czf", target, "--exclude=.build", "--exclude=.git", "--exclude=*.zip",
        "LICENSE", "Package.swift", ".ci", "Sources", "Tests", "assignments", "reference",
      ],
      in: course.root,
      environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    )
    guard result.status == 0 else {
      throw GraderFault(.toolFailed(tool, result.errorText + result.outputText))
    }
    return try Files.read(target)
  }
}
