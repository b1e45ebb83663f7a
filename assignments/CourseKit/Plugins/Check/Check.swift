import Foundation
import PackagePlugin

/// `swift package --scratch-path .build/check check`: what is wrong with a hand-in, and what the
/// public tests see of its points.
///
/// One line for each problem, `path:line:column: error|warning: text`, as editors read them.
@main
struct Check: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    let isWatching = arguments == ["--watch"]
    guard arguments.isEmpty || isWatching else {
      return Diagnostics.error("check takes no arguments but --watch")
    }
    let round = try Round(context, packageManager)
    if isWatching, round.isInSharedFolder {
      // SwiftPM keeps the folder locked as long as this runs.
      return Diagnostics.error(
        "--watch needs a folder of its own, or `swift test` would wait for it: "
          + "swift package --scratch-path .build/watch check --watch"
      )
    }
    guard isWatching else {
      if try !round.run() { Diagnostics.error("there is something to mend") }
      return
    }
    while true {
      let seen = round.fingerprint
      _ = try round.run()
      print("Waiting for changes; Control-C ends it.\n")
      while round.fingerprint == seen { Thread.sleep(forTimeInterval: 0.3) }
    }
  }
}

/// One look at the whole folder.
struct Round {
  private let folder: URL
  private let tool: URL
  private let scratch: URL
  private let name: String
  private let manager: PackageManager

  init(_ context: PluginContext, _ manager: PackageManager) throws {
    folder = context.package.directoryURL
    tool = try context.tool(named: "handin").url
    name = context.package.displayName
    // `plugins/Check/outputs` in the folder of everything that is built.
    scratch = (0..<3).reduce(context.pluginWorkDirectoryURL) { url, _ in
      url.deletingLastPathComponent()
    }
    self.manager = manager
  }

  /// True where all other commands build as well.
  var isInSharedFolder: Bool { scratch.lastPathComponent == ".build" }

  /// Looks at the list, builds, and runs the tests.
  ///
  /// - Returns: False if there is an error.
  func run() throws -> Bool {
    print("Checking; the first time takes longest.")
    let isComplete = try run(["list", folder.path])
    var parameters = PackageManager.BuildParameters(configuration: .debug, logging: .concise)
    parameters.echoLogs = false
    let build = try manager.build(.all(includingTests: true), parameters: parameters)
    for line in problems(in: build.logText) { print(line) }
    guard build.succeeded else {
      print("It does not compile; the grader leaves out the functions that do not.")
      return false
    }
    let bundle = scratch.appending(path: "debug/\(name)PackageTests.xctest")
    return try run(["test", folder.path, bundle.path]) && isComplete
  }

  /// Runs the tool that knows the list.
  private func run(_ arguments: [String]) throws -> Bool {
    let process = Process()
    let output = Pipe()
    process.executableURL = tool
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      // SwiftPM can lose what was just written when this ends, but never a diagnostic.
      if line.hasPrefix("error: ") {
        Diagnostics.error(String(line.dropFirst("error: ".count)))
      } else {
        print(line)
      }
    }
    return process.terminationReason == .exit && process.terminationStatus == 0
  }

  /// The compiler's own lines, each once, with paths in the folder.
  private func problems(in log: String) -> [String] {
    let root = folder.path.hasSuffix("/") ? folder.path : folder.path + "/"
    var known: Set<String> = []
    return log.split(whereSeparator: \.isNewline).compactMap { line in
      let isProblem = [": error: ", ": warning: "].contains { line.contains($0) }
      guard isProblem, line.contains(".swift:") else { return nil }
      let shown = line.hasPrefix(root) ? String(line.dropFirst(root.count)) : String(line)
      return known.insert(shown).inserted ? shown : nil
    }
  }

  /// Changes with each save of a file that is built or handed in, and with no other: a log in the
  /// folder may grow all the time.
  var fingerprint: [String: Date] {
    var dates: [String: Date] = [:]
    let root = folder.standardizedFileURL.path
    let list = try? String(contentsOf: folder.appending(path: "handin.txt"), encoding: .utf8)
    let listed = (list ?? "").split(whereSeparator: \.isNewline).compactMap {
      $0.split(separator: " ").last
    }
    let others = Set(listed + ["Package.swift", "handin.txt"])
    let files = FileManager.default.enumerator(
      at: folder,
      includingPropertiesForKeys: [.contentModificationDateKey],
      options: .skipsHiddenFiles
    )
    for case let file as URL in files ?? FileManager.DirectoryEnumerator() {
      let path = file.standardizedFileURL.path.dropFirst(root.count).drop { $0 == "/" }
      let isBuilt = ["Sources/", "Tests/"].contains { path.hasPrefix($0) }
      guard isBuilt || others.contains(path) else { continue }
      let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
      dates[file.path] = values?.contentModificationDate
    }
    return dates
  }
}
