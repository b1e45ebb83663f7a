import FuzzTargets
import Glibc
import GraderCore

@testable import ArchiveReading

extension FuzzTarget {
  /// An archive, as it lies before the reader; what the reader answers, the grader understands.
  static let archive = FuzzTarget(name: "archive") { bytes in
    ArchiveFiles.shared.put(bytes)
    guard let file = PackedFile(),
      let request = ReaderRequest(
        text: ReaderRequest(assignments.map(\.handIn), limits: limits).text
      )
    else { fatalError("the archive cannot be read here") }
    let meter = Meter(limits, packedBytes: file.size)
    var recorder = Recorder(request, packedBytes: file.size)
    do throws(ReadFailure) {
      try read(file, meter, into: &recorder)
      recorder.finish(nil, streamedBytes: meter.streamedBytes)
    } catch {
      recorder.finish(error, streamedBytes: meter.streamedBytes)
    }
    do throws(ListingError) {
      judge(try ArchiveListing(decoding: ArchiveFiles.shared.answer(), limits: limits))
    } catch {
      promise(false, "the grader understands its reader: \(error)")
    }
  }

  /// The same as the grader's, but for what would only take time.
  private static var limits: IntakeLimits {
    var limits = IntakeLimits()
    (limits.streamedBytes, limits.freeBytes, limits.entries) = (4 << 20, 1 << 20, 500)
    return limits
  }

  /// What the reader's `main` does once it has its request.
  private static func read(
    _ file: PackedFile,
    _ meter: Meter,
    into recorder: inout Recorder
  ) throws(ReadFailure) {
    let names = NameDecoder()
    guard file.size > 0 else { throw .empty }
    let kind = FileKind(head: file.read(512, at: 0))
    if kind == .zip {
      recorder.begin(ArchiveLayout(.zip, .none))
      return try ZipReader(file: file, names: names, meter: meter).read(into: &recorder)
    }
    guard let compression = ArchiveLayout.Compression(tarOf: kind) else {
      throw .notAnArchive(kind, inside: .none)
    }
    let source = TarSource(compression.stream(of: file), meter)
    let head = try source.peek()
    guard !head.isEmpty else { throw .empty }
    guard FileKind(head: head) == .tar else {
      throw .notAnArchive(FileKind(head: head), inside: compression)
    }
    recorder.begin(ArchiveLayout(.tar, compression))
    try TarReader(source, names: names).read(into: &recorder)
  }
}

/// Files in memory in the places of standard input and output, where the reader looks.
private final class ArchiveFiles: Sendable {
  static let shared = ArchiveFiles()

  private init() {
    setlocale(LC_CTYPE, "C.UTF-8")
    for descriptor: CInt in [0, 1] {
      let path = "/dev/shm/chainrule-fuzz.\(getpid()).\(descriptor)"
      let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard file >= 0, unlink(path) == 0, dup2(file, descriptor) == descriptor else {
        fatalError("no file can be made in /dev/shm")
      }
      close(file)
    }
  }

  /// Puts an archive before the reader, and an empty file for its answer.
  func put(_ bytes: [UInt8]) {
    guard ftruncate(0, 0) == 0, pwrite(0, bytes, bytes.count, 0) == bytes.count,
      ftruncate(1, 0) == 0, lseek(1, 0, SEEK_SET) == 0
    else { fatalError("/dev/shm is full") }
  }

  /// The reader's answer.
  func answer() -> [UInt8] {
    let size = Int(lseek(1, 0, SEEK_END))
    var bytes = [UInt8](repeating: 0, count: size)
    return pread(1, &bytes, size, 0) == size ? bytes : []
  }
}
