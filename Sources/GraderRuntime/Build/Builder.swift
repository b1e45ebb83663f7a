import Foundation
import GraderCore
import Synchronization

/// Builds workers from students' files: fixed jobs, in the jail, on renamed sources.
struct Builder {
  let kit: AssignmentKit
  let jail: ToolJail
  let limits: GradingLimits
  let work: WorkFolder
  /// The processor time that all jobs of this builder took so far.
  let spent = ProcessorTime()
  /// The time of its phases.
  var phases = PhaseTimes()
  /// False where programs are compiled sooner and run more slowly, with the same results.
  var isOptimizing = true

  /// A file of the student's module, or what stands in for it.
  struct Source {
    var file: Submission.File
    /// Its name while it is compiled.
    var compiledName: String
    /// The part it is; nil for a helper file.
    var part: Assignment.Part?
    /// True if this is the handout's stub and not the student's file.
    var isStub = false

    /// The path in the hand-in, as the assignment and the compiler's words name it.
    var path: String { file.path.string }
  }

  /// A program that is ready to run.
  struct Worker: Sendable {
    /// The executable's path in the work folder.
    var executable: String
    var diagnostics: Diagnostics
  }

  /// The reason why a set of sources gives no worker.
  struct Failure: Error {
    /// The words that the student may read.
    var diagnostics: Diagnostics
    /// Files that use what no solution may use, and what that is, by their path.
    var forbidden: [String: String] = [:]
    /// Functions that the grader cannot call as the task declares them, and the words on each.
    var unfit: [String: String] = [:]
    /// True if the code compiles, and holds what no solution may hold.
    var isViolation = false
    /// The reason why the compiler was stopped, if it was.
    var stop: String?
  }

  /// The result of a try, when nothing is wrong with the grader.
  typealias Attempt = Result<Worker, Failure>

  private var module: String { kit.assignment.assignment.module }

  /// Compiles and links a worker.
  ///
  /// `seconds` is what one job may take at the most; the limits' value if nil. What was compiled
  /// before is taken from `objects`.
  func build(
    _ sources: [Source],
    seconds: Int? = nil,
    objects: KeptObjects? = nil
  ) throws(GraderFault) -> Attempt {
    let paths = try place(sources)
    func diagnostics(_ output: [UInt8]) -> Diagnostics { self.diagnostics(output, of: sources) }
    let forbidden = try phases.measure(.imports) { () throws(GraderFault) in
      try forbiddenImports(sources, paths: paths)
    }
    guard forbidden.isEmpty else {
      let text = forbidden.values.sorted().joined(separator: "\n")
      return .failure(
        Failure(diagnostics: diagnostics(Array(text.utf8)), forbidden: forbidden)
      )
    }
    let key = objects?.key(of: sources, isOptimized: isOptimizing) ?? ""
    if let kept = objects?.object(key), try isLinked(kept) {
      let output = kept.output.replacing(Self.keptRoot, with: Array(work.root.utf8))
      return .success(Worker(executable: work.program, diagnostics: diagnostics(output)))
    }
    let compilation = Runtime.Compilation(
      module: module,
      sources: paths,
      isOptimized: isOptimizing,
      importFolders: kit.importFolders
    )
    let compiled = try phases.measure(.module) { () throws(GraderFault) in
      try job(
        ["-frontend", "-c"] + kit.runtime.arguments(compilation) + [
          "-emit-module-path", "\(work.output)/\(module).swiftmodule", "-o",
          "\(work.output)/student.o",
        ],
        seconds: seconds
      )
    }
    guard compiled.succeeded else {
      return .failure(
        Failure(diagnostics: diagnostics(compiled.explanation), stop: compiled.stop)
      )
    }
    guard try promote("\(module).swiftmodule", atMost: Self.longestObject) != nil else {
      return .failure(Failure(diagnostics: diagnostics(Self.tooLong)))
    }
    guard let bytes = work.read("student.o", atMost: Self.longestObject) else {
      return .failure(Failure(diagnostics: diagnostics(Self.tooLong)))
    }
    let object: ObjectFile
    switch try studentObject(bytes) {
    case .success(let lawful): object = lawful
    case .failure(let violation):
      return .failure(
        Failure(diagnostics: diagnostics(Array(violation.words.utf8)), isViolation: true)
      )
    }
    let isLinked = try phases.measure(.link) { () throws(GraderFault) in try linkAhead(object) }
    if isLinked {
      let output = compiled.output.replacing(Array(work.root.utf8), with: Self.keptRoot)
      objects?.keep(KeptObjects.Kept(object: bytes, output: output), as: key)
      return .success(Worker(executable: work.program, diagnostics: diagnostics(compiled.output)))
    }
    let failure = try phases.measure(.main) { () throws(GraderFault) in
      try compileMain(seconds: seconds)
    }
    if let failure { return .failure(failure) }
    let linked = try phases.measure(.link) { () throws(GraderFault) in try link() }
    guard linked.succeeded else {
      let words = linked.stop.map { "error: \($0)" } ?? linkerWords(linked.output, of: sources)
      return .failure(Failure(diagnostics: diagnostics(Array(words.utf8))))
    }
    guard try work.promoteProgram("worker", atMost: Self.longestProgram) else {
      return .failure(Failure(diagnostics: diagnostics(Self.tooLong)))
    }
    return .success(Worker(executable: work.program, diagnostics: diagnostics(compiled.output)))
  }

