// Reads an archive from standard input and tells on standard output what is in it.
//
// Meant to run in a jail: it opens nothing, and what it writes is trusted by nobody. On descriptor
// 3 it reads the text of a `ReaderRequest`; the answer is what `ArchiveListing` decodes. A
// `BulkRequest` asks for a class's zip instead, and `BulkAnswer` decodes the answer. There are no
// arguments, because Swift can only read them where there is a `/proc`.

import Glibc
import GraderCore

guard let file = PackedFile() else {
  stop(status: EX_USAGE, "standard input must be a regular file")
}
// In the C locale libarchive has no name for a path that is not ASCII.
guard setlocale(LC_CTYPE, "C.UTF-8") != nil else {
  stop(status: EX_UNAVAILABLE, "the locale C.UTF-8 is missing")
}

let requestText = readText(from: 3)
if let bulkRequest = BulkRequest(text: requestText) {
  let limits = BulkReader.limits
  let meter = Meter(limits, packedBytes: file.size)
  BulkReader(file: file, names: NameDecoder(), meter: meter, limits: limits).answer(bulkRequest)
  exit(0)
}
guard let request = ReaderRequest(text: requestText) else {
  stop(status: EX_USAGE, "descriptor 3 must say what to look for, as the grader writes it")
}

let meter = Meter(request.limits, packedBytes: file.size)
var recorder = Recorder(request, packedBytes: file.size)
do throws(ReadFailure) {
  try readArchive(file, names: NameDecoder(), meter, into: &recorder)
  recorder.finish(nil, streamedBytes: meter.streamedBytes)
} catch {
  recorder.finish(error.during(recorder.current), streamedBytes: meter.streamedBytes)
}

/// Recognizes the archive by its content and reads it to its end.
func readArchive(
  _ file: PackedFile,
  names: NameDecoder,
  _ meter: Meter,
  into recorder: inout Recorder
) throws(ReadFailure) {
  guard file.size > 0 else { throw .empty }
  guard file.size <= recorder.limits.packedBytes else {
    throw .limit(.packedBytes, maximum: recorder.limits.packedBytes)
  }
  let kind = FileKind(head: file.read(512, at: 0))
  if kind == .zip {
    recorder.begin(ArchiveLayout(.zip, .none))
    try ZipReader(file: file, names: names, meter: meter).read(into: &recorder)
  } else if let compression = ArchiveLayout.Compression(tarOf: kind) {
    try readTar(file, compression, names, meter, into: &recorder)
  } else {
    throw .notAnArchive(kind, inside: .none)
  }
}

private func readTar(
  _ file: PackedFile,
  _ compression: ArchiveLayout.Compression,
  _ names: NameDecoder,
  _ meter: Meter,
  into recorder: inout Recorder
) throws(ReadFailure) {
  let source = TarSource(compression.stream(of: file), meter)
  let head = try source.peek()
  guard !head.isEmpty else { throw .empty }
  let kind = FileKind(head: head)
  guard kind == .tar else { throw .notAnArchive(kind, inside: compression) }
  recorder.begin(ArchiveLayout(.tar, compression))
  try TarReader(source, names: names).read(into: &recorder)
}

extension ReadFailure {
  /// The same failure, with the entry that was being read.
  func during(_ entry: ShownName?) -> ReadFailure {
    switch self {
    case .truncated: .truncated(during: entry)
    case .damaged(let detail, _): .damaged(detail, during: entry)
    default: self
    }
  }
}
