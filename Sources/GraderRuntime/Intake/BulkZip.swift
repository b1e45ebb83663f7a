import Foundation
package import GraderCore
import Sandbox

/// The zip that a learning system makes of a class's hand-ins; only the jailed reader looks inside.
package struct BulkZip {
  /// The zip.
  package let path: String
  /// Its entries, folders left out.
  package let entries: [BulkEntry]
  private let machine: Machine

  /// As much content as is asked for at once, in bytes; a single larger file comes alone.
  private static let chunkBytes: UInt64 = 8 << 20
  private static let chunkFiles = 10_000

  /// Reads the zip's table of contents.
  ///
  /// - Throws: `GraderFault` when it cannot be read; that is no student's fault.
  package init(_ path: String, machine: Machine) throws(GraderFault) {
    self.path = path
    self.machine = machine
    let answer = try Self.ask(.list, path: path, machine: machine, outputCap: 512 << 20)
    if let failure = answer.failure { throw Self.fault(failure, path) }
    entries = answer.entries
    if !entries.isEmpty, entries.allSatisfy({ $0.kind == .encrypted }) {
      throw Self.fault(.encrypted, path)
    }
  }

  /// Hands out the contents of some entries, in the order of the zip.
  ///
  /// Little more than one of them is in memory at any time. Content is nil where it is damaged.
  package func read(
    _ wanted: some Sequence<BulkEntry>,
    _ body: (BulkEntry, [UInt8]?) throws(GraderFault) -> Void
  ) throws(GraderFault) {
    for chunk in Self.chunks(of: wanted.sorted { $0.place < $1.place }) {
      let bytes = chunk.reduce(0) { $0 + Int($1.size) }
      let answer = try Self.ask(
        .read(chunk.map(\.place)),
        path: path,
        machine: machine,
        outputCap: bytes + 64 * chunk.count + (1 << 16)
      )
      if let failure = answer.failure { throw Self.fault(failure, path) }
      for entry in chunk { try body(entry, answer.contents[entry.place] ?? nil) }
    }
  }

  private static func chunks(of entries: [BulkEntry]) -> [[BulkEntry]] {
    var chunks: [[BulkEntry]] = []
    var bytes: UInt64 = 0
    for entry in entries {
      bytes += entry.size
      if let last = chunks.last, bytes <= chunkBytes, last.count < chunkFiles {
        chunks[chunks.count - 1].append(entry)
      } else {
        chunks.append([entry])
        bytes = entry.size
      }
    }
    return chunks
  }

  // MARK: The reader

  /// Seconds of wall time that one question may take.
  private static let wallSeconds = 120.0

  private static func ask(
    _ request: BulkRequest,
    path: String,
    machine: Machine,
    outputCap: Int
  ) throws(GraderFault) -> BulkAnswer {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw GraderFault(.usage, "Cannot open \(path): \(String(cString: strerror(errno))).")
    }
    defer { close(descriptor) }
    let rules = try PrivateFile(Array(request.text.utf8))
    var policy = IntakeStep.policy
    policy.limits.addressSpaceBytes = 2 << 30
    policy.limits.cpuSeconds = 60
    let outcome = try machine.jail.demand(
      Command(
        executable: machine.intakeReader,
        environment: ["LC_ALL": "C.UTF-8"],
        standardInput: .descriptor(descriptor),
        passedDescriptors: [rules.descriptor],
        outputCap: outputCap
      ),
      policy: policy,
      deadline: wallSeconds
    )
    guard case .exited(0) = outcome.ending, !outcome.stoppedByDeadline else {
      throw GraderFault(
        .broken,
        "The reader of archives gave up on \(path).",
        remedy: "Unpack it by hand and name the folder."
      )
    }
    do {
      return try BulkAnswer(decoding: outcome.standardOutput.bytes)
    } catch {
      throw GraderFault(
        .broken,
        "The answer about \(path) was not understood (\(error)).",
        remedy: "Unpack it by hand and name the folder."
      )
    }
  }

  private static func fault(_ failure: ReadFailure, _ path: String) -> GraderFault {
    let name = (path as NSString).lastPathComponent
    if case .encrypted = failure {
      return GraderFault(
        .usage,
        "\(name) is encrypted.",
        remedy: "Unpack it with its password, and name the folder."
      )
    }
    return GraderFault(
      .usage,
      "\(name) is no zip of hand-ins: \(IntakeText.staff(.unreadable(failure)))",
      remedy: "Name the zip as the learning system gave it, or a folder."
    )
  }
}
