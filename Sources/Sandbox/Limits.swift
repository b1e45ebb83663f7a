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
