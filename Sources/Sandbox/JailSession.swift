import CGlibc
import Glibc
import Synchronization

/// Namespaces that runs of one program share, one after another or side by side.
///
/// To make namespaces costs more than most runs. In those of a session each run has still a
/// supervisor, a start, a user, limits, Landlock and a filter of its own, and there is nothing to
/// write. Where runs cannot share namespaces, each has its own.
package final class JailSession: Sendable {
  private let jail: Jail
  private let executable: String
  private let view: String
  private let server = Mutex<Server?>(nil)

  /// A session for runs of a program; namespaces are made when they are first needed.
  ///
  /// In their view is the program alone, or a `folder` that holds it, and in which it may appear
  /// later.
  package init(_ jail: Jail, executable: String, in folder: String? = nil) {
    (self.jail, self.executable) = (jail, executable)
    view = folder ?? executable
  }

  /// Makes the namespaces ahead; where that fails, the first start tries again, and tells.
  package func prepare() {
    guard isShared else { return }
    server.withLock { server in
      if server == nil { server = try? Server(jail, executable: executable, view: view) }
    }
  }

  private var isShared: Bool { jail.level == .isolated && jail.report.sharesNamespaces }

  /// Starts the session's program, which ends with the session at the latest.
  ///
  /// - Throws: `SandboxFault`; the next start may go well.
  package func start(_ command: Command, _ policy: JailPolicy) throws(SandboxFault) -> Child {
    guard isShared, policy.filter == .compute, policy.omitted.isEmpty, policy.writable.isEmpty,
      policy.readable.isEmpty, policy.executable.isEmpty, command.executable == executable
    else { return try jail.wrap(command, policy).spawn() }
    return try server.withLock { server throws(SandboxFault) in
      let running =
        if let server { server } else { try Server(jail, executable: executable, view: view) }
      server = nil
      let child = try jail.order(command, policy).spawn { running.order($0) }
      guard let child else { throw running.fault() }
      server = running
      return child
    }
  }

  /// The first process of the namespaces, which starts what it is told to.
  ///
  /// A class, since Swift 6.3 does not compile a noncopyable value that is used as it is here.
  private final class Server: Sendable {
    private let child: Mutex<Child?>
    private let socket: Descriptor

    init(_ jail: Jail, executable: String, view: String) throws(SandboxFault) {
      let sockets = try DescriptorPair.messages()
      guard chainrule_ask_for_senders(sockets.first.number) == 0 else {
        throw .system(call: "setsockopt", .last)
      }
      let command = Command(
        executable: executable,
        passedDescriptors: [sockets.second.number]
      )
      child = Mutex(try jail.server(of: command, view: view).spawn())
      socket = sockets.first
    }

    /// Has something started.
    ///
    /// - Returns: The number of its supervisor; nil if the server is gone.
    func order(_ start: ProcessStart) -> Int32? {
      let words = ["grader-jail"] + start.arguments + [""] + start.variables
      let text = Array(words.joined(separator: "\0").utf8) + [0]
      let empty = Descriptor(owning: open("/dev/null", O_RDONLY | O_CLOEXEC))
      let descriptors = start.descriptors.map { $0 ?? empty.number }
      let sent = chainrule_send_descriptors(
        socket.number,
        text,
        text.count,
        descriptors,
        descriptors.count
      )
      guard sent == text.count else { return nil }
      var polled = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, Self.patience) == 1 else { return nil }
      let process = chainrule_sender(socket.number)
      return process > 0 ? process : nil
    }

    /// The time in milliseconds in which a supervisor has to be there.
    private static let patience: Int32 = 60_000

    /// The end of a server that starts nothing any more.
    func fault() -> SandboxFault {
      do throws(SandboxFault) {
        _ = try child.withLock({ $0.take() })?.wait(until: .now + .seconds(1))
        return .launcherVanished("the server of a session started nothing")
      } catch {
        return error
      }
    }
  }
}

extension Jail {
  /// The launcher as the first process of namespaces, ready to start a program in them.
  fileprivate func server(of command: Command, view: String) -> JailedCommand {
    let policy = JailPolicy(filter: .compute)
    var plan = LaunchPlan(command: command, policy: policy, level: level, report: report)
    plan.program = view
    return plan.server
  }
}
