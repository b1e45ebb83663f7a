extension ArchiveListing {
  /// Reads an answer of the reader, trusting none of it.
  ///
  /// Whatever the bytes are, this neither traps nor holds more memory than a small multiple of
  /// them; every path that comes out is safe.
  package init(decoding bytes: [UInt8], limits: IntakeLimits) throws(ListingError) {
    var decoder = ListingDecoder(limits: limits)
    try decoder.decode(bytes)
    self = decoder.listing
  }
}

private struct ListingDecoder {
  let limits: IntakeLimits
  var listing = ArchiveListing()
  private var contentBytes: UInt64 = 0
  private var isFirst = true
  private var isEnded = false

  private static let maximumNotes = 64

  init(limits: IntakeLimits) { self.limits = limits }

  mutating func decode(_ bytes: [UInt8]) throws(ListingError) {
    guard UInt64(bytes.count) <= limits.listingBytes else { throw .tooMuch }
    guard bytes.starts(with: ListingFrame.signature) else { throw .badSignature }
    var cursor = ListingCursor(bytes.dropFirst(ListingFrame.signature.count))
    while !cursor.isAtEnd {
      guard !isEnded else { throw .surplus }
      let code = try cursor.integer(UInt8.self)
      let length = try cursor.integer(UInt32.self)
      var payload = ListingCursor(try cursor.take(Int(length)))
      guard let frame = ListingFrame(rawValue: code) else { throw .unknownFrame(code) }
      try decode(frame, &payload)
      guard payload.isAtEnd else { throw .surplus }
      isFirst = false
    }
    guard isEnded else { throw .cutOff }
  }

  private mutating func decode(
    _ frame: ListingFrame,
    _ payload: inout ListingCursor
  ) throws(ListingError) {
    switch frame {
    case .layout:
      guard isFirst else { throw .misplacedFrame(frame.rawValue) }
      listing.layout = ArchiveLayout(try payload.value(), try payload.value())
    case .entry: try decodeEntry(&payload)
    case .ignored: try decodeIgnored(&payload)
    case .note:
      guard listing.notes.count < Self.maximumNotes else { throw .tooMuch }
      listing.notes.append(try note(&payload))
    case .failure:
      guard listing.failure == nil else { throw .misplacedFrame(frame.rawValue) }
      listing.failure = try failure(&payload)
    case .end:
      listing.totals.packedBytes = try payload.integer()
      listing.totals.streamedBytes = try payload.integer()
      listing.totals.entries = try payload.integer()
      listing.totals.folders = try payload.integer()
      isEnded = true
    }
  }

  private mutating func decodeEntry(_ payload: inout ListingCursor) throws(ListingError) {
    let count = UInt64(listing.candidates.count)
    guard count < limits.candidateFiles + limits.strayFiles else { throw .tooMuch }
    let code = try payload.integer(UInt8.self)
    let origin = EntryName.Origin(rawValue: try payload.integer())
    guard origin.isSubset(of: .all) else { throw .badValue }
    let size = try payload.integer(UInt64.self)
    guard let path = RelativePath(try payload.text()) else { throw .unsafePath }
    let kind = try kind(code, &payload)
    let content = try payload.take(payload.remaining)
    contentBytes += UInt64(content.count)
    guard kind == .regular || content.isEmpty else { throw .surplus }
    guard content.count <= limits.keptFileBytes,
      contentBytes <= limits.candidateBytes + limits.strayBytes
    else { throw .tooMuch }
    listing.candidates.append(
      ArchiveEntry(path: path, origin: origin, kind: kind, size: size, content: Array(content))
    )
  }

  private func kind(
    _ code: UInt8,
    _ payload: inout ListingCursor
  ) throws(ListingError) -> ArchiveEntry.Kind {
    if let kind = ArchiveEntry.Kind.plain.first(where: { $0.code == code }) { return kind }
    let other = try payload.nonemptyName()
    guard code == ArchiveEntry.Kind.misnamed(other).code else { throw .badValue }
    return .misnamed(other)
  }

