import Foundation
import Sandbox
import Testing

/// Honest programs get all they need: the compiler compiles, and its program runs.
@Suite(.enabled(if: Toolchain.usr != nil, "no Swift toolchain is on the PATH"))
struct HonestProgramTests {
  private static let source = """
    import Glibc
    func depth(_ n: Int) -> Int { n == 0 ? 0 : 1 + depth(n - 1) }
    nonisolated(unsafe) var sum = 0
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in sum = (0...1000).reduce(0, +); return nil }, nil)
    pthread_join(thread, nil)
    print(readLine() ?? "", sum, depth(10_000), Double.random(in: 1...1))
    """

  /// Compiled in the jail, linked by the driver (the source is ours), run in the jail.
  @Test(arguments: Machine.levels)
  func compilesAndRuns(level: JailLevel) throws {
    let jail = try Machine.jail(level)
    let usr = try #require(Toolchain.usr)
    let folder = Folder()
    let source = try folder.write(HonestProgramTests.source, to: "main.swift")
    let object = folder.path + "/main.o"
    let program = folder.path + "/program"

    let compilation = try jail.wrap(
      Toolchain.compile(source, to: object, usr: usr),
      Toolchain.policy(usr: usr, folder: folder.path)
    ).run(within: Machine.patience)
    #expect(compilation.ending == .exited(code: 0), "\(compilation.standardError.text)")

    let linking = try jail.wrap(
      Command(
        executable: usr + "/bin/swiftc",
        arguments: ["-static-executable", object, "-o", program],
        environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path, "TMPDIR": folder.path]
      ),
      .trusted()
    ).run(within: Machine.patience)
    #expect(linking.ending == .exited(code: 0), "\(linking.standardError.text)")

    let limits = Limits(
      cpuSeconds: 10,
      addressSpaceBytes: 768 << 20,
      fileSizeBytes: 0,
      descriptors: 16,
      threads: 64,
      stackBytes: 8 << 20
    )
    let run = try jail.wrap(
      Command(executable: program, standardInput: .bytes(Array("hello\n".utf8))),
      JailPolicy(filter: .compute, limits: limits)
    ).run(within: Machine.patience)
    #expect(run.standardOutput.text == "hello 500500 10000 1.0\n", "\(run)")
    #expect(run.ending == .exited(code: 0))
  }
}

enum Toolchain {
  /// The folder that holds `bin/swift-frontend`.
  static let usr: String? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let compilers = path.split(separator: ":").map {
      URL(fileURLWithPath: "\($0)/swiftc").resolvingSymlinksInPath()
    }
    return compilers.map { $0.deletingLastPathComponent().deletingLastPathComponent().path }
      .first { FileManager.default.isExecutableFile(atPath: $0 + "/bin/swift-frontend") }
  }()

  static func compile(_ source: String, to object: String, usr: String) -> Command {
    Command(
      executable: usr + "/bin/swift-frontend",
      arguments: [
        "-frontend", "-c", "-primary-file", source, "-module-name", "Program",
        "-use-static-resource-dir", "-module-cache-path", object + ".cache", "-o", object,
      ]
    )
  }

  static func policy(usr: String, folder: String) -> JailPolicy {
    let present = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/include"].filter {
      FileManager.default.fileExists(atPath: $0)
    }
    return JailPolicy(
      filter: .compiler,
      readable: ["/dev/urandom"],
      executable: present + [usr],
      writable: [folder, "/dev/null"],
      limits: Limits(cpuSeconds: 60, addressSpaceBytes: 4 << 30)
    )
  }
}
