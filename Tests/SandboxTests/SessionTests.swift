import Foundation
import Sandbox
import Testing

/// Runs that share namespaces are kept from all that others are, and from each other.
@Suite(.enabled(if: Machine.sharesNamespaces, "runs cannot share namespaces here"))
struct SessionTests {
  private let session: JailSession
  private let policy = JailPolicy(filter: .compute)

  init() throws {
    session = JailSession(try Machine.jail(.isolated), executable: Programs.attacker)
  }

  private func start(_ arguments: [String], _ policy: JailPolicy? = nil) throws -> Child {
    let command = Command(executable: Programs.attacker, arguments: arguments)
    return try session.start(command, policy ?? self.policy)
  }

  private func attack(_ arguments: String..., limits: Limits = Limits()) throws -> Outcome {
    try start(arguments, JailPolicy(filter: .compute, limits: limits))
      .wait(until: .now + Machine.patience)
  }

  @Test func eachRunStartsAnew() throws {
    for code in ["3", "4"] {
      let outcome = try attack("exit", code)
      #expect(outcome.ending == .exited(code: Int32(code) ?? 0))
      #expect(outcome.enforcement != nil)
    }
    #expect(try attack("call", "ptrace").ending == .signaled(SIGSYS))
    #expect(try attack("call", "socketpair").standardOutput.text == "returned EPERM\n")
    for deed in ["signal-parent", "signal-owner", "set-own-limit", "live-on", "map-code"] {
      #expect(try attack("attempt", deed).standardOutput.text == "denied EPERM\n", "\(deed)")
    }
  }

  @Test func probeIsDeniedAllButThreadsAndSignals() throws {
    let folder = Folder()
    let canary = try folder.write("secret", to: "canary")
    chmod(folder.path, 0o777)
    let jail = try Machine.jail(.isolated)
    let launcher = jail.report.launcher
    let command = Command(executable: launcher, arguments: ["--probe", canary])
    let session = JailSession(jail, executable: launcher)
    let outcome = try session.start(command, policy).wait(until: .now + Machine.patience)
    let allowed = outcome.standardOutput.text.split(separator: "\n").filter {
      $0.contains(" allowed")
    }.compactMap { $0.split(separator: " ").first }
    #expect(outcome.standardOutput.text.split(separator: "\n").count == 12)
    #expect(Set(allowed) == ["start-thread", "handle-signal"])
  }

