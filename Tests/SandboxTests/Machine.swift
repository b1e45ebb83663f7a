import Foundation
import Sandbox
import Testing

/// The facts about the machine that the tests find out once.
enum Machine {
  static let report = Result {
    try JailReport.examine(
      launcher: Programs.launcher,
      bubblewrap: bubblewrap,
      folder: folder
    )
  }

  /// The levels that hold here; `LevelTests` says which do not.
  static let levels = JailLevel.allCases.filter(provides)
  static let jailedLevels = levels.filter { $0 > .unjailed }

  /// Reachable by all users, removed when the tests are over.
  static let folder: String = {
    atexit { Machine.cleanUp() }
    return makeFolder()
  }()

  static func cleanUp() {
    removeFolder(folder)
  }

  /// A user, or a namespace, of their own; and never root, for whom the limit does not hold.
  static let levelsThatCountThreads = jailedLevels.filter {
    dropsUser || ($0 == .isolated && geteuid() != 0)
  }

  /// False in a namespace of users, which can lack those that runs would be.
  static let mapsAllUsers =
    (try? String(contentsOfFile: "/proc/self/uid_map", encoding: .utf8))?
    .split(whereSeparator: \.isWhitespace) == ["0", "0", "\(UInt32.max)"]

  static let sharesNamespaces = (try? report.get().sharesNamespaces) ?? false

  static let dropsUser = (try? report.get().dropsUser) ?? false

  static func provides(_ level: JailLevel) -> Bool {
    (try? report.get().provides(level)) ?? false
  }

  /// For what has to happen on a busy machine too; nobody waits that long for what does happen.
  static let patience = Duration.seconds(300)

  /// The strongest jail there is, for tests that hold at any level.
  static func jail() throws -> Jail {
    try Jail(report.get())
  }

  static func jail(_ level: JailLevel) throws -> Jail {
    try Jail(report.get(), level: level)
  }

  static var bubblewrap: String? {
    ["/usr/bin/bwrap", "/usr/local/bin/bwrap"].first { access($0, X_OK) == 0 }
  }
}

extension Jail {
  /// Runs the misbehaving program, which only what is tested is to end: the time is generous.
  func attack(
    _ arguments: String...,
    policy: JailPolicy = JailPolicy(filter: .compute),
    within limit: Duration = Machine.patience,
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

  init() {
    path = makeFolder()
  }

  func write(_ text: String, to name: String) throws -> String {
    let file = try #require(fopen("\(path)/\(name)", "we"))
    fputs(text, file)
    fclose(file)
    chmod("\(path)/\(name)", 0o644)
    return "\(path)/\(name)"
  }

  deinit {
    removeFolder(path)
  }
}

private func makeFolder() -> String {
  var template = Array("/tmp/sandbox-test-XXXXXX".utf8CString)
  mkdtemp(&template)
  chmod(template, 0o755)
  return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
}

private func removeFolder(_ path: String) {
  try? FileManager.default.removeItem(atPath: path)
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