  private mutating func decodeIgnored(_ payload: inout ListingCursor) throws(ListingError) {
    let reason = try payload.value(IgnoredReason.self)
    guard listing.ignored[reason] == nil else {
      throw .misplacedFrame(ListingFrame.ignored.rawValue)
    }
    let count = try payload.integer(UInt64.self)
    var examples: [ShownName] = []
    while !payload.isAtEnd {
      guard examples.count < IgnoredEntries.maximumExamples else { throw .tooMuch }
      examples.append(try payload.nonemptyName())
    }
    guard count >= UInt64(examples.count), count <= UInt64(UInt32.max) else { throw .badValue }
    listing.ignored[reason] = IgnoredEntries(count: count, examples: examples)
  }

  private func note(_ payload: inout ListingCursor) throws(ListingError) -> ArchiveNote {
    switch try payload.integer(UInt8.self) {
    case 0: .trailingData(bytes: try payload.integer())
    case 1: .endMarkerMissing
    case 2:
      .warning(
        entry: try payload.nonemptyName(),
        text: try payload.nonemptyName()
      )
    case 3:
      .namesDisagree(
        directory: try payload.nonemptyName(),
        entry: try payload.nonemptyName()
      )
    case 4: .overlappingEntries(count: try payload.integer())
    default: throw .badValue
    }
  }

  private func failure(_ payload: inout ListingCursor) throws(ListingError) -> ReadFailure {
    switch try payload.integer(UInt8.self) {
    case 0: .empty
    case 1: .notAnArchive(try payload.value(), inside: try payload.value())
    case 2: .truncated(during: try payload.name())
    case 3: .damaged(try payload.nonemptyName(), during: try payload.name())
    case 4: .encrypted
    case 5: .limit(try payload.value(), maximum: try payload.integer())
    default: throw .badValue
    }
  }
}

extension ListingCursor {
  fileprivate mutating func nonemptyName() throws(ListingError) -> ShownName {
    guard let name = try name() else { throw .badText }
    return name
  }
}

/// The reason why an answer of the reader was not understood.
package enum ListingError: Error, Equatable {
  case badSignature
  /// The answer stops inside a frame, or without the last one.
  case cutOff
  case unknownFrame(UInt8)
  /// A frame that is not allowed there, or more than once.
  case misplacedFrame(UInt8)
  case badValue
  case badText
  /// A path that would leave its folder, or two for one entry.
  case unsafePath
  /// More than an honest reader sends.
  case tooMuch
  /// Bytes are left in a frame, or after the last one.
  case surplus
}

/// A place in bytes that cannot be left: each read is checked against what is there.
struct ListingCursor {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The number of bytes that are left.
  var remaining: Int { rest.count }

  /// The next bytes, without copying them.
  mutating func take(_ count: Int) throws(ListingError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw .cutOff }
    let taken = rest.prefix(count)
    rest = rest.dropFirst(count)
    return taken
  }

  mutating func integer<T: FixedWidthInteger & UnsignedInteger>(
    _ type: T.Type = T.self
  ) throws(ListingError) -> T {
    try take(T.bitWidth / 8).reversed().reduce(0) { $0 << 8 | T(truncatingIfNeeded: $1) }
  }

  mutating func text() throws(ListingError) -> String {
    let count = try integer(UInt16.self)
    guard let text = String(validating: try take(Int(count)), as: UTF8.self) else {
      throw .badText
    }
    return text
  }

  /// A text to show; absent when it is empty.
  mutating func name() throws(ListingError) -> ShownName? {
    let text = try text()
    return text.isEmpty ? nil : ShownName(text)
  }

  mutating func value<T: RawRepresentable>(
    _ type: T.Type = T.self
  ) throws(ListingError) -> T where T.RawValue == UInt8 {
    guard let value = T(rawValue: try integer()) else { throw .badValue }
    return value
  }
}
