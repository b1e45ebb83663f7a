import Foundation
import GraderCore

/// The compiler as it makes judges: through the toolchain's driver, since their code is ours.
struct JudgeCompiler: Sendable {
  let driver: String
  /// The maps of the C modules that judges use.
  let moduleMaps: [String]
  /// The folders of the modules that are imported.
  var importFolders: [String] = []
  /// The compiler's own cache of modules; nobody may remove it while a job runs.
  let moduleCache: String

  /// A module of a judge.
  struct Module {
    var name: String
    /// The paths of its files.
    var sources: [String]
    var languageMode = "6"
    var options = library
    var isOptimized = true

    private static let library = Runtime.Compilation.ownFeatures.flatMap {
      ["-enable-upcoming-feature", $0]
    }

    /// All Swift files below a folder.
    static func sources(in folder: String) -> [String] {
      Files.below(folder).filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
    }
  }

  /// The same compiler, which finds the modules in these folders as well.
  func importing(_ folders: [String]) -> JudgeCompiler {
    var copy = self
    copy.importFolders += folders
    return copy
  }

  /// Makes what importers need of a module, in a fraction of the time that its code takes.
  func makeInterface(of module: Module, in folder: String) throws(GraderFault) {
    try run(
      module,
      [
        "-emit-module", "-Xfrontend", "-experimental-skip-non-inlinable-function-bodies",
        "-parse-as-library", "-o", "\(folder)/\(module.name).swiftmodule",
      ]
    )
  }

  /// Makes an object of all code of a module.
  func makeObject(of module: Module, at path: String) throws(GraderFault) {
    // Judges are as fast as with `-O`, and are compiled sooner.
    let mode = module.isOptimized ? "-Osize" : "-Onone"
    let isLibrary = !module.sources.contains { $0.hasSuffix("/main.swift") }
    try run(
      module,
      [mode, "-gline-tables-only", "-c", "-o", path] + (isLibrary ? ["-parse-as-library"] : [])
    )
  }

  /// Makes the list of a module's declarations.
  ///
  /// - Returns: The list as `SymbolGraph` reads it.
  func symbols(of module: Module, in folder: String) throws(GraderFault) -> [UInt8] {
    try run(
      module,
      [
        "-emit-module", "-Xfrontend", "-experimental-skip-all-function-bodies",
        "-parse-as-library", "-o", "\(folder)/\(module.name).swiftmodule", "-emit-symbol-graph",
        "-emit-symbol-graph-dir", folder, "-symbol-graph-minimum-access-level", "internal",
      ]
    )
    return try Files.read("\(folder)/\(module.name).symbols.json")
  }

  /// Links a program that finds the toolchain's libraries where they are now.
  func link(_ objects: [String], to path: String) throws(GraderFault) {
    try Tool.demand(
      driver,
      ["-emit-executable", "-use-ld=lld"] + objects + ["-lXCTest", "-o", path]
    )
  }

  private func run(_ module: Module, _ arguments: [String]) throws(GraderFault) {
    let common =
      ["-wmo", "-swift-version", module.languageMode, "-module-cache-path", moduleCache]
      + moduleMaps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
      + importFolders.flatMap { ["-I", $0] } + module.options
    try Tool.demand(
      driver,
      arguments + common + ["-module-name", module.name] + module.sources
    )
  }
}
