import GraderCore
import Foundation
import Sandbox

extension Jail {
  /// Starts a program in the jail.
  func start(_ command: Command, policy: JailPolicy) throws(GraderFault) -> Child {
    do throws(SandboxFault) {
      return try wrap(command, policy).spawn()
    } catch {
      throw GraderFault(sandbox: error)
    }
  }

  /// Runs a program in the jail to its end, or kills it after so many seconds.
  func demand(
    _ command: Command,
    policy: JailPolicy,
    deadline: Double
  ) throws(GraderFault) -> Outcome {
    do throws(SandboxFault) {
      return try wrap(command, policy).run(within: .seconds(deadline))
    } catch {
      throw GraderFault(sandbox: error)
    }
  }
}

extension GraderFault {
  /// A failure of the sandbox, which says nothing about the program in it.
  init(sandbox fault: SandboxFault) {
    switch fault {
    case .system(let call, let code):
      self.init(
        .temporary,
        "The jail could not start: \(call): \(String(cString: strerror(code)))."
      )
    case .launcherBroke(let reason):
      self.init(
        .broken,
        "The jail could not be closed: \(reason).",
        remedy: "Run `grader doctor` to see what this machine can enforce."
      )
    case .launcherVanished(let reason):
      self.init(.temporary, "The jail's launcher ended on its own: \(reason).")
    case .unavailable(let level):
      self.init(
        .unavailable,
        "This machine offers no jail of level \(level.rawValue).",
        remedy: "Run `grader doctor` to see what is missing."
      )
    }
  }
}
