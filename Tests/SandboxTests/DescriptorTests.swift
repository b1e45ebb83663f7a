import Glibc
import Sandbox
import Testing

/// A program holds the descriptors that were passed to it and no other, whatever else is running.
@Suite struct DescriptorTests {
  private func jailed(_ command: Command, _ level: JailLevel) throws -> JailedCommand {
    try Machine.jail(level).wrap(command, JailPolicy(filter: .compute))
  }

  @Test(arguments: Machine.levels)
  func programHoldsStandardStreamsOnly(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("descriptors")
    #expect(outcome.standardOutput.text == "0 1 2 \n")
  }

  @Test(arguments: Machine.levels)
  func passedDescriptorsFollowInOrder(level: JailLevel) throws {
    let first = try DescriptorPair.sockets()
    let second = try DescriptorPair.sockets()
    let outcome = try Machine.jail(level).attack("say-to-passed") {
      $0.passedDescriptors = [first.second.number, second.second.number]
    }
    #expect(outcome.standardOutput.text == "0 1 2 3 4 \n")
    var byte: UInt8 = 0
    #expect(read(first.first.number, &byte, 1) == 1 && byte == UInt8(ascii: "3"))
    #expect(read(second.first.number, &byte, 1) == 1 && byte == UInt8(ascii: "4"))
  }

  /// So many that sources lie among the targets: a naive series of dup2 would overwrite some.
  @Test func manyDescriptorsDoNotOverwriteEachOther() throws {
    let pipes = try (0..<60).map { _ in try Pipe() }
    let outcome = try Machine.jail().attack("say-to-passed") {
      $0.passedDescriptors = pipes.reversed().map(\.writingEnd)
    }
    #expect(outcome.ending == .exited(code: 0))
    let received = pipes.reversed().map { pipe in
      var byte: UInt8 = 0
      _ = read(pipe.readingEnd, &byte, 1)
      return byte
    }
    #expect(received == (3..<63).map { UInt8(ascii: "0") + $0 })
  }

  /// As under cron: then descriptors of ours have the numbers 0 to 2.
  @Test func graderWithoutStandardStreamsCanSpawn() async throws {
    await #expect(processExitsWith: .exitCode(4)) {
      let jail = try Machine.jail()
      for number: Int32 in 0...2 { close(number) }
      let outcome = try jail.attack("echo") { $0.standardInput = .bytes([1, 2, 3]) }
      Machine.cleanUp()
      exit(outcome.standardOutput.bytes == [1, 2, 3] ? 4 : 5)
    }
  }

  /// The peer sees at once what the program closes: nobody else holds the other end.
  @Test(arguments: Machine.levels)
  func descriptorThatProgramClosesIsClosed(level: JailLevel) throws {
    let socket = try DescriptorPair.sockets()
    let command = Command(
      executable: Programs.attacker,
      arguments: ["close-passed"],
      passedDescriptors: [socket.second.number]
    )
    let child = try jailed(command, level).spawn()
    socket.second.close()
    var polled = pollfd(fd: socket.first.number, events: Int16(POLLIN), revents: 0)
    #expect(poll(&polled, 1, 5000) == 1)
    #expect(try !child.stop().standardOutput.text.isEmpty, "it was still alive")
  }

  @Test(arguments: Machine.jailedLevels)
  func strayDescriptorIsSeenOnlyWhenNothingCloses(level: JailLevel) throws {
    let stray = fcntl(1, F_DUPFD, 700)
    defer { close(stray) }
    #expect(try Machine.jail(level).attack("descriptors").standardOutput.text == "0 1 2 \n")
    var policy = JailPolicy(filter: .compute)
    policy.omitted = [.descriptors]
    let outcome = try Machine.jail(level).attack("descriptors", policy: policy)
    #expect(outcome.standardOutput.text.contains(" \(stray) "))
  }

  /// Programs wait for their input, so all are alive at once when their descriptors are listed.
  @Test(arguments: Machine.jailedLevels)
  func parallelProgramsHoldNoneOfEachOther(level: JailLevel) async throws {
    let jail = try Machine.jail(level)
    let listings = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<24 {
        group.addTask {
          let socket = try DescriptorPair.sockets()
          let command = Command(
            executable: Programs.attacker,
            arguments: ["descriptors"],
            standardInput: .bytes([1, 2, 3]),
            passedDescriptors: [socket.second.number]
          )
          let child = try jail.wrap(command, JailPolicy(filter: .compute)).spawn()
          return try child.wait(until: .now + Machine.patience).standardOutput.text
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(listings == [String](repeating: "0 1 2 3 \n", count: 24))
  }

  @Test func livingProgramsShareNoPipeOrSocket() throws {
    let jail = try Machine.jail()
    let token = "share-\(getpid())"
    let command = Command(
      executable: Programs.attacker,
      arguments: ["sleep", token]
    )
    let first = try jail.wrap(command, JailPolicy(filter: .compute)).spawn()
    let second = try jail.wrap(command, JailPolicy(filter: .compute)).spawn()
    let programs = try processes(withArgument: token, atLeast: 2)
    let pipes = programs.map { Set(openPipes(of: $0)) }
    #expect(pipes.count == 2)
    #expect(pipes.allSatisfy { $0.count == 2 }, "output and error")
    #expect(pipes[0].isDisjoint(with: pipes[1]))
    _ = try first.stop()
    _ = try second.stop()
  }

  private func openPipes(of process: String) -> [String] {
    fileNames(of: "/proc/\(process)/fd").compactMap { number in
      var buffer = [CChar](repeating: 0, count: 256)
      let count = readlink("/proc/\(process)/fd/\(number)", &buffer, buffer.count)
      let target = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init), as: UTF8.self)
      return target.hasPrefix("pipe:") || target.hasPrefix("socket:") ? target : nil
    }
  }
}

private final class Pipe {
  let readingEnd: Int32
  let writingEnd: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    (readingEnd, writingEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readingEnd)
    close(writingEnd)
  }
}
