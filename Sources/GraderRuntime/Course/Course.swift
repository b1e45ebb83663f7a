import Foundation
package import GraderCore

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

  /// The package that hidden suites share with the grader: the course's, or that of the grader
  /// where a course has none of its own.
  ///
  /// - Throws: `GraderFault` when there is none.
  func wire() throws(GraderFault) -> String {
    if Files.exists(ownWire) { return ownWire }
    if let place = Self.wireOfGrader { return place }
    throw GraderFault(
      .usage,
      "The course in \(root) has no Sources/JudgeWire, which hidden suites build.",
      remedy: "Copy that folder there from the sources of the grader."
    )
  }

  /// That package as it came with the grader: where it was installed, or where it was built.
  package static var wireOfGrader: String? {
    Files.besideGrader("JudgeWire")
      ?? courseAbove(Files.real("/proc/self/exe")).map { "\($0)/Sources/JudgeWire" }
  }

  /// The place where the manifests of a course's suites look for it.
  var ownWire: String { "\(root)/Sources/JudgeWire" }

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

  /// The folder of an assignment that students get.
  func handout(of id: String) -> String { "\(root)/assignments/\(id)" }

  /// The list of what is handed in for an assignment.
  func handIn(of id: String) throws(GraderFault) -> (bytes: [UInt8], parsed: HandIn) {
    let path = "\(handout(of: id))/handin.txt"
    let bytes = try Files.read(path)
    do {
      return (bytes, try HandIn(parsing: String(decoding: bytes, as: UTF8.self)))
    } catch {
      throw GraderFault(.broken, "\(path): \(error)")
    }
  }
}

/// One assignment of a course: its description, its hand-in list, and where its files are.
package struct CourseAssignment: Sendable {
  /// The course it belongs to.
  package let course: Course
  /// The contents of `assignment.yaml`.
  package let assignment: Assignment
  /// The contents of `handin.txt`.
  package let handIn: HandIn

  init(course: Course, id: String) throws(GraderFault) {
    self.course = course
    let path = "\(course.root)/reference/\(id)/assignment.yaml"
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    assignment = try YAMLText.decodeWhole(Assignment.self, from: text, path: path)
    var wrong = assignment.inconsistencies
    if assignment.id != id { wrong.append("its id is \(assignment.id), its folder \(id)") }
    guard wrong.isEmpty else {
      throw GraderFault(.broken, "\(path): \(wrong.joined(separator: "; ")).")
    }
    handIn = try course.handIn(of: id).parsed
  }

  /// The folder that students get.
  var handout: String { course.handout(of: assignment.id) }
  /// The folder that they never see.
  var reference: String { "\(course.root)/reference/\(assignment.id)" }
  /// The handout's sources of the module of types.
  var taskSources: String { "\(handout)/Sources/\(assignment.task)" }

  /// The solution's Swift files, by their paths in the hand-in.
  func solutionSources() throws(GraderFault) -> [Submission.File] {
    try sources(overlaidBy: ["\(reference)/Solution"])
  }

  /// The student's module as it is handed out, by paths in the hand-in.
  package func stubSources() throws(GraderFault) -> [Submission.File] {
    try sources(overlaidBy: [])
  }

  /// The handout's files of the student's module with those of other folders in their place; later
  /// folders win.
  func sources(
    overlaidBy folders: [String]
  ) throws(GraderFault) -> [Submission.File] {
    let prefix = "Sources/\(assignment.module)/"
    var found: [RelativePath: [UInt8]] = [:]
    for folder in [handout] + folders {
      for file in Files.below(folder) where file.hasPrefix(prefix) && file.hasSuffix(".swift") {
        guard let path = RelativePath(file) else {
          throw GraderFault(.broken, "\(folder)/\(file) has a name that no hand-in can have.")
        }
        found[path] = try Files.read("\(folder)/\(file)")
      }
    }
    return found.sorted { $0.key < $1.key }.map { Submission.File(path: $0.key, content: $0.value) }
  }

  /// The limits in force for the assignment.
  package var limits: GradingLimits { GradingLimits().applying(assignment.limits) }

  /// A digest over all of the course that decides what a grade says: the hidden suite's code, the
  /// rubric and the limits, what workers are built from, the solution and its planted mistakes.
  package func suiteDigest() throws(GraderFault) -> String { try suiteDigests().name }

  /// All digests over what decides a submission's grade.
  package func suiteDigests() throws(GraderFault) -> SuiteDigests {
    try suiteDigests(code: try codeDigest())
  }

  /// The same where the digest of the code is known already.
  func suiteDigests(code: String) throws(GraderFault) -> SuiteDigests {
    SuiteDigests(
      code: code,
      rubric: try Files.read("\(reference)/assignment.yaml"),
      beside: try [workerDigest(), hintsDigest()]
    )
  }

  /// A digest over what is linked into workers beside CourseKit and the student's code, and over
  /// the list of what is handed in.
  func workerDigest() throws(GraderFault) -> String {
    var digest = Digest()
    try digest.add(folder: "\(course.root)/reference/JudgeSupport/WorkerSupport")
    digest.add(field: try Files.read("\(handout)/handin.txt"))
    return digest.hex()
  }

  /// A digest over what points are carried by and slips are named by: no test of its own asks it.
  func hintsDigest() throws(GraderFault) -> String {
    var digest = Digest()
    for folder in ["Solution/Sources", "Mutants"] {
      try digest.add(folder: "\(reference)/\(folder)")
    }
    return digest.hex()
  }

  /// A digest over the code of the hidden suite and all that stands below it.
  func codeDigest() throws(GraderFault) -> String {
    try codeDigest(withSuite: true)
  }

  /// A digest over what all tests of the hidden suite stand on.
  func foundationDigest() throws(GraderFault) -> String {
    try codeDigest(withSuite: false)
  }

  private func codeDigest(withSuite: Bool) throws(GraderFault) -> String {
    let packages = [
      "\(course.root)/assignments/CourseKit", try course.wire(),
      "\(course.root)/reference/JudgeSupport",
    ]
    let folders =
      packages.map { "\($0)/Sources" } + ["\(handout)/Sources"]
      + (withSuite ? ["\(reference)/HiddenTests"] : []) + ["\(reference)/Worker"]
    var digest = Digest()
    for folder in folders { try digest.add(folder: folder) }
    for package in packages + [handout, reference] {
      digest.add(field: try Files.read("\(package)/Package.swift"))
    }
    return digest.hex()
  }
}

