/// Puts commands behind the launcher.
public struct Jail: Sendable {
  /// Path of `grader-jail`.
  public let launcher: String
  /// How strong the jail is.
  public let level: JailLevel

  /// A jail of a level that is known to work here.
  public init(launcher: String, level: JailLevel) {
    self.launcher = launcher
    self.level = level
  }

  /// Puts the launcher in front of a command. Decides nothing at run time and touches nothing.
  public func wrap(_ command: Command, _ policy: JailPolicy) -> JailedCommand {
    JailedCommand(
      launcher: launcher,
      arguments: launcherFlags(command, policy) + ["--", command.executable] + command.arguments,
      command: command)
  }

  private func launcherFlags(_ command: Command, _ policy: JailPolicy) -> [String] {
    let last = 2 + command.passedDescriptors.count
    let isJailed = level > .unjailed && !policy.isTrusted
    var flags = ["--directory", command.workingDirectory]
    flags += ["--keep", "\(last)", "--status", "\(last + 1)", "--lifeline", "\(last + 2)"]
    flags += ["--filter", isJailed ? policy.filter.rawValue : "none"]
    flags += ["--landlock", isJailed ? "required" : "off"]
    if isJailed {
      flags += ["--execute", command.executable]
      flags += policy.executable.flatMap { ["--execute", $0] }
      flags += policy.readable.flatMap { ["--read", $0] }
      flags += policy.writable.flatMap { ["--write", $0] }
    }
    return flags + policy.limits.flags
  }
}

extension Limits {
  fileprivate var flags: [String] {
    let values = [
      ("--cpu", cpuSeconds), ("--address-space", addressSpaceBytes),
      ("--file-size", fileSizeBytes), ("--descriptors", descriptors), ("--stack", stackBytes),
    ]
    return values.flatMap { flag, value in value.map { [flag, "\($0)"] } ?? [] }
  }
}
