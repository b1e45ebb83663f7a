import Foundation
import GraderCore
import Sandbox

/// Starts the reader of archives, which alone looks into what students packed, in the jail.
struct ArchiveReader: Sendable {
  let machine: Machine

  /// The time and memory that the answer to one question may take.
  struct Allowance {
    var cpuSeconds: Int
    var wallSeconds: Double
    var addressSpaceBytes: Int

    /// For one student's archive.
    static let archive = Allowance(cpuSeconds: 20, wallSeconds: 60, addressSpaceBytes: 1 << 30)
    /// For the zip of a class.
    static let bulk = Allowance(cpuSeconds: 60, wallSeconds: 120, addressSpaceBytes: 2 << 30)
  }

  /// Puts a question about a file, and says how the reader ended and what it wrote.
  ///
  /// At most `outputCap` bytes of the answer are kept.
  func ask(
    _ request: String,
    about file: borrowing Descriptor,
    outputCap: Int,
    within allowance: Allowance
  ) throws(GraderFault) -> Outcome {
    lseek(file.number, 0, SEEK_SET)
    let rules = try PrivateFile(Array(request.utf8))
    return try machine.jail.demand(
      Command(
        executable: machine.intakeReader,
        environment: ["LC_ALL": "C.UTF-8"],
        standardInput: .descriptor(file.number),
        passedDescriptors: [rules.descriptor],
        outputCap: outputCap
      ),
      policy: Self.policy(allowance),
      deadline: allowance.wallSeconds
    )
  }

  private static func policy(_ allowance: Allowance) -> JailPolicy {
    JailPolicy(
      filter: .reader,
      executable: ["/usr/lib", "/lib", "/lib64", "/usr/lib64", "/etc/ld.so.cache"]
        .filter(Files.exists),
      limits: Limits(
        cpuSeconds: allowance.cpuSeconds,
        addressSpaceBytes: allowance.addressSpaceBytes,
        fileSizeBytes: 0,
        descriptors: 32
      )
    )
  }
}

extension ReaderEnd {
  init(_ outcome: Outcome) {
    switch outcome.ending {
    case _ where outcome.stoppedByDeadline: self = .wallClock
    case .signaled(SIGXCPU): self = .processorTime
    case .signaled(let signal): self = .signalled(signal)
    case .exited(let code): self = .exited(code)
    }
  }
}
