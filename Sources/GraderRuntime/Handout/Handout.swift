import Foundation
package import GraderCore

/// The part of an assignment that students get: its folder and CourseKit, held against the
/// solution.
package struct Handout: Sendable {
  let assignment: CourseAssignment
  private let course: Course

  /// The handout of one of a course's assignments.
  ///
  /// - Throws: `GraderFault` when there is none of that name.
  package init(_ id: String, of course: Course) throws(GraderFault) {
    self.course = course
    assignment = try course.assignment(id)
  }

  init(_ assignment: CourseAssignment) {
    (self.assignment, course) = (assignment, assignment.course)
  }

  /// The assignment's id.
  package var id: String { assignment.assignment.id }

  private var solution: String { "\(assignment.reference)/Solution" }

  /// The name of a file of the course for the course's own people.
  private func shown(_ path: String) -> String {
    path.hasPrefix(course.root + "/") ? String(path.dropFirst(course.root.count + 1)) : path
  }

  // MARK: Stubs

  /// The stubs that follow from the solution, by path in the assignment.
  ///
  /// - Throws: `GraderFault` when markers make no sense, or a part has none.
  package func stubs() throws(GraderFault) -> [String: Stub] {
    var stubs: [String: Stub] = [:]
    for file in Files.below(solution) {
      let path = "\(solution)/\(file)"
      let text = String(decoding: try Files.read(path), as: UTF8.self)
      do throws(StubError) {
        stubs[file] = try Stub(of: text, file: file)
      } catch {
        throw GraderFault(.broken, "\(shown(path)):\(error)")
      }
    }
    for part in assignment.assignment.parts where stubs[part.file]?.removed.isEmpty ?? true {
      throw GraderFault(
        .broken,
        "\(shown("\(solution)/\(part.file)")) marks nothing as the solution.",
        remedy: "Write a line `// solution` above what students have to write."
      )
    }
    return stubs
  }

  /// Demands that the handout's stubs are what follows from the solution.
  ///
  /// - Throws: `GraderFault` with the differences.
  package func check() throws(GraderFault) {
    let differences = try differences()
    guard differences.isEmpty else {
      throw GraderFault(
        .broken,
        "The handout is not the solution without its marked regions "
          + "(-: handout, +: solution).\n" + differences.map(\.text).joined(separator: "\n"),
        remedy: "Change the solution, then let `grader handout \(id) --update` write the stubs."
      )
    }
  }

  private func differences() throws(GraderFault) -> [StubDifference] {
    var differences: [StubDifference] = []
    for (file, stub) in try stubs().sorted(by: { $0.key < $1.key }) {
      let path = "\(assignment.handout)/\(file)"
      let handout =
        Files.exists(path) ? String(decoding: try Files.read(path), as: UTF8.self) : nil
      if let difference = StubDifference(path: shown(path), handout: handout, stub: stub) {
        differences.append(difference)
      }
    }
    return differences
  }

  /// Makes the handout's stubs follow from the solution.
  ///
  /// - Returns: The files that were written, as the course's own people call them.
  package func update() throws(GraderFault) -> [String] {
    var written: [String] = []
    let stubs = try stubs()
    for difference in try differences() {
      let file = String(difference.path.dropFirst(shown(assignment.handout).count + 1))
      guard let stub = stubs[file], !stub.text.isEmpty else { continue }
      let path = "\(assignment.handout)/\(file)"
      try Files.makeFolder((path as NSString).deletingLastPathComponent)
      try Files.write(Array(stub.text.utf8), to: path)
      written.append(difference.path)
    }
    return written
  }

  // MARK: Files

  /// The files that go into the archive, by their paths there.
  ///
  /// - Throws: `GraderFault` when the handout is not as it should be.
  package func contents() throws(GraderFault) -> HandoutContents {
    try check()
    var contents = HandoutContents(of: id)
    try contents.add("\(course.root)/assignments/CourseKit", as: "CourseKit")
    try contents.add(assignment.handout, as: id)
    let secrets = try secrets()
    for (name, path) in contents.files.sorted(by: { $0.key < $1.key }) {
      let lines = Set(Secret.lines(of: String(decoding: try Files.read(path), as: UTF8.self)))
      if let secret = secrets.first(where: { $0.isTold(by: lines) }) {
        throw GraderFault(
          .broken,
          "\(shown(path)) holds all of \(secret.path).",
          remedy: "Nothing was packed. Remove the file \(name) from the handout."
        )
      }
    }
    return contents
  }

  /// The secrets that no file of a handout may tell.
  private func secrets() throws(GraderFault) -> [Secret] {
    var secrets: [Secret] = []
    let stubs = try stubs()
    for file in Files.below(assignment.reference) {
      let path = "\(assignment.reference)/\(file)"
      // Links lead to what is handed out.
      if Files.real(path).hasPrefix("\(course.root)/assignments/") { continue }
      let lines =
        if file.hasPrefix("Solution/") {
          stubs[String(file.dropFirst("Solution/".count))]?.removed ?? []
        } else {
          Secret.lines(of: String(decoding: try Files.read(path), as: UTF8.self))
        }
      if let secret = Secret(path: shown(path), lines: lines) { secrets.append(secret) }
    }
    return secrets
  }
}
