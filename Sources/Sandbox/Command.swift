/// A program to run, with everything that reaches it.
public struct Command: Equatable, Sendable {
  /// What the program finds on its standard input.
  public enum Input: Equatable, Sendable {
    case empty
    /// A descriptor of the caller's, who keeps it open until the program has been spawned.
    case descriptor(Int32)
    case bytes([UInt8])
  }

  /// Absolute path; nothing is looked up.
  public var executable: String
  /// The arguments after the program's own name.
  public var arguments: [String]
  /// The whole environment: nothing is inherited.
  public var environment: [String: String]
  /// Absolute path of the folder the program starts in.
  public var workingDirectory: String
  /// What standard input holds.
  public var standardInput: Input
  /// Descriptors of the caller's that become 3, 4 and so on in the program, in this order.
  public var passedDescriptors: [Int32]
  /// How many bytes of each output stream are kept; the rest is read and dropped.
  public var outputCap: Int

  /// Describes a run of `executable`.
  public init(
    executable: String,
    arguments: [String] = [],
    environment: [String: String] = [:],
    workingDirectory: String = "/",
    standardInput: Input = .empty,
    passedDescriptors: [Int32] = [],
    outputCap: Int = 64 * 1024
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.standardInput = standardInput
    self.passedDescriptors = passedDescriptors
    self.outputCap = outputCap
  }
}
