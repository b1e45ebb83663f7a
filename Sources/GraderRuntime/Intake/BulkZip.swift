import Foundation
package import GraderCore
import Sandbox

/// The zip that a learning system makes of a class's hand-ins; only the jailed reader looks inside.
///
/// It is opened once: its table of contents and its contents are of one file.
package final class BulkZip: Sendable {
  /// The zip.
  package let path: String
  /// Its entries, folders left out.
  package let entries: [BulkEntry]
  private let file: Descriptor
  private let reader: ArchiveReader

  /// As much content as is asked for at once, in bytes; a single larger file comes alone.
  private static let chunkBytes: UInt64 = 8 << 20
  private static let chunkFiles = 10_000

  /// Reads the zip's table of contents.
  ///
  /// - Throws: `GraderFault` when it cannot be read; that is no student's fault.
  package init(_ path: String, machine: Machine) throws(GraderFault) {
    self.path = path
    file = try Descriptor.opened(path)
    reader = ArchiveReader(machine: machine)
    let answer = try Self.ask(.list, about: file, path, by: reader, outputCap: 512 << 20)
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
        about: file,
        path,
        by: reader,
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

  private static func ask(
    _ request: BulkRequest,
    about file: borrowing Descriptor,
    _ path: String,
    by reader: ArchiveReader,
    outputCap: Int
  ) throws(GraderFault) -> BulkAnswer {
    let outcome = try reader.ask(
      request.text,
      about: file,
      outputCap: outputCap,
      within: .bulk
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
