import Foundation
import GraderCore
import Sandbox

/// Runs of untrusted programs, whose ends are believed only where nothing else had a hand in them.
enum Undisturbed {
  /// Runs go on side by side, but for those that have to be alone.
  private static let runs = DispatchQueue(label: "runs", attributes: .concurrent)

  /// Runs a program, and runs it again, alone, where something else may have ended it.
  ///
  /// - Parameters:
  ///   - program: The beginning of a sentence about it.
  ///   - attempt: Runs it once. It must not run another this way.
  /// - Returns: The result of the run that counts.
  /// - Throws: A fault when something else ended it twice.
  static func run<Value>(
    _ program: String,
    _ attempt: () throws(GraderFault) -> (Value, RunFacts)
  ) throws(GraderFault) -> Value {
    var attempts = Attempts()
    var flags: DispatchWorkItemFlags = []
    while true {
      let result = runs.sync(flags: flags) { Result { () throws(GraderFault) in try attempt() } }
      switch attempts.decision(after: try cause(of: result)) {
      case .stands: return try result.get().0
      case .again: flags = .barrier
      case .withheld(let disturbance): throw GraderFault(.disturbed(program, disturbance))
      }
    }
  }

  /// Whoever kills the launcher kills the program.
  private static func cause<Value>(
    of result: Result<(Value, RunFacts), GraderFault>
  ) throws(GraderFault) -> Cause {
    if case .failure(let fault) = result, case .sandbox(.launcherKilled) = fault.fact {
      return .disturbed(.killed)
    }
    return try result.get().1.cause
  }
}

extension Jail {
  /// Runs a program in the jail to its own end, or kills it when it waited for too long.
  ///
  /// - Parameters:
  ///   - command: The program.
  ///   - policy: What it may do.
  ///   - allowance: The limits of the policy, and of its waiting.
  ///   - program: The beginning of a sentence about it.
  ///   - cleanUp: Removes what a run left behind, where the program has to run again.
  /// - Returns: Its end, in which nothing else had a hand.
  /// - Throws: A fault when something else ended it twice, or the jail broke.
  func demand(
    _ command: Command,
    policy: JailPolicy,
    allowance: Watch.Allowance,
    program: String,
    cleanUp: () throws(GraderFault) -> Void = {}
  ) throws(GraderFault) -> Outcome {
    var isFirst = true
    return try Undisturbed.run(program) { () throws(GraderFault) in
      if !isFirst { try cleanUp() }
      isFirst = false
      let child = try start(command, policy: policy)
      var watch = Watch(ProcessWatch(child.processIdentifier), allowance: allowance)
      _ = watch.waits { child.hasEnded(by: $0) }
      let outcome = try child.end(by: .now)
      let end = outcome.stoppedByDeadline ? .stoppedAtDeadline : TestRecord.End(outcome.ending)
      return (outcome, watch.facts(of: outcome, end: end))
    }
  }
}
