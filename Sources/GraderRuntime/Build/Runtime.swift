import Foundation
import GraderCore

/// The common parts of all workers, made once per toolchain.
///
/// CourseKit, what is in `WorkerSupport`, a view of the toolchain's modules, the jobs' arguments,
/// and a warm module cache, which is made anew where the rest was copied to.
struct Runtime: Sendable {
  let toolchain: Toolchain
  let key: String
  let folder: String
  /// The compiler's cache of modules, all that a solution may import.
  let moduleCache: String
  let jobs: JobTemplates
  let toolchainVersion: String

  /// Changes when this file makes something else of the same inputs.
  private static let format = "runtime/6"

  var modules: String { "\(folder)/modules" }
  var objects: [String] {
    Files.names(in: "\(folder)/objects").map { "\(folder)/objects/\($0)" }
  }
  /// CourseKit and its kernels, without what only workers have.
  var courseKitObjects: [String] {
    objects.filter { !($0 as NSString).lastPathComponent.hasPrefix(Self.supportPrefix) }
  }
  /// The map of the kernels' module.
  var kernelMap: String { "\(folder)/kernels/module.modulemap" }
  private static let supportPrefix = "support-"
  private var resources: String { "\(folder)/resources/swift_static" }

  /// The record beside the artefacts, so that later runs need not ask the toolchain.
  private struct Record: Codable {
    var jobs: JobTemplates
    var toolchainVersion: String
  }

  /// The runtime of a course, which is built if the cache does not hold it.
  init(course: Course, toolchain: Toolchain, cache: Cache) throws(GraderFault) {
    let sources = "\(course.root)/assignments/CourseKit/Sources"
    let support = "\(course.root)/reference/JudgeSupport/WorkerSupport"
    var digest = Digest()
    digest.add(field: Self.format)
    digest.add(field: toolchain.identity)
    for folder in [sources, support] { try digest.add(folder: folder) }
    let key = digest.hex()
    let folder = try cache.artefact("runtime", key: key, isSecret: false) {
      folder throws(GraderFault) in
      try Self.make(folder, toolchain: toolchain, sources: sources, support: support)
    }
    let place = try cache.artefact(
      "modules",
      key: try Self.placeKey(of: key, in: folder),
      isSecret: false
    ) {
      place throws(GraderFault) in
      try Files.makeFolder("\(place)/cache")
      try Runtime(toolchain: toolchain, key: key, folder: folder, moduleCache: "\(place)/cache")
        .warmModuleCache()
    }
    try self.init(toolchain: toolchain, key: key, folder: folder, moduleCache: "\(place)/cache")
  }

  /// The digest of a runtime where it is: modules in the compiler's cache hold the paths and times
  /// of the files that they were made of, and serve no copy of these.
  private static func placeKey(of key: String, in folder: String) throws(GraderFault) -> String {
    var digest = Digest()
    digest.add(field: key)
    for file in Files.below("\(folder)/kernels") {
      digest.add(field: "\(folder)/kernels/\(file)")
      digest.add(field: try Files.changeTime(of: "\(folder)/kernels/\(file)"))
    }
    return digest.hex()
  }

  private init(
    toolchain: Toolchain,
    key: String,
    folder: String,
    moduleCache: String
  ) throws(GraderFault) {
    (self.toolchain, self.key, self.folder) = (toolchain, key, folder)
    self.moduleCache = moduleCache
    do {
      let data = Data(try Files.read("\(folder)/jobs.json"))
      let record = try JSONDecoder().decode(Record.self, from: data)
      jobs = record.jobs
      toolchainVersion = record.toolchainVersion
    } catch let fault as GraderFault {
      throw fault
    } catch {
      throw GraderFault(.damaged("jobs.json", in: folder, Misreading(error)))
    }
  }

  /// A compilation of whole modules, the driver's arguments and ours.
  struct Compilation {
    var module: String
    var sources: [String]
    var languageMode = "5"
    var isLibrary = true
    var isOptimized = true
    var importFolders: [String] = []
    var features: [String] = []

    /// The features of our own modules, as their manifests have them.
    static let ownFeatures = [
      "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility",
    ]
  }

