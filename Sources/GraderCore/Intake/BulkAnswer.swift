/// A question to a reader of a class's zip.
///
/// Travels as text on the reader's descriptor 3, in place of a `ReaderRequest`.
package enum BulkRequest: Equatable, Sendable {
  /// The names of all entries.
  case list
  /// The contents of some entries, by their place in the list; ascending.
  case read([Int])

  private static let keyword = "bulk"

  /// The text that `init(text:)` reads.
  package var text: String {
    switch self {
    case .list: "\(Self.keyword) list"
    case .read(let places): "\(Self.keyword) read " + places.map(String.init).joined(separator: " ")
    }
  }

  /// Reads what `text` wrote; nil when it did not.
  package init?(text: String) {
    let words = text.split(separator: " ")
    guard words.count >= 2, words[0] == Self.keyword else { return nil }
    switch words[1] {
    case "list" where words.count == 2: self = .list
    case "read":
      let places = words.dropFirst(2).compactMap { Int($0) }
      guard places.count == words.count - 2 else { return nil }
      self = .read(places)
    default: return nil
    }
  }
}

/// One entry of a class's zip, as its reader tells it; the reader is not trusted.
package struct BulkEntry: Equatable, Sendable {
  /// Its place in the zip's table of contents.
  package var place: Int
  /// Its path; nil if no safe one can be made of its name.
  package var path: RelativePath?
  /// Its name to show.
  package var name: ShownName
  /// The kind of the entry; its content is not looked at yet.
  package var kind: ArchiveEntry.Kind
  /// Its size, unpacked, as the zip declares it.
  package var size: UInt64

  package init(
    place: Int,
    path: RelativePath?,
    name: ShownName,
    kind: ArchiveEntry.Kind,
    size: UInt64
  ) {
    self.place = place
    self.path = path
    self.name = name
    self.kind = kind
    self.size = size
  }
}

/// All that a reader of a class's zip wrote.
package struct BulkAnswer: Equatable, Sendable {
  /// Entries, in the order of the zip.
  package private(set) var entries: [BulkEntry] = []
  /// Contents by the entries' places; nil where the data are damaged.
  package private(set) var contents: [Int: [UInt8]?] = [:]
  /// The reason why reading stopped before the end; nil when it did not.
  package private(set) var failure: ReadFailure?

  /// Each entry's or content's frame begins with one of these.
  private enum Frame: UInt8 {
    case entry = 1
    case content, damaged, failure, end
  }

  /// The bytes with which an answer begins.
  package static let signature = Array("chainrule-bulk-1\n".utf8)

  // MARK: Writing

  package static func frame(_ entry: BulkEntry) -> [UInt8] {
    frame(.entry) {
      $0.append(integer: UInt32(entry.place))
      $0.append(integer: entry.kind.code)
      $0.append(integer: entry.size)
      $0.append(text: entry.path?.string ?? "")
      $0.append(text: entry.name.text)
    }
  }

  /// The frame of an entry's content without the bytes, which follow it.
  package static func frame(contentOf place: Int, count: Int) -> [UInt8] {
    var frame = [Frame.content.rawValue]
    frame.append(integer: UInt32(count + 4))
    frame.append(integer: UInt32(place))
    return frame
  }

  package static func frame(damaged place: Int) -> [UInt8] {
    frame(.damaged) { $0.append(integer: UInt32(place)) }
  }

  package static func frame(_ failure: ReadFailure) -> [UInt8] {
    frame(.failure) { $0 += ListingEncoder.frame(failure) }
  }

  /// The last frame.
  package static var end: [UInt8] { frame(.end) { _ in } }

  private static func frame(_ kind: Frame, _ fill: (inout [UInt8]) -> Void) -> [UInt8] {
    var payload: [UInt8] = []
    fill(&payload)
    var frame = [kind.rawValue]
    frame.append(integer: UInt32(payload.count))
    return frame + payload
  }

  // MARK: Reading

  /// Reads an answer, trusting none of it: every path that comes out is safe.
  package init(decoding bytes: [UInt8]) throws(ListingError) {
    guard bytes.starts(with: Self.signature) else { throw .badSignature }
    var cursor = ListingCursor(bytes[Self.signature.count...])
    var isEnded = false
    while !cursor.isAtEnd {
      guard !isEnded else { throw .surplus }
      let code = try cursor.integer(UInt8.self)
      let length = try cursor.integer(UInt32.self)
      guard let frame = Frame(rawValue: code) else { throw .unknownFrame(code) }
      var payload = ListingCursor(try cursor.take(Int(length)))
      switch frame {
      case .entry: entries.append(try Self.entry(&payload))
      case .content:
        let place = Int(try payload.integer(UInt32.self))
        contents[place] = .some(Array(try payload.take(payload.remaining)))
      case .damaged: contents[Int(try payload.integer(UInt32.self))] = .some(nil)
      case .failure: failure = try Self.failure(try payload.take(payload.remaining))
      case .end: isEnded = true
      }
      guard payload.isAtEnd else { throw .surplus }
    }
    guard isEnded else { throw .cutOff }
  }

  private static func entry(_ payload: inout ListingCursor) throws(ListingError) -> BulkEntry {
    let place = Int(try payload.integer(UInt32.self))
    let code = try payload.integer(UInt8.self)
    guard let kind = ArchiveEntry.Kind.plain.first(where: { $0.code == code }) else {
      throw .badValue
    }
    let size = try payload.integer(UInt64.self)
    let text = try payload.text()
    let path = RelativePath(text)
    guard path != nil || text.isEmpty else { throw .unsafePath }
    guard let name = try payload.name() else { throw .badText }
    return BulkEntry(place: place, path: path, name: name, kind: kind, size: size)
  }

  /// A failure, as a listing of its own holds it.
  private static func failure(_ frame: ArraySlice<UInt8>) throws(ListingError) -> ReadFailure {
    let listing = try ArchiveListing(
      decoding: ListingEncoder.signature + frame + ListingEncoder.frame(ArchiveTotals()),
      limits: IntakeLimits()
    )
    guard let failure = listing.failure else { throw .badValue }
    return failure
  }
}
