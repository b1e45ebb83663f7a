/// The permissions of one kind of program, whatever level of jail holds it.
package struct JailPolicy: Equatable, Sendable {
  /// The system calls that are let through; `grader-jail` holds the lists.
  package enum Filter: String, Sendable, Codable {
    /// Computing and talking over descriptors that were passed; no path, process, socket.
    case compute
    /// The same, and opening files for reading.
    case reader
    /// All but other processes, sockets and changes that Landlock does not see.
    case compiler
    case none
  }

  /// The filter of system calls.
  package var filter: Filter
  /// Paths that may be read, with all that lies beneath.
  package var readable: [String]
  /// Paths that may be read and executed; the command's own executable is one without being named.
  package var executable: [String]
  /// Folders in which files may be made, written and removed; as root they become the run's own.
  package var writable: [String]
  /// The limits of the program.
  package var limits: Limits
  /// True if the program is ours: supervised and limited, but not jailed.
  package var isTrusted: Bool
  /// Defences to leave out, so that tests can show that an attack succeeds without them.
  package var omitted: Set<Defence> = []

  package enum Defence: Sendable {
    case filter, landlock, descriptors, namespaces, user
  }

  /// A policy for untrusted code.
  package init(
    filter: Filter,
    readable: [String] = [],
    executable: [String] = [],
    writable: [String] = [],
    limits: Limits = Limits()
  ) {
    self.filter = filter
    self.readable = readable
    self.executable = executable
    self.writable = writable
    self.limits = limits
    isTrusted = false
  }

  /// For programs of ours: killed with all they started when they end or the grader does.
  package static func trusted(limits: Limits = Limits()) -> JailPolicy {
    var policy = JailPolicy(filter: .none, limits: limits)
    policy.isTrusted = true
    return policy
  }
}