  /// Arguments for the compiler front end without the mode and the outputs.
  func arguments(_ compilation: Compilation) -> [String] {
    var arguments = jobs.compile
    if !compilation.isOptimized {
      // Assertions are left out as they are otherwise: what runs must be the same. Where a worker
      // ends, optimized code is asked again, and only that needs lines.
      arguments = arguments.filter { $0 != "-O" && !Self.areLines($0) }
      arguments += ["-Onone", "-assert-config", "Release", "-disable-llvm-verify"]
    }
    arguments += ["-resource-dir", resources, "-module-cache-path", moduleCache]
    arguments += ["-Xcc", "-fmodule-map-file=\(kernelMap)"]
    arguments += ["-swift-version", compilation.languageMode]
    for feature in compilation.features { arguments += ["-enable-upcoming-feature", feature] }
    for folder in compilation.importFolders { arguments += ["-I", folder] }
    if compilation.isLibrary { arguments.append("-parse-as-library") }
    return arguments + ["-module-name", compilation.module] + compilation.sources
  }

  private static func areLines(_ argument: String) -> Bool {
    ["-g", "-debug-info-format", "-dwarf-version"].contains { argument.hasPrefix($0) }
  }

  /// Arguments for the linker of a worker that was linked ahead but for the student's object.
  ///
  /// A program without `names` is linked in five sixths of the time, and nobody can say where in it
  /// a worker ended.
  func linkArguments(
    ahead: String,
    student: String,
    names: Bool,
    output: String
  ) -> [String] {
    let options = jobs.linkBefore.filter { !$0.hasSuffix(".o") && $0 != "--gc-sections" }
    let end = jobs.linkAfter.filter { $0.hasSuffix(".o") }
    return ["--wrap=open", "--threads=2"] + (names ? [] : ["--strip-all"]) + options
      + [ahead, student, "-l\(Self.unoptimized)"] + end + ["-o", output]
  }

  /// Arguments that join objects and all they need of the libraries into one object.
  func joinArguments(objects: [String], script: String, output: String) -> [String] {
    let before = jobs.linkBefore.filter { $0.hasSuffix(".o") || $0.hasPrefix("-L") }
    let after = jobs.linkAfter.filter { !$0.hasSuffix(".o") && !$0.hasPrefix("-undefined") }
    let wanted = Self.wanted.flatMap { ["-u", $0] }
    let libraries = Self.libraries.map { "-l\($0)" }
    return ["-r", "--wrap=open", "--force-group-allocation", "-T", script, "--discard-all"]
      + wanted + before + self.objects + objects
      + ["--start-group"] + libraries + ["--end-group"] + after + ["-o", output]
  }

  /// The sections of a joined object: one of each kind, which links faster than one for each
  /// function.
  static var joinScript: String {
    let kinds = [
      ".text", ".rodata", ".data.rel.ro", ".data", ".bss", ".tdata", ".tbss", ".gcc_except_table",
    ]
    return "SECTIONS { \(kinds.map { "\($0) : { *(\($0) \($0).*) }" }.joined(separator: " ")) }\n"
  }

  /// Functions of the C library that solutions call and no other part of a worker may.
  private static let wanted = [
    "exp", "log", "pow", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan2", "fmod",
    "floor", "ceil", "round", "expf", "logf", "powf", "sqrtf", "sinf", "cosf", "tanhf",
  ]

  /// Arguments for the linker.
  func linkArguments(objects student: [String], output: String) -> [String] {
    let libraries = Self.libraries.map { "-l\($0)" }
    // `WorkerSupport` stands between the C library and whoever opens files.
    return ["--wrap=open"] + jobs.linkBefore + objects + student
      + ["--start-group"] + libraries + ["--end-group"] + jobs.linkAfter + ["-o", output]
  }

  /// The library that code which was not optimized needs: the usual specializations.
  private static let unoptimized = "swiftSwiftOnoneSupport"

  /// Libraries that a solution may need; unused ones cost nothing, since sections are collected.
  private static let libraries = [
    "Foundation", "FoundationEssentials", "FoundationInternationalization", "_FoundationICU",
    "_FoundationCShims", "_FoundationCollections", "CoreFoundation", "swiftSynchronization",
    "swiftDispatch", "swiftGlibc", "swiftCore", "swift_Concurrency", "swift_StringProcessing",
    "swift_RegexParser", "swift_Builtin_float", "dispatch", "BlocksRuntime", unoptimized,
  ]

  // MARK: Making

