package import ClassCore
import Foundation
import GradeFormats
import GraderCore
package import GraderRuntime
import Synchronization

/// The file of one attempt at a shard: lines that are only ever added, each with its own checksum.
///
/// No other process ever writes to it. Who reads it stops at the first line that is not whole,
/// which a killed writer or a full disk may leave.
package final class AttemptFile: Sendable {
  /// Its path.
  package let path: String
  private let descriptor: Int32
  private let isTorn = Mutex(false)

  /// A new file in a folder; nobody else makes one of that name.
  package init(_ name: String, in folder: PrivateFolder) throws(GraderFault) {
    path = "\(folder.path)/\(name).\(Self.ending)"
    descriptor = open(
      path,
      O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC,
      folder.access.fileMode
    )
    guard descriptor >= 0 else { throw GraderFault(.cannot(.write, path, .last)) }
  }

  deinit { close(descriptor) }

  /// Adds a line, and waits until it is on the disk where that matters.
  ///
  /// After a failure nothing more is written: behind half a line nobody would read it.
  package func add(_ record: AttemptRecord) throws(GraderFault) {
    let json: String
    do {
      json = try JSONText.compact(record)
    } catch {
      throw GraderFault(.broken, "A record cannot be written as JSON: \(error)")
    }
    let line = Array("\(Self.sum(of: json)) \(json)\n".utf8)
    try isTorn.withLock { isTorn throws(GraderFault) in
      guard !isTorn else { throw GraderFault(.temporary, "\(path) is only half written.") }
      guard Files.writeAll(line, to: descriptor), record.isPassing || fsync(descriptor) == 0 else {
        isTorn = true
        throw GraderFault(.cannot(.write, path, .last))
      }
    }
  }

  // MARK: Reading

  private static let ending = "jsonl"

  /// The names of all attempts in a folder, sorted.
  package static func names(in folder: String) -> [String] {
    Files.names(in: folder).filter { $0.hasSuffix(".\(ending)") && !$0.hasPrefix(".") }
  }

  /// The whole lines at the beginning of a file; none of one that cannot be read.
  package static func records(at path: String) -> [AttemptRecord] {
    guard let bytes = try? Files.read(path) else { return [] }
    return records(in: bytes)
  }

  /// The whole lines at the beginning of some bytes.
  package static func records(in bytes: [UInt8]) -> [AttemptRecord] {
    var records: [AttemptRecord] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")), let record = record(rest[..<end]) {
      records.append(record)
      rest = rest[(end + 1)...]
    }
    return records
  }

  private static func record(_ line: ArraySlice<UInt8>) -> AttemptRecord? {
    let text = String(decoding: line, as: UTF8.self)
    guard let blank = text.firstIndex(of: " ") else { return nil }
    let json = String(text[text.index(after: blank)...])
    guard text[..<blank] == sum(of: json) else { return nil }
    return try? JSONText.value(of: json)
  }

  private static func sum(of json: String) -> String {
    String(Digest.hex(of: Array(json.utf8)).prefix(16))
  }
}

extension AttemptRecord {
  /// True if the loss of it with a machine loses no work.
  fileprivate var isPassing: Bool {
    switch self {
    case .opened, .started: true
    case .graded, .failed, .refused, .ended: false
    }
  }
}

extension Grade {
  /// The digest of what two machines must agree on: verdicts and points, not words and times.
  var verdictDigest: String {
    var digest = Digest()
    digest.add(field: "verdict/1")
    digest.add(field: status.rawValue)
    digest.add(field: "\(score.hundredths) \(maxScore?.hundredths ?? -1)")
    digest.add(field: "\(pendingPoints.hundredths)")
    for test in tests {
      digest.add(field: "\(test.id) \(test.status.rawValue) \(test.score.hundredths)")
      digest.add(field: "\(test.maxScore.hundredths)")
    }
    return digest.hex()
  }
}