  /// The declarations of a source, by the compiler's own parser; none if it cannot say.
  func declarations(of source: Source) throws(GraderFault) -> Declarations {
    let compilation = Runtime.Compilation(
      module: module,
      sources: [try work.add(source.file.content, as: source.compiledName)],
      importFolders: kit.importFolders
    )
    let dump = try job(
      ["-frontend", "-dump-parse", "-dump-ast-format", "json"]
        + kit.runtime.arguments(compilation),
      seconds: Self.secondsToParse,
      outputCap: Self.longestDump
    )
    let content = source.file.content
    return dump.standardOutput.flatMap { Declarations(dump: $0, of: content) }
      ?? Declarations(unreadable: content)
  }

  /// A dump is some ten times as long as its source.
  private static let (secondsToParse, longestDump) = (3, 16 << 20)

  // MARK: Jobs

  private func place(_ sources: [Source]) throws(GraderFault) -> [String] {
    var paths: [String] = []
    for source in sources {
      paths.append(try work.add(source.file.content, as: source.compiledName))
    }
    return paths
  }

  /// The longest files that are taken over from a job.
  ///
  /// All of Foundation, with its tables of languages, makes a program of 72 MiB.
  private static let (longestObject, longestProgram) = (64 << 20, 256 << 20)
  private static let tooLong = Array("error: the code compiles to more than can be graded".utf8)

  private func promote(_ name: String, atMost limit: Int) throws(GraderFault) -> String? {
    try work.promote(name, atMost: limit)
  }

  private func diagnostics(_ output: [UInt8], of sources: [Source]) -> Diagnostics {
    Diagnostics(
      output: output,
      folder: work.sources,
      others: [work.output] + readable,
      renamings: sources.map {
        Diagnostics.Renaming(compiled: $0.compiledName, original: $0.path)
      }
    )
  }

  /// The folders of the cache that the tools read.
  private var readable: [String] { [kit.runtime.folder, kit.runtime.moduleCache, kit.folder] }

  private func linkerWords(_ output: [UInt8], of sources: [Source]) -> String {
    LinkerWords(
      output: output,
      sources: sources.map { String(decoding: $0.file.content, as: UTF8.self) }
    ).text
  }

  private func job(
    _ arguments: [String],
    seconds: Int?,
    outputCap: Int? = nil
  ) throws(GraderFault) -> ToolJail.Result {
    try run(
      kit.runtime.toolchain.frontend,
      arguments,
      seconds: seconds,
      outputCap: outputCap
    )
  }

  private func run(
    _ tool: String,
    _ arguments: [String],
    seconds: Int?,
    outputCap: Int? = nil
  ) throws(GraderFault) -> ToolJail.Result {
    try work.clearOutput()
    let result = try jail.run(
      tool,
      arguments,
      work: work,
      readable: readable,
      limits: limits,
      seconds: seconds,
      outputCap: outputCap
    )
    spent.add(result.cpuSeconds)
    return result
  }

  /// The scan is one quick job; only if it finds something are the files asked one by one.
  private func forbiddenImports(
    _ sources: [Source],
    paths: [String]
  ) throws(GraderFault) -> [String: String] {
    let rules = ImportRules(task: kit.assignment.assignment.task)
    if sources.allSatisfy({ rules.allowAtSight($0.file.content) }) { return [:] }
    guard !rules.refused(among: try imports(of: paths)).isEmpty else { return [:] }
    var found: [String: String] = [:]
    for (source, path) in zip(sources, paths) {
      for name in rules.refused(among: try imports(of: [path])) {
        found[source.path] = "\(source.path): \(rules.message(for: name))"
      }
    }
    return found
  }

  /// The scan takes milliseconds, unless the code is made to keep the compiler busy.
  private static let secondsForImports = 3

