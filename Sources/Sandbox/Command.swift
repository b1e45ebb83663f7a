/// A program to run, with everything that reaches it.
package struct Command: Equatable, Sendable {
  /// The standard input of a program.
  package enum Input: Equatable, Sendable {
    case empty
    /// A descriptor of the caller's, who keeps it open until the program has been spawned.
    case descriptor(Int32)
    case bytes([UInt8])
  }

  /// Absolute path; nothing is looked up.
  package var executable: String
  /// The arguments after the program's own name.
  package var arguments: [String]
  /// The whole environment: nothing is inherited.
  package var environment: [String: String]
  /// Absolute path of the folder the program starts in.
  package var workingDirectory: String
  /// The contents of standard input.
  package var standardInput: Input
  /// Descriptors of the caller's that become 3, 4 and so on in the program, in this order.
  package var passedDescriptors: [Int32]
  /// The number of bytes of each output stream that are kept; the rest is read and dropped.
  package var outputCap: Int

  /// Describes a run of `executable`.
  package init(
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
