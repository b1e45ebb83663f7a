/// What a program may use; `nil` leaves what the caller has.
public struct Limits: Equatable, Sendable, Codable {
  /// CPU time of the process, all threads together; at the limit comes SIGXCPU.
  public var cpuSeconds: Int?
  /// Address space, which is more than what is resident: a Swift program starts with 128 MiB.
  public var addressSpaceBytes: Int?
  /// Size of any file that is written, not of pipes and sockets; at the limit comes SIGXFSZ.
  public var fileSizeBytes: Int?
  /// Number of open descriptors.
  public var descriptors: Int?
  /// Number of threads; in force where the program has a user or a namespace of its own.
  public var threads: Int?
  /// Size of the main thread's stack.
  public var stackBytes: Int?

  /// Limits with those given, and none for the rest.
  public init(
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
