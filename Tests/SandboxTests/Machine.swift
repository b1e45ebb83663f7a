import Glibc
import Sandbox
import Testing

/// What the tests find out once about the machine they run on.
enum Machine {
  static let report = Result {
    try JailReport.examine(
      launcher: Programs.launcher,
      bubblewrap: bubblewrap,
      folder: temporaryFolder
    )
  }

  static let jailedLevels: [JailLevel] = [.restricted, .isolated]
  static let temporaryFolder = "/tmp"

  /// A jail of the level; where the machine has none, the test counts as cancelled, not as passed.
  static func jail(_ level: JailLevel) throws -> Jail {
    let report = try report.get()
    guard report.provides(level) else {
      let problem = report.trials.first { $0.level == level }?.problem
      try Test.cancel("\(level.rawValue) is not available here: \(problem?.reason ?? "unknown")")
    }
    return try Jail(report, level: level)
  }

  private static var bubblewrap: String? {
    ["/usr/bin/bwrap", "/usr/local/bin/bwrap"].first { access($0, X_OK) == 0 }
  }
}

extension Jail {
  /// Runs the misbehaving program.
  func attack(
    _ arguments: String...,
    policy: JailPolicy = JailPolicy(filter: .compute),
    within limit: Duration = .seconds(20),
    change: (inout Command) -> Void = { _ in }
  ) throws -> Outcome {
    var command = Command(executable: Programs.attacker, arguments: arguments)
    change(&command)
    return try wrap(command, policy).run(within: limit)
  }
}

/// A fresh folder, removed with all files directly in it.
struct Folder: ~Copyable {
  let path: String

  init() throws {
    var template = Array("\(Machine.temporaryFolder)/sandbox-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    chmod(template, 0o755)
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func write(_ text: String, to name: String) throws -> String {
    let file = try #require(fopen("\(path)/\(name)", "we"))
    fputs(text, file)
    fclose(file)
    chmod("\(path)/\(name)", 0o644)
    return "\(path)/\(name)"
  }

  deinit {
    for name in fileNames(of: path) { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}

func fileNames(of folder: String) -> [String] {
  guard let directory = opendir(folder) else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names
}
