import Foundation

/// One run of `lecture all --quick`, shared by the tests that look at what it wrote.
struct Tour {
  let folder: URL
  let status: Int32
  let output: String
  /// The processor's time, which other work on the machine does not stretch.
  let seconds: Double

  var page: URL { folder.appending(component: "index.html") }

  /// The run; made when first asked for.
  static let made = Result { try Tour() }

  /// Takes away what it wrote.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  private init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(component: "lecture-tour-\(UUID().uuidString)")
    let start = Self.secondsOfChildren
    (status, output) = try Program.run(["all", "--quick", "--output", folder.path()])
    seconds = Self.secondsOfChildren - start
  }

  private static var secondsOfChildren: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
  }
}

/// The `lecture` program beside the tests.
enum Program {
  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let tests = URL(filePath: CommandLine.arguments[0])
    process.executableURL = tests.deletingLastPathComponent().appending(component: "lecture")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
