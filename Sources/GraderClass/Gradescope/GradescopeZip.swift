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

  /// Writes the zip.
  ///
  /// - Returns: The names at its root.
  @discardableResult
  package func write(to path: String) throws(GraderFault) -> [String] {
    let folder = try Files.makeTemporaryFolder()
    defer { Files.remove(folder) }
    let files = "\(folder)/files"
    try Files.makeFolder("\(files)/prebuilt")
    try script(GradescopeScripts.setup(assignment.assignment.id, swift: swift), "\(files)/setup.sh")
    try script(
      GradescopeScripts.run(assignment.assignment.id, allowsNoJail: allowsNoJail),
      "\(files)/run_autograder"
    )
    try copy(try Machine.ownExecutable(), to: "\(files)/prebuilt/grader")
    for helper in ["grader-jail", "grader-intake"] {
      try copy(try Machine.helper(helper), to: "\(files)/prebuilt/\(helper)")
    }
    try pack("/usr/bin/tar", Self.tarArguments(files), in: course.root)
    let names = Files.names(in: files)
    try pack("/usr/bin/zip", ["-X", "-q", "-r", "\(folder)/autograder.zip"] + names, in: files)
    try copy("\(folder)/autograder.zip", to: path)
    return names
  }

  /// Links are kept, what a build leaves behind is not.
  private static func tarArguments(_ files: String) -> [String] {
    [
      "-czf", "\(files)/course.tar.gz", "--exclude=.build", "--exclude=.git", "--exclude=*.zip",
      "LICENSE", "Package.swift", ".ci", "Sources", "Tests", "assignments", "reference",
    ]
  }

  private func script(_ text: String, _ path: String) throws(GraderFault) {
    try Files.write(Array(text.utf8), to: path)
    guard chmod(path, 0o755) == 0 else {
      throw GraderFault(.cannot(.makeExecutable, path, .last))
    }
  }

  private func copy(_ source: String, to target: String) throws(GraderFault) {
    do {
      if Files.exists(target) { try FileManager.default.removeItem(atPath: target) }
      try FileManager.default.copyItem(atPath: source, toPath: target)
    } catch {
      throw GraderFault(.cannot(.write, target, .init(error), of: .theirs))
    }
  }

  private func pack(_ tool: String, _ words: [String], in folder: String) throws(GraderFault) {
    let result = try Tool.run(
      tool,
      words,
      in: folder,
      environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    )
    guard result.status == 0 else {
      throw GraderFault(.toolFailed(tool, result.errorText + result.outputText))
    }
  }
}
