import Foundation
import GraderCore

/// The parts of an assignment's workers beside the runtime: the module of types and the handout's
/// stubs, made once per version of the assignment.
struct AssignmentKit: Sendable {
  let assignment: CourseAssignment
  let runtime: Runtime
  let folder: String

  private static let format = "kit/1"

  /// The worker's main program.
  var workerMain: String { "\(assignment.reference)/Worker/main.swift" }
  var object: String { "\(folder)/\(assignment.assignment.task).o" }
  var importFolders: [String] { [runtime.modules, "\(folder)/modules"] }

  /// The kit of an assignment, which is built if the cache does not hold it.
  init(_ assignment: CourseAssignment, runtime: Runtime, cache: Cache) throws(GraderFault) {
    var digest = Digest()
    digest.add(field: Self.format)
    digest.add(field: runtime.key)
    for file in Files.below(assignment.taskSources) {
      digest.add(field: file)
      digest.add(field: try Files.read("\(assignment.taskSources)/\(file)"))
    }
    folder = try cache.artefact(
      "kit-\(assignment.assignment.id)",
      key: digest.hex(),
      isSecret: false
    ) { folder throws(GraderFault) in
      try Self.make(folder, assignment: assignment, runtime: runtime)
    }
    self.assignment = assignment
    self.runtime = runtime
  }

  private static func make(
    _ folder: String,
    assignment: CourseAssignment,
    runtime: Runtime
  ) throws(GraderFault) {
    let task = assignment.assignment.task
    try Files.makeFolder("\(folder)/modules")
    let compilation = Runtime.Compilation(
      module: task,
      sources: Files.below(assignment.taskSources).map { "\(assignment.taskSources)/\($0)" },
      importFolders: [runtime.modules]
    )
    try Tool.demand(
      runtime.toolchain.frontend,
      ["-frontend", "-c"] + runtime.arguments(compilation) + [
        "-emit-module-path", "\(folder)/modules/\(task).swiftmodule", "-o", "\(folder)/\(task).o",
      ]
    )
  }

  /// The handout's stub of a part, which stands in for a file that cannot be used.
  func stub(of part: Assignment.Part) throws(GraderFault) -> Submission.File {
    guard let path = RelativePath(part.file) else {
      throw GraderFault(.broken, "The part \(part.name) has a file of no possible name.")
    }
    return Submission.File(
      path: path,
      content: try Files.read("\(assignment.handout)/\(path)")
    )
  }
}
