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

/// The limits of a program; `nil` leaves those of the caller.
package struct Limits: Equatable, Sendable, Codable {
  /// CPU time of the process, all threads together; at the limit comes SIGXCPU.
  package var cpuSeconds: Int?
  /// Address space, which is more than what is resident: a Swift program starts with 128 MiB.
  package var addressSpaceBytes: Int?
  /// Size of any file that is written, not of pipes and sockets; at the limit comes SIGXFSZ.
  package var fileSizeBytes: Int?
  /// Number of open descriptors.
  package var descriptors: Int?
  /// Number of threads; in force where the program has a user or a namespace of its own.
  package var threads: Int?
  /// Size of the main thread's stack.
  package var stackBytes: Int?

  /// Limits with those given, and none for the rest.
  package init(
    cpuSeconds: Int? = nil,
    addressSpaceBytes: Int? = nil,
    fileSizeBytes: Int? = nil,
    descriptors: Int? = nil,
    threads: Int? = nil,
    stackBytes: Int? = nil
  ) {
    self.cpuSeconds = cpuSeconds
    self.addressSpaceBytes = addressSpaceBytes
    self.fileSizeBytes = fileSizeBytes
    self.descriptors = descriptors
    self.threads = threads
    self.stackBytes = stackBytes
  }
}
