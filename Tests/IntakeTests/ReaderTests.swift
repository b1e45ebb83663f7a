import Foundation
import GraderCore
import Testing

/// The reader as a program: its limits, and how it ends when it is not the archive's fault.
@Suite struct ReaderTests {
  private func archive(_ scratch: Scratch) throws -> URL {
    try scratch.write(Course.files, below: "a1")
    try scratch.write(["data.txt": String(repeating: "0123456789abcdef", count: 4096)])
    try scratch.shell("tar cf s.tar a1 data.txt")
    return scratch.folder.appending(path: "s.tar")
  }

  @Test(arguments: [
    (IntakeLimits.Name.packedBytes, 1000 as UInt64), (.streamedBytes, 20_000), (.entries, 4),
  ])
  func limitIsKept(name: IntakeLimits.Name, maximum: UInt64) throws {
    let scratch = try Scratch()
    let archive = try archive(scratch)
    var limits = IntakeLimits()
    switch name {
    case .packedBytes: limits.packedBytes = maximum
    case .streamedBytes: limits.streamedBytes = maximum
    default: limits.entries = maximum
    }
    let result = try IntakeResult(archive, limits: limits)
    guard case .refused(let problem, _) = result else { return #expect(Bool(false), "\(result)") }
    #expect(problem == .unreadable(.limit(name, maximum: maximum)))
  }

  @Test func answersInTheDeclaredVersion() throws {
    let scratch = try Scratch()
    let run = try Reader.run(try archive(scratch), Course.assignments)
    #expect(run.output.starts(with: Array("chainrule-intake-1\n".utf8)))
  }

  @Test func refusesAPipe() throws {
    let (end, output) = try Reader.run(Pipe(), request: "required x")
    #expect(end == .exited(64))
    #expect(output == [])
    let answer = ReaderAnswer(output: output, end: end, limits: IntakeLimits())
    #expect(answer == .fault(ReaderFault(status: 64)))
  }

  @Test(arguments: ["", "required ../x", "limit x 1\nrequired y", "required x\nwhat"])
  func refusesAnUnknownRequest(request: String) throws {
    let scratch = try Scratch()
    let file = try FileHandle(forReadingFrom: try archive(scratch))
    let (end, output) = try Reader.run(file, request: request)
    #expect(end == .exited(64))
    #expect(output == [])
  }
}
