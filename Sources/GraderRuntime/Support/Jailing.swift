import Foundation
import GraderCore
import Sandbox

extension Jail {
  /// Starts a program in the jail.
  func start(_ command: Command, policy: JailPolicy) throws(GraderFault) -> Child {
    try GraderFault.sandboxed { () throws(SandboxFault) in try wrap(command, policy).spawn() }
  }

  /// Runs a program in the jail to its end, or kills it after so many seconds.
  func demand(
    _ command: Command,
    policy: JailPolicy,
    deadline: Double
  ) throws(GraderFault) -> Outcome {
    try GraderFault.sandboxed { () throws(SandboxFault) in
      try wrap(command, policy).run(within: .seconds(deadline))
    }
  }
}

extension Child {
  /// Waits for the end, or kills the program when the deadline has passed.
  consuming func end(by deadline: SuspendingClock.Instant) throws(GraderFault) -> Outcome {
    do throws(SandboxFault) {
      return try wait(until: deadline)
    } catch {
      throw GraderFault(sandbox: error)
    }
  }
}

extension GraderFault {
  /// Runs code of the sandbox; its failure becomes one of ours.
  static func sandboxed<Value: ~Copyable>(
    _ body: () throws(SandboxFault) -> Value
  ) throws(GraderFault) -> Value {
    do throws(SandboxFault) {
      return try body()
    } catch {
      throw GraderFault(sandbox: error)
    }
  }

  /// A failure of the sandbox, which says nothing about the program in it.
  init(sandbox fault: SandboxFault) { self.init(.sandbox(fault)) }
}
