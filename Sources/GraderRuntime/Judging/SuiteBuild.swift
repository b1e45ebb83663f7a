import Foundation
import GraderCore

/// From the files of a hidden suite to the program that is its judge.
///
/// A suite of the usual form is compiled against what is there already: the worker's CourseKit, the
/// assignment's task, and `JudgeLibrary`. So a suite that changed is compiled alone, and on a new
/// machine nothing is compiled twice and few jobs wait for others. SwiftPM builds suites of any
/// other form, from the ground up and one module after another.
struct SuiteBuild {
  let assignment: CourseAssignment
  let toolchain: Toolchain
  let cache: Cache

  /// Makes the program, and what lies beside it, in a folder.
  func make(
    _ folder: String,
    runtime: Ahead<Runtime>,
    kit: Ahead<AssignmentKit>
  ) throws(GraderFault) {
    let work = try Files.makeTemporaryFolder()
    defer { Files.remove(work) }
    let usual = try SuitePackage.usual(of: assignment, toolchain: toolchain, in: work)
    guard let usual else { return try makeWithPackageManager(folder) }
    let library = try JudgeLibrary(
      course: assignment.course,
      runtime: runtime,
      toolchain: toolchain,
      moduleCache: "\(work)/module-cache",
      cache: cache
    )
    // Whatever goes wrong, no job may be left that uses the folder.
    let objects = Result { () throws(GraderFault) in
      let compiler = library.compiler.importing(try kit.get().importFolders)
      return try compile(try module(of: usual, in: work), with: compiler, in: work)
    }
    let others = Result { () throws(GraderFault) in try library.objects() }
    try library.compiler.link(
      try objects.get() + others.get() + [kit.get().object] + runtime.get().courseKitObjects,
      to: "\(folder)/\(assignment.assignment.suite).xctest"
    )
    try copyResources(usual.resources, to: "\(folder)/\(Self.resources)")
  }

  // MARK: The usual form

  private var sources: String { "\(assignment.reference)/\(SuitePackage.folder)" }
  private static let resources = "Suite.resources"

  private func module(
    of usual: SuitePackage.Usual,
    in work: String
  ) throws(GraderFault) -> JudgeCompiler.Module {
    var module = JudgeCompiler.Module(
      name: assignment.assignment.suite,
      sources: JudgeCompiler.Module.sources(in: sources).filter { path in
        !usual.excluded.contains { "\(path)/".hasPrefix("\(sources)/\($0)/") }
      }
    )
    module.languageMode = usual.languageMode
    module.options = usual.options + ["-enable-testing"]
    if !usual.resources.isEmpty {
      module.sources.append("\(work)/resources.swift")
      try Files.write(Array(Self.resourceAccess.utf8), to: "\(work)/resources.swift")
    }
    return module
  }

  /// Compiles the suite, and a main program that names its tests.
  ///
  /// - Returns: The objects' paths.
  private func compile(
    _ module: JudgeCompiler.Module,
    with compiler: JudgeCompiler,
    in work: String
  ) throws(GraderFault) -> [String] {
    let list = try compiler.symbols(of: module, in: work)
    let tests: [SymbolGraph.TestMethod]
    do {
      tests = try JSONDecoder().decode(SymbolGraph.self, from: Data(list)).tests
    } catch {
      throw GraderFault(
        .broken,
        "The compiler's list of \(module.name) has another form than expected: \(error)"
      )
    }
    try Files.write(
      Array(Self.mainProgram(of: tests, in: module.name).utf8),
      to: "\(work)/main.swift"
    )
    var main = JudgeCompiler.Module(name: "SuiteMain", sources: ["\(work)/main.swift"])
    main.isOptimized = false
    let modules = [module, main]
    return try Concurrent.map(modules, jobs: modules.count) { module throws(GraderFault) in
      let object = "\(work)/\(module.name).o"
      try compiler.importing([work]).makeObject(of: module, at: object)
      return object
    }
  }

  /// A program that hands the tests of each class to XCTest.
  static func mainProgram(of tests: [SymbolGraph.TestMethod], in module: String) -> String {
    let classes = Dictionary(grouping: tests, by: \.owner).sorted { $0.key < $1.key }
    let cases = classes.map { owner, tests in
      let entries = tests.map { test in
        let method = "\(owner).\(test.name)"
        return "(\"\(test.name)\", \(test.isAsync ? "asyncTest(\(method))" : method))"
      }
      return "  testCase([\(entries.joined(separator: ", "))]),\n"
    }
    return "import XCTest\n@testable import \(module)\n\nXCTMain([\n\(cases.joined())])\n"
  }

  /// The bundle that `Bundle.module` names in a package.
  private static var resourceAccess: String {
    """
    import Foundation

    extension Bundle {
      static var module: Bundle {
        let place = Bundle.main.bundleURL.appending(path: "\(resources)")
        guard let bundle = Bundle(url: place) else { fatalError("no resources in \\(place.path)") }
        return bundle
      }
    }

    """
  }

  private func copyResources(_ paths: [String], to folder: String) throws(GraderFault) {
    guard !paths.isEmpty else { return }
    try Files.makeFolder(folder)
    for path in paths {
      let (source, name) = ("\(sources)/\(path)", (path as NSString).lastPathComponent)
      do {
        try FileManager.default.copyItem(atPath: Files.real(source), toPath: "\(folder)/\(name)")
      } catch {
        throw GraderFault(.cannot(.read, source, .init(error)))
      }
    }
  }

  // MARK: Any other form

  /// Has SwiftPM build the suite, and keeps the bundle and what is copied beside it.
  private func makeWithPackageManager(_ folder: String) throws(GraderFault) {
    let build = "\(folder)/build"
    try Tool.demand(
      toolchain.packageManager,
      [
        // References are loops over numbers, which a debug build runs some fifty times slower.
        "build", "--build-tests", "-c", "release", "--package-path", try package(in: folder),
        "--scratch-path", build,
      ]
    )
    for name in Files.names(in: "\(build)/release")
    where name.hasSuffix(".xctest") || name.hasSuffix(".resources") {
      guard rename("\(build)/release/\(name)", "\(folder)/\(name)") == 0 else {
        throw GraderFault(.cannot(.write, "\(folder)/\(name)", .last))
      }
    }
    for name in ["build", "course"] { Files.remove("\(folder)/\(name)") }
  }

  /// The suite's package, in a place from which its manifest finds all that it names: links to the
  /// course and to the grader's own `JudgeWire`, if the course has none.
  private func package(in folder: String) throws(GraderFault) -> String {
    let course = assignment.course
    if Files.exists(course.ownWire) { return assignment.reference }
    let view = "\(folder)/course"
    try Files.makeFolder("\(view)/Sources")
    try Files.link("\(view)/Sources/JudgeWire", to: try course.wire())
    try Files.link("\(view)/assignments", to: "\(course.root)/assignments")
    // SwiftPM follows the link to a package, and looks for others from there.
    for package in ["JudgeSupport", assignment.assignment.id] {
      let place = "reference/\(package)"
      try Files.makeFolder("\(view)/\(place)")
      for name in Files.names(in: "\(course.root)/\(place)") where !name.hasPrefix(".") {
        try Files.link("\(view)/\(place)/\(name)", to: "\(course.root)/\(place)/\(name)")
      }
    }
    return "\(view)/reference/\(assignment.assignment.id)"
  }
}
