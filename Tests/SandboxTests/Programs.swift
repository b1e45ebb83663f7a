import Glibc
import Sandbox

/// Programs that are built with the tests and lie beside the test bundle.
enum Programs {
  static let launcher = path("grader-jail")

  /// As root, jailed programs run as another user, to whom the build folder may be closed.
  static let attacker = (try? copyProgram(path("jail-attacker"), to: Machine.folder)) ?? "missing"

  private static func path(_ name: String) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let bundle = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init), as: UTF8.self)
    return bundle.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/\(name)"
  }
}