  private func imports(of paths: [String]) throws(GraderFault) -> [String] {
    let compilation = Runtime.Compilation(
      module: module,
      sources: paths,
      importFolders: kit.importFolders
    )
    let list = "imports"
    let result = try job(
      ["-frontend", "-emit-imported-modules"] + kit.runtime.arguments(compilation) + [
        "-o", "\(work.output)/\(list)",
      ],
      seconds: Self.secondsForImports
    )
    // What does not even parse is for the compilation to say.
    guard result.succeeded, let bytes = work.read(list, atMost: 1 << 20) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { $0 != module }
  }

  /// An object that breaks the rules.
  private struct Violation: Error {
    var words: String
  }

  /// The student's object, if it is as it may be.
  private func studentObject(
    _ bytes: [UInt8]
  ) throws(GraderFault) -> Result<ObjectFile, Violation> {
    // From here on the link uses the bytes that were looked at.
    _ = try work.add(bytes, as: "student.o")
    do throws(ObjectFile.Malformed) {
      let object = try ObjectFile(bytes)
      switch ObjectRules.violation(in: object) {
      case .section(let name):
        return .failure(
          Violation(words: "error: a solution may not use the object section '\(name)'")
        )
      case .symbol(let name):
        return .failure(Violation(words: "error: a solution may not define the C symbol '\(name)'"))
      case nil: return .success(object)
      }
    } catch {
      return .failure(Violation(words: "error: the compiler's output could not be read (\(error))"))
    }
  }

  /// The place of a build in what is kept of the compiler's words.
  private static let keptRoot = Array("/kept".utf8)

  /// Tells whether an object from an earlier build is as it may be, and makes a program with what
  /// was linked ahead.
  private func isLinked(_ kept: KeptObjects.Kept) throws(GraderFault) -> Bool {
    guard case .success(let object) = try studentObject(kept.object) else { return false }
    return try phases.measure(.link) { () throws(GraderFault) in try linkAhead(object) }
  }

  /// Links the student's object with what was linked ahead.
  ///
  /// - Returns: False if that does not fit together: a function has another type, or the code needs
  ///   more of the libraries. Then it is put together from its pieces, which tells.
  private func linkAhead(_ object: ObjectFile) throws(GraderFault) -> Bool {
    guard let ahead = kit.ahead, ahead.called.areDefined(by: object) else { return false }
    let linked = try run(
      kit.runtime.toolchain.linker,
      kit.runtime.linkArguments(
        ahead: ahead.object,
        student: "\(work.sources)/student.o",
        // Where a worker ends, optimized code is asked again.
        names: isOptimizing,
        output: "\(work.output)/worker"
      ),
      seconds: nil
    )
    guard linked.succeeded else { return false }
    return try work.promoteProgram("worker", atMost: Self.longestProgram)
  }

  private func link() throws(GraderFault) -> ToolJail.Result {
    let objects = ["\(work.sources)/student.o", "\(work.sources)/main.o", kit.object]
    return try run(
      kit.runtime.toolchain.linker,
      kit.runtime.linkArguments(objects: objects, output: "\(work.output)/worker"),
      seconds: nil
    )
  }

  // MARK: The worker's main

  private func compileMain(seconds: Int?) throws(GraderFault) -> Failure? {
    let text = try Files.read(kit.workerMain)
    let path = try work.add(text, as: "main.swift")
    let compilation = Runtime.Compilation(
      module: "main",
      sources: [path],
      isLibrary: false,
      importFolders: kit.importFolders + [work.sources]
    )
    let result = try job(
      ["-frontend", "-c"] + kit.runtime.arguments(compilation) + ["-o", "\(work.output)/main.o"],
      seconds: seconds
    )
    if result.succeeded, try promote("main.o", atMost: Self.longestObject) != nil { return nil }
    let names = WorkerMain(source: String(decoding: text, as: UTF8.self))
      .functions(inErrorsOf: String(decoding: result.output, as: UTF8.self), path: path)
    var unfit: [String: String] = [:]
    for part in kit.assignment.assignment.parts {
      for name in part.functionNames where names.contains(name) {
        unfit[name] = part.expectation(
          of: name,
          but: "it is not there, not public, or has another type"
        )
      }
    }
    let words =
      unfit.isEmpty
      ? "error: the functions do not fit the grader"
      : unfit.values.sorted().joined(separator: "\n")
    return Failure(
      diagnostics: Diagnostics(output: Array(words.utf8), folder: work.sources, renamings: []),
      unfit: unfit
    )
  }
}

/// Processor time that adds up.
///
/// Unlike the clock's, it is the same however busy the machine is.
final class ProcessorTime: Sendable {
  private let total = Mutex(0.0)

  var seconds: Double { total.withLock { $0 } }

  func add(_ seconds: Double) { total.withLock { $0 += seconds } }
}
