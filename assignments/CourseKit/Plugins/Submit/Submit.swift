import Foundation
import PackagePlugin

/// `swift package --allow-writing-to-package-directory submit`: packs what is handed in.
@main
struct Submit: CommandPlugin {
  private static let archive = "submit.tar.gz"

  func performCommand(context: PluginContext, arguments: [String]) throws {
    guard arguments.isEmpty else { return Diagnostics.error("submit takes no arguments") }
    let folder = context.package.directoryURL
    guard let text = try? String(contentsOf: folder.appending(path: "handin.txt"), encoding: .utf8)
    else { return Diagnostics.error("there is no handin.txt in \(folder.path)") }

    let contents = Contents(of: folder, listedIn: try HandInList(parsing: text))
    guard contents.problems.isEmpty else {
      for problem in contents.problems { Diagnostics.error(problem) }
      let isThere = FileManager.default.fileExists(
        atPath: folder.appending(path: Self.archive).path
      )
      let rest = isThere ? "; the one in the folder is older" : ""
      return Diagnostics.error("\(Self.archive) was not written\(rest)")
    }
    for remark in contents.remarks {
      let file = folder.appending(path: remark.path).path
      Diagnostics.warning(remark.text, file: file, line: remark.line)
    }
    try pack(contents.files.map(\.path), of: folder, by: context.pluginWorkDirectoryURL)
    try report(contents.files, in: folder)
  }

  /// Writes the archive beside its place first, so that a failure leaves no half of one.
  private func pack(_ paths: [String], of folder: URL, by work: URL) throws {
    let fresh = work.appending(path: Self.archive)
    _ = try run("tar", ["-c", "-z", "-f", fresh.path, "--"] + paths, in: folder)
    let target = folder.appending(path: Self.archive)
    try? FileManager.default.removeItem(at: target)
    try FileManager.default.moveItem(at: fresh, to: target)
  }

  private func report(_ files: [Contents.File], in folder: URL) throws {
    print("\(Self.archive) holds \(files.count) files:")
    let width = files.map { "\($0.bytes)".count }.max() ?? 0
    for file in files {
      let space = String(repeating: " ", count: width - "\(file.bytes)".count)
      print("  \(space)\(file.bytes) bytes  \(file.path)")
    }
    print("sha256:\(try digest(in: folder))")
  }

  private func digest(in folder: URL) throws -> String {
    #if os(macOS)
      let output = try run("shasum", ["-a", "256", Self.archive], in: folder)
    #else
      let output = try run("sha256sum", [Self.archive], in: folder)
    #endif
    return String(output.prefix { $0 != " " })
  }

  /// Runs one of the system's programs in a folder.
  ///
  /// - Returns: What it wrote to standard output.
  private func run(_ program: String, _ arguments: [String], in folder: URL) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
    process.environment?["TAR_OPTIONS"] = nil
    // Or tar on macOS adds a shadow file to each file.
    process.environment?["COPYFILE_DISABLE"] = "1"
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw Failure(program: program)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private struct Failure: Error, CustomStringConvertible {
    let program: String

    var description: String { "\(program) failed; submit.tar.gz was not written" }
  }
}
