import Foundation
import GraderCore

/// The installed Swift toolchain: where its programs are, and the jobs that its driver would run.
///
/// The driver itself never sees a student's code: a source file can plant arguments for the linker,
/// and the driver would pass them on. So its jobs are read once, on an empty program, and run
/// directly with fixed arguments.
struct Toolchain: Sendable {
  /// The folder that holds `bin` and `lib`, with links resolved.
  let root: String
  /// Changes whenever another toolchain is installed.
  let identity: String
  /// The compiler's front end.
  let frontend: String

  var driver: String { "\(root)/bin/swiftc" }
  var linker: String { "\(root)/bin/ld.lld" }
  var clang: String { "\(root)/bin/clang" }
  var symbolizer: String { "\(root)/bin/llvm-symbolizer" }
  var packageManager: String { "\(root)/bin/swift" }
  var staticResources: String { "\(root)/lib/swift_static" }

  /// The toolchain whose `swiftc` the PATH finds, or that with another front end.
  static func find(frontend: String? = nil) throws(GraderFault) -> Toolchain {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") {
      let candidate = Files.real("\(folder)/swiftc")
      let bin = (candidate as NSString).deletingLastPathComponent
      guard Files.exists("\(bin)/swift-frontend") else { continue }
      let root = (bin as NSString).deletingLastPathComponent
      return try Toolchain(root: root, frontend: frontend ?? "\(bin)/swift-frontend")
    }
    throw GraderFault(.noToolchain)
  }

  /// The folders of all programs and their libraries.
  var programFolders: [String] {
    [(frontend as NSString).deletingLastPathComponent, "\(root)/bin", "\(root)/lib"]
  }

  private init(root: String, frontend: String) throws(GraderFault) {
    (self.root, self.frontend) = (root, frontend)
    for tool in Self.programs {
      guard Files.exists("\(root)/bin/\(tool)") else {
        throw GraderFault(.incompleteToolchain(root, tool: tool))
      }
    }
    var identity = root
    for tool in Self.programs {
      var info = stat()
      guard stat("\(root)/bin/\(tool)", &info) == 0 else {
        throw GraderFault(.unavailable, "Cannot look at \(root)/bin/\(tool).")
      }
      identity += " \(info.st_size) \(info.st_mtim.tv_sec) \(info.st_ino)"
    }
    self.identity = identity
  }

  /// The programs that grading cannot do without.
  static let programs = ["swift-frontend", "swiftc", "ld.lld", "clang", "llvm-symbolizer"]

  /// The first line of the compiler's version.
  func version() throws(GraderFault) -> String {
    let text = try Tool.run(driver, ["--version"]).outputText
    return text.split(separator: "\n").first { $0.contains("Swift version") }.map(String.init)
      ?? "unknown"
  }
}