  private static func make(
    _ folder: String,
    toolchain: Toolchain,
    sources: String,
    support: String
  ) throws(GraderFault) {
    let record = Record(
      jobs: try JobTemplates(from: toolchain),
      toolchainVersion: try toolchain.version()
    )
    do {
      try Files.write([UInt8](try JSONEncoder().encode(record)), to: "\(folder)/jobs.json")
    } catch let fault as GraderFault {
      throw fault
    } catch {
      throw GraderFault(.broken, "Cannot describe the toolchain's jobs: \(error)")
    }
    let moduleCache = "\(folder)/module-cache"
    for name in ["modules", "objects", "module-cache", "kernels", "resources/swift_static/linux"] {
      try Files.makeFolder("\(folder)/\(name)")
    }
    let runtime = try Runtime(
      toolchain: toolchain,
      key: "",
      folder: folder,
      moduleCache: moduleCache
    )
    try runtime.makeResourceView()
    try runtime.copyKernelHeaders(sources: sources)
    let objects = Ahead { () throws(GraderFault) in
      try runtime.compileC(sources: sources, support: support)
    }
    let module = Result { () throws(GraderFault) in
      try runtime.compileCourseKit(sources: "\(sources)/CourseKit")
    }
    try objects.get()
    try module.get()
    Files.remove(moduleCache)
  }

  /// The toolchain's resources without `_Differentiation`, which would do the homework.
  private func makeResourceView() throws(GraderFault) {
    let hidden = "_Differentiation"
    for name in Files.names(in: toolchain.staticResources) where name != "linux" {
      try Files.link("\(resources)/\(name)", to: "\(toolchain.staticResources)/\(name)")
    }
    for name in Files.names(in: "\(toolchain.staticResources)/linux") where !name.contains(hidden) {
      try Files.link("\(resources)/linux/\(name)", to: "\(toolchain.staticResources)/linux/\(name)")
    }
  }

  /// The kernels' header files, and a map that makes a module of them.
  private func copyKernelHeaders(sources: String) throws(GraderFault) {
    let kernels = "\(sources)/CourseKitKernels"
    for file in Files.below("\(kernels)/include") {
      try Files.write(
        try Files.read("\(kernels)/include/\(file)"),
        to: "\(folder)/kernels/\(file)"
      )
    }
    try Files.write(
      Array("module CourseKitKernels { umbrella \".\" export * }\n".utf8),
      to: kernelMap
    )
  }

  private func compileC(sources: String, support: String) throws(GraderFault) {
    let kernels = "\(sources)/CourseKitKernels"
    // Files of both folders may have the same name.
    for (source, prefix) in [(kernels, ""), (support, Self.supportPrefix)] {
      for file in Files.below(source) where file.hasSuffix(".c") {
        try Tool.demand(
          toolchain.clang,
          [
            "-O3", "-fno-omit-frame-pointer", "-I", "\(kernels)/include", "-c",
            "\(source)/\(file)", "-o", "\(folder)/objects/\(prefix)\(file.dropLast(2)).o",
          ]
        )
      }
    }
  }

  private func compileCourseKit(sources: String) throws(GraderFault) {
    let compilation = Compilation(
      module: "CourseKit",
      sources: Files.below(sources).map { "\(sources)/\($0)" },
      languageMode: "6",
      features: Compilation.ownFeatures
    )
    try Tool.demand(
      toolchain.frontend,
      ["-frontend", "-c"] + arguments(compilation) + [
        "-emit-module-path", "\(modules)/CourseKit.swiftmodule", "-o",
        "\(folder)/objects/CourseKit.o",
      ]
    )
  }

  /// The cache is read-only for students' builds, so all that they may import has to be in it.
  private func warmModuleCache() throws(GraderFault) {
    let source = "\(moduleCache).swift"
    try Files.write(Array("import CourseKit\nimport Foundation\nimport Glibc\n".utf8), to: source)
    // Each kind of code has modules of its own.
    _ = try Concurrent.map([true, false], jobs: 2) { isOptimized throws(GraderFault) in
      var compilation = Compilation(module: "Warm", sources: [source], importFolders: [modules])
      compilation.isOptimized = isOptimized
      try Tool.demand(
        toolchain.frontend,
        ["-frontend", "-c"] + arguments(compilation) + ["-o", "/dev/null"]
      )
    }
    try Tool.demand("/bin/chmod", ["-R", "a+rX,a-w", moduleCache])
  }
}
