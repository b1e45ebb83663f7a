import Foundation
import GraderCore

/// All of a judge beside its suite, compiled once per version and toolchain: the orders and
/// events that it shares with the grader, and `JudgeSupport`.
struct JudgeLibrary: Sendable {
  /// The compiler that finds its modules, and CourseKit's.
  let compiler: JudgeCompiler
  private let wireObjects: [String]
  private let supportFolder: Ahead<String>

  private static let format = "judge/1"
  private static let orders = "JudgeOrders"
  private static let events = "JudgeEvents"
  private static let support = "JudgeSupport"

  /// Makes the modules, and begins to make the code, if the cache does not hold them.
  init(
    course: Course,
    runtime: Ahead<Runtime>,
    toolchain: Toolchain,
    moduleCache: String,
    cache: Cache
  ) throws(GraderFault) {
    let wire = "\(try course.wire())/Sources"
    let messages = "\(wire)/CMessages/module.modulemap"
    var wireDigest = Digest()
    for field in [Self.format, toolchain.identity] { wireDigest.add(field: field) }
    try wireDigest.add(folder: wire)
    let wireKey = wireDigest.hex()
    let compiler = JudgeCompiler(
      driver: toolchain.driver,
      moduleMaps: [messages],
      moduleCache: moduleCache
    )
    let wireFolder = try cache.artefact("judge-wire", key: wireKey, isSecret: false) {
      folder throws(GraderFault) in
      for name in [Self.orders, Self.events] {
        var module = JudgeCompiler.Module(
          name: name,
          sources: JudgeCompiler.Module.sources(in: "\(wire)/\(name)")
        )
        // It waits for the worker and the grader; optimizing it gains nothing.
        module.isOptimized = false
        try compiler.makeInterface(of: module, in: folder)
        try compiler.makeObject(of: module, at: "\(folder)/\(name).o")
      }
    }
    wireObjects = [Self.orders, Self.events].map { "\(wireFolder)/\($0).o" }

    let ready = try runtime.get()
    let sources = "\(course.root)/reference/JudgeSupport/Sources/\(Self.support)"
    var digest = Digest()
    for field in [wireKey, ready.key] { digest.add(field: field) }
    try digest.add(folder: sources)
    let key = digest.hex()
    let module = JudgeCompiler.Module(
      name: Self.support,
      sources: JudgeCompiler.Module.sources(in: sources)
    )
    let supportCompiler = JudgeCompiler(
      driver: toolchain.driver,
      moduleMaps: [messages, ready.kernelMap],
      importFolders: [wireFolder, ready.modules],
      moduleCache: moduleCache
    )
    let interface = try cache.artefact("judge-module", key: key, isSecret: true) {
      folder throws(GraderFault) in
      try supportCompiler.makeInterface(of: module, in: folder)
    }
    supportFolder = Ahead { () throws(GraderFault) in
      try cache.artefact("judge-code", key: key, isSecret: true) { folder throws(GraderFault) in
        try supportCompiler.makeObject(of: module, at: "\(folder)/\(Self.support).o")
      }
    }
    self.compiler = supportCompiler.importing([interface])
  }

  /// The objects; waits until they are made.
  func objects() throws(GraderFault) -> [String] {
    wireObjects + ["\(try supportFolder.get())/\(Self.support).o"]
  }
}
