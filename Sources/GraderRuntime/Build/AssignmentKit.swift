import Foundation
import GraderCore

/// The parts of an assignment's workers beside the runtime: the module of types, the handout's
/// stubs, and all but the student's code linked ahead, made once per version of the assignment.
struct AssignmentKit: Sendable {
  let assignment: CourseAssignment
  let runtime: Runtime
  let folder: String
  /// The object that a worker is linked from ahead, and what of the student's it calls; nil where
  /// each worker has to be put together from its pieces.
  let ahead: Ahead?

  private static let format = "kit/3"

  /// All of a worker but the student's code in one object.
  struct Ahead: Sendable {
    /// The object's path.
    var object: String
    /// The student's functions that it calls.
    var called: CalledFunctions

    /// The object and the names in a kit's folder.
    fileprivate init?(in folder: String) {
      guard let names = try? Files.read(AssignmentKit.calledNames(in: folder)) else { return nil }
      object = AssignmentKit.aheadObject(in: folder)
      called = CalledFunctions(text: String(decoding: names, as: UTF8.self))
    }
  }

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
    for path in try Self.aheadSources(assignment) { digest.add(field: try Files.read(path)) }
    digest.add(field: Self.joiner ?? "")
    folder = try cache.artefact(
      "kit-\(assignment.assignment.id)",
      key: digest.hex(),
      isSecret: false
    ) { folder throws(GraderFault) in
      try Self.make(folder, assignment: assignment, runtime: runtime)
      try Self.linkAhead(folder, assignment: assignment, runtime: runtime)
    }
    self.assignment = assignment
    self.runtime = runtime
    ahead = Ahead(in: folder)
  }

  private static func aheadObject(in folder: String) -> String { "\(folder)/ahead/worker.o" }
  private static func calledNames(in folder: String) -> String { "\(folder)/ahead/called" }

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

  // MARK: Linking ahead

  /// The linker that joins objects into one: GNU's, since in what LLVM's joins, padding ends the
  /// tables for unwinding, and LLVM's own linker refuses it.
  private static let joiner = ["/usr/bin/ld.bfd", "/usr/local/bin/ld.bfd"]
    .first(where: Files.exists)

  /// The main program and the handout's stubs.
  private static func aheadSources(
    _ assignment: CourseAssignment
  ) throws(GraderFault) -> [String] {
    ["\(assignment.reference)/Worker/main.swift"]
      + Set(assignment.assignment.parts.map(\.file)).sorted().map { "\(assignment.handout)/\($0)" }
  }

  /// Compiles the main program against the handout's stubs, and joins it with all that it needs.
  ///
  /// Without what it leaves, workers are made as well, only more slowly: nothing here is a fault.
  private static func linkAhead(
    _ folder: String,
    assignment: CourseAssignment,
    runtime: Runtime
  ) throws(GraderFault) {
    let work = try Files.makeTemporaryFolder()
    defer { Files.remove(work) }
    guard let joiner,
      let main = try compileMain(assignment, runtime: runtime, kit: folder, in: work),
      let object = try? ObjectFile(try Files.read(main)),
      let called = CalledFunctions(of: object, in: assignment.assignment.module)
    else { return }
    let script = "\(work)/sections"
    try Files.write(Array(Runtime.joinScript.utf8), to: script)
    try Files.makeFolder("\(folder)/ahead")
    let joined = try Tool.run(
      joiner,
      runtime.joinArguments(
        objects: [main, "\(folder)/\(assignment.assignment.task).o"],
        script: script,
        output: aheadObject(in: folder)
      )
    )
    guard joined.status == 0 else { return Files.remove("\(folder)/ahead") }
    try Files.write(Array(called.text.utf8), to: calledNames(in: folder))
  }

  /// Compiles the main program against the handout's stubs.
  ///
  /// - Returns: The object's path; nil if they do not fit together.
  private static func compileMain(
    _ assignment: CourseAssignment,
    runtime: Runtime,
    kit: String,
    in work: String
  ) throws(GraderFault) -> String? {
    let sources = try aheadSources(assignment)
    let imports = [runtime.modules, "\(kit)/modules"]
    let module = assignment.assignment.module
    let stubs = Runtime.Compilation(
      module: module,
      sources: Array(sources.dropFirst()),
      importFolders: imports
    )
    // Without bodies, nothing of the stubs can get into what calls them.
    let interface = try Tool.run(
      runtime.toolchain.frontend,
      ["-frontend", "-emit-module", "-experimental-skip-all-function-bodies"]
        + runtime.arguments(stubs) + ["-o", "\(work)/\(module).swiftmodule"]
    )
    guard interface.status == 0 else { return nil }
    let main = Runtime.Compilation(
      module: "main",
      sources: [sources[0]],
      isLibrary: false,
      importFolders: imports + [work]
    )
    let object = "\(work)/main.o"
    let compiled = try Tool.run(
      runtime.toolchain.frontend,
      ["-frontend", "-c"] + runtime.arguments(main) + ["-o", object]
    )
    return compiled.status == 0 ? object : nil
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
