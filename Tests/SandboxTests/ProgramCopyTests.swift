import Dispatch
import Foundation
import Sandbox
import Synchronization
import Testing

/// Faults of several threads.
private final class Faults: Sendable {
  private let all = Mutex<[SandboxFault]>([])

  var list: [SandboxFault] { all.withLock { $0 } }

  func add(_ fault: SandboxFault) { all.withLock { $0.append(fault) } }
}

/// Several threads and graders may need the same copy of a program at once.
struct ProgramCopyTests {
  @Test func copiesAtOnce() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/copies-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for round in 0..<20 {
      // Sizes differ, so that each round makes a copy of its own.
      let program = "\(folder)/program"
      try Data(repeating: 0x20, count: (8 << 20) + round).write(to: URL(filePath: program))
      let faults = Faults()
      let group = DispatchGroup()
      for _ in 0..<8 {
        group.enter()
        // A thread each, however few processors there are.
        Thread.detachNewThread {
          defer { group.leave() }
          do throws(SandboxFault) {
            _ = try copyProgram(program, to: folder)
          } catch {
            faults.add(error)
          }
        }
      }
      group.wait()
      #expect(faults.list == [])
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(left.count == 21, "one copy a round and nothing unfinished: \(left)")
  }
}
