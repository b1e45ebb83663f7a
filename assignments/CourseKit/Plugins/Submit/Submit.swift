import Foundation
import PackagePlugin

/// `swift package --allow-writing-to-package-directory submit`: packs what is handed in.
@main
struct Submit: CommandPlugin {
  private static let archive = "submit.tar.gz"

  func performCommand(context: PluginContext, arguments: [String]) throws {
    guard arguments.isEmpty else { return Diagnostics.error("submit takes no arguments") }
    let folder = context.package.directoryURL
    let process = Process()
    let output = Pipe()
    process.executableURL = try context.tool(named: "handin").url
    let work = context.pluginWorkDirectoryURL.appending(path: "pack")
    process.arguments = ["pack", folder.path, Self.archive, work.path]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    tell(String(decoding: bytes, as: UTF8.self))
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      let file = folder.appending(path: Self.archive).path
      let isThere = FileManager.default.fileExists(atPath: file)
      let rest = isThere ? "; the one in the folder is older" : ""
      return Diagnostics.error("\(Self.archive) was not written\(rest)")
    }
  }

  /// Says what the tool said.
  ///
  /// SwiftPM can lose what a plugin that ends at once has just written, but never a diagnostic.
  private func tell(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("error: ") {
        Diagnostics.error(String(line.dropFirst("error: ".count)))
      } else if line.hasPrefix("warning: ") {
        Diagnostics.warning(String(line.dropFirst("warning: ".count)))
      } else {
        print(line)
      }
    }
  }
}
