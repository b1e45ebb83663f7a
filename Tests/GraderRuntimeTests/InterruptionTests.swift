import Foundation
import Testing

@testable import GraderRuntime

@Suite struct InterruptionTests {
  /// Private files have a name for a moment; whenever the interruption comes, none is left.
  @Test func interruptionLeavesNoPrivateFile() async throws {
    let folder = try Folder()
    for _ in 0..<10 {
      await #expect(processExitsWith: .exitCode(130)) { [path = folder.path as String] in
        setenv("TMPDIR", path, 1)
        let listeners = Interruption.listen()
        for _ in 0..<4 {
          Thread.detachNewThread { while true { _ = try? PrivateFile() } }
        }
        usleep(50_000)
        kill(getpid(), SIGINT)
        sleep(60)
        withExtendedLifetime(listeners) {}
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
  }
}