  @Test func eachRunHasAUserOfItsOwnAndNoRights() throws {
    let token = "users-\(getpid())"
    let first = try start(["sleep", token])
    let second = try start(["sleep", token])
    let found = try processes(withArgument: token, atLeast: 2)
    // Once the programs themselves run.
    usleep(100_000)
    let states = found.map(state)
    for state in states {
      #expect(state["Groups"] == "" || !Machine.dropsUser)
      for right in ["CapEff", "CapPrm", "CapAmb"] { #expect(state[right] == "0000000000000000") }
      #expect(state["NoNewPrivs"] == "1" && state["Seccomp"] == "2")
    }
    #expect(!Machine.dropsUser || Set(states.map { $0["Uid"] }).count == 2)
    _ = (try first.stop(), try second.stop())
  }

  private func state(of process: String) -> [String: String] {
    let lines = text(of: "/proc/\(process)/status").split(separator: "\n")
    let pairs = lines.compactMap { line -> (String, String)? in
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return (String(parts[0]), parts[1].filter { !$0.isWhitespace })
    }
    return Dictionary(pairs) { $1 }
  }

  @Test func runsGoOnSideBySide() throws {
    let token = "beside-\(getpid())"
    let first = try start(["sleep", token])
    let second = try start(["sleep", token])
    let found = try processes(withArgument: token, atLeast: 2)
    #expect(try attack("exit", "5").ending == .exited(code: 5))
    #expect(first.processIdentifier != second.processIdentifier)
    #expect(try first.stop().stoppedByDeadline)
    #expect(processes(withArgument: token).count == found.count - 1)
    #expect(try second.stop().stoppedByDeadline)
    #expect(processes(withArgument: token).isEmpty)
  }

  @Test func limitsHold() throws {
    let spun = try attack("spin", limits: Limits(cpuSeconds: 1))
    #expect(spun.ending == .signaled(SIGXCPU))
    #expect(spun.cpuSeconds > 0.5 && spun.cpuSeconds < 1.5)
    let hog = try attack("hog", "\(100 << 20)", limits: Limits(addressSpaceBytes: 64 << 20))
    #expect(hog.standardOutput.text.hasPrefix("denied"))
  }

  /// The namespaces can be there before the program is.
  @Test func theProgramMayComeLater() throws {
    let folder = Folder()
    for path in [folder.path, folder.path + "/program"] {
      mkdir(path, 0o755)
      chmod(path, 0o755)
    }
    let program = folder.path + "/program/attacker"
    let jail = try Machine.jail(.isolated)
    let session = JailSession(jail, executable: program, in: folder.path + "/program")
    session.prepare()
    try FileManager.default.copyItem(atPath: Programs.attacker, toPath: program)
    func attempt(_ arguments: String...) throws -> Outcome {
      try session.start(Command(executable: program, arguments: arguments), policy)
        .wait(until: .now + Machine.patience)
    }
    #expect(try attempt("exit", "3").ending == .exited(code: 3))
    #expect(try attempt("exit", "4").ending == .exited(code: 4))
    let other = folder.path + "/program/other"
    chmod(folder.path + "/program", 0o777)
    #expect(try attempt("write-file", other).standardOutput.text.hasPrefix("denied"))
  }

  @Test func nothingIsLeftOfDroppedChildOrSession() throws {
    let token = "session-\(getpid())"
    do {
      let session = JailSession(try Machine.jail(.isolated), executable: Programs.attacker)
      let command = Command(executable: Programs.attacker, arguments: ["sleep", token])
      let child = try session.start(command, policy)
      _ = try processes(withArgument: token, atLeast: 1)
      _ = child
    }
    #expect(processes(withArgument: token).isEmpty)
  }

  /// A killed supervisor is nobody's verdict, takes its program along, and harms no later run.
  @Test func killedSupervisor() throws {
    let token = "killed-\(getpid())"
    let child = try start(["sleep", token])
    _ = try processes(withArgument: token, atLeast: 1)
    kill(child.processIdentifier, SIGKILL)
    #expect(fault(of: child) == .launcherKilled(signal: SIGKILL))
    #expect(noneIsLeft(withArgument: token))
    #expect(try attack("exit", "6").ending == .exited(code: 6))
  }

  @Test func stoppedSupervisorIsNotWaitedFor() throws {
    let token = "stopped-\(getpid())"
    let child = try start(["sleep", token])
    _ = try processes(withArgument: token, atLeast: 1)
    kill(child.processIdentifier, SIGSTOP)
    _ = try? child.stop()
    #expect(noneIsLeft(withArgument: token))
    #expect(try attack("exit", "6").ending == .exited(code: 6))
  }

  /// With the first process all others of the namespaces end; the next run makes new ones.
  @Test func killedServer() throws {
    let token = "server-\(getpid())"
    let child = try start(["sleep", token])
    _ = try processes(withArgument: token, atLeast: 1)
    kill(try parent(of: child.processIdentifier), SIGKILL)
    #expect(fault(of: child) == .launcherKilled(signal: SIGKILL))
    #expect(noneIsLeft(withArgument: token))
    var ending: Outcome.Ending?
    for _ in 0..<2 where ending == nil { ending = try? attack("exit", "7").ending }
    #expect(ending == .exited(code: 7))
  }

  private func parent(of process: pid_t) throws -> pid_t {
    let parent = state(of: "\(process)")["PPid"].flatMap { pid_t($0) } ?? 0
    // Signals to process 0 would be for the tests themselves.
    return try #require(parent > 1 ? parent : nil)
  }

  private func text(of path: String) -> String {
    guard let file = fopen(path, "re") else { return "" }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 8192)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  private func fault(of child: consuming Child) -> SandboxFault? {
    do throws(SandboxFault) {
      _ = try child.wait(until: .now + Machine.patience)
      return nil
    } catch {
      return error
    }
  }
}