/// Digests over the same secret files, of which none follows from the others.
package struct SuiteDigests: Sendable {
  /// The suite's name for staff, and for what its grades rest on besides.
  package let name: String
  /// The secret that seeds follow from; it is printed nowhere.
  let seed: String
  /// The suite's name for students.
  package let fingerprint: String

  /// The digests of a suite of this code and this rubric.
  ///
  /// What is `beside` it makes another suite, and other grades, on the same draws.
  init(code: String, rubric: [UInt8], beside: [String] = []) {
    func digest(_ label: String?, _ more: [String] = []) -> String {
      var digest = Digest()
      if let label { digest.add(field: label) }
      digest.add(field: code)
      digest.add(field: rubric)
      for field in more { digest.add(field: field) }
      return digest.hex()
    }
    name = digest(nil, beside)
    seed = digest(Self.seedRule)
    fingerprint = String(digest("fingerprint/1").prefix(16))
  }

  /// Changes whenever the same files give other seeds.
  static let seedRule = "seed/2"

  /// The seed of a submission's tests.
  func seed(ofSubmission digest: String) -> UInt64 {
    let hex = Digest.hex(of: Array("\(seed) \(digest)".utf8))
    return UInt64(hex.prefix(16), radix: 16) ?? 0
  }
}

extension CourseAssignment {
  /// The planted mistakes of the assignment; none if it has none.
  func mutants() throws(GraderFault) -> [Mutant] {
    let path = "\(reference)/Mutants/mutants.yaml"
    guard Files.exists(path) else { return [] }
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    return try YAMLText.decodeWhole([Mutant].self, from: text, path: path)
  }
}
