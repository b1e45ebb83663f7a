import GraderCore

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
