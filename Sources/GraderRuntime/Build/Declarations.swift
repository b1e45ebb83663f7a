import Foundation

/// The declarations at the top level of a source, as the compiler's own parser finds them.
///
/// They only say where a file can be taken apart; whether the pieces compile, compiling says.
struct Declarations: Equatable, Sendable {
  /// One declaration, or what the parser takes for one.
  struct Declaration: Equatable, Sendable {
    /// The name without labels; empty if it has none, as an extension.
    let name: String
    /// True for a function.
    let isFunction: Bool
    /// True if other modules see it.
    let isPublic: Bool
    /// Its bytes, with its attributes, and what stands between it and the next declaration.
    let bytes: Range<Int>
    /// The byte behind the brace that opens its body; nil if it has none.
    let body: Int?
    /// Its lines, from 1.
    let lines: ClosedRange<Int>
  }

  /// The declarations in the order of the source; imports are none of them.
  let all: [Declaration]

  /// The source, which the ranges are of.
  private let source: [UInt8]

  /// A source of which nothing is known: it is used whole or not at all.
  init(unreadable source: [UInt8]) {
    (self.source, all) = (source, [])
  }

  /// Reads what `swift-frontend -dump-parse -dump-ast-format json` wrote about a source.
  ///
  /// - Returns: Nil if it is no such dump, or does not fit the source.
  init?(dump: [UInt8], of source: [UInt8]) {
    guard let file = try? JSONDecoder().decode(DumpedFile.self, from: Data(dump)) else {
      return nil
    }
    let pieces = DumpedPiece.all(file.items, in: source)
    guard let pieces else { return nil }
    let lines = LineBreaks(in: source)
    var all: [Declaration] = []
    for (index, piece) in pieces.enumerated() {
      let next = index + 1 < pieces.count ? pieces[index + 1].start : source.count
      let end = Self.end(of: piece, before: next, in: source)
      let stray = Self.stray(behind: piece, before: end, in: source)
      if !piece.isImport { all.append(Declaration(piece, piece.start..<(stray ?? end), lines)) }
      if let stray { all.append(Declaration(stray: stray..<end, lines)) }
    }
    (self.source, self.all) = (source, all)
  }

  /// The source without these declarations: blanks stand in their place, so that all lines keep
  /// their numbers.
  func source(without left: Set<Int>) -> [UInt8] {
    var bytes = source
    for index in left {
      for place in all[index].bytes where !Self.isLineBreak(bytes[place]) {
        bytes[place] = UInt8(ascii: " ")
      }
    }
    return bytes
  }

  /// The end of a piece: where the next begins, unless a directive stands between them, such as
  /// `#endif`, which is no part of it.
  private static func end(of piece: DumpedPiece, before next: Int, in source: [UInt8]) -> Int {
    let gap = source[(piece.lastToken + 1)..<max(next, piece.lastToken + 1)]
    let hasDirective = gap.split(whereSeparator: isLineBreak)
      .contains { $0.first { $0 != UInt8(ascii: " ") && $0 != 9 } == UInt8(ascii: "#") }
    if !hasDirective { return gap.endIndex }
    if source[piece.lastToken] == UInt8(ascii: "}") { return piece.lastToken + 1 }
    return gap.firstIndex(where: isLineBreak) ?? gap.endIndex
  }

  /// The beginning of what the parser passed over behind a piece; nil if only comments are there.
  private static func stray(
    behind piece: DumpedPiece,
    before end: Int,
    in source: [UInt8]
  ) -> Int? {
    // Of another last token only the beginning is known.
    guard source[piece.lastToken] == UInt8(ascii: "}") else { return nil }
    var place = piece.lastToken + 1
    while place < end {
      let rest = source[place..<end]
      if rest.starts(with: "//".utf8) {
        place = rest.firstIndex(where: isLineBreak) ?? end
      } else if rest.starts(with: "/*".utf8) {
        place = rest.dropFirst(2).firstRange(of: Array("*/".utf8))?.upperBound ?? end
      } else if [9, 10, 13, 32, UInt8(ascii: ";")].contains(source[place]) {
        place += 1
      } else {
        return place
      }
    }
    return nil
  }

  private static func isLineBreak(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
}

extension Declarations.Declaration {
  fileprivate init(_ piece: DumpedPiece, _ bytes: Range<Int>, _ lines: LineBreaks) {
    (name, isFunction, isPublic) = (piece.name, piece.isFunction, piece.isPublic)
    (self.bytes, body, self.lines) = (bytes, piece.body, lines.lines(of: bytes))
  }

  /// A stretch of which the parser makes nothing.
  fileprivate init(stray bytes: Range<Int>, _ lines: LineBreaks) {
    (name, isFunction, isPublic) = ("", false, false)
    (self.bytes, body, self.lines) = (bytes, nil, lines.lines(of: bytes))
  }
}

/// The lines of a source.
private struct LineBreaks {
  private let source: [UInt8]
  private let breaks: [Int]

  init(in source: [UInt8]) {
    self.source = source
    breaks = source.indices.filter { source[$0] == 10 }
  }

  /// The lines, from 1, that bytes are on; breaks at their end are no part of them.
  func lines(of bytes: Range<Int>) -> ClosedRange<Int> {
    let last = source[bytes].lastIndex { $0 != 10 && $0 != 13 } ?? bytes.lowerBound
    return line(of: bytes.lowerBound)...line(of: max(last, bytes.lowerBound))
  }

  private func line(of byte: Int) -> Int { 1 + breaks.partitioningIndex { $0 >= byte } }
}

/// A stretch of a source, put together from items of a dump.
private struct DumpedPiece {
  var name: String
  var isFunction: Bool
  var isPublic: Bool
  var isImport: Bool
  /// The first byte, of its attributes too.
  var start: Int
  /// The first byte of its last token.
  var lastToken: Int
  /// The byte behind the brace that opens its body.
  var body: Int?

  /// The stretches in order; an item inside another, as a variable in its `let`, belongs to it.
  ///
  /// - Returns: Nil if they do not fit the source.
  static func all(_ items: [DumpedItem], in source: [UInt8]) -> [DumpedPiece]? {
    let sorted = items.compactMap { item in item.range.map { (item, $0) } }
      .sorted { $0.1.start < $1.1.start }
    var pieces: [DumpedPiece] = []
    for (item, range) in sorted {
      guard let piece = DumpedPiece(item, range, in: source) else { return nil }
      if var last = pieces.last, piece.lastToken <= last.lastToken || piece.start < last.start {
        last.start = min(last.start, piece.start)
        if last.name.isEmpty { last.name = piece.name }
        last.isPublic = last.isPublic || piece.isPublic
        pieces[pieces.count - 1] = last
      } else {
        pieces.append(piece)
      }
    }
    let isInOrder = zip(pieces, pieces.dropFirst()).allSatisfy { $0.lastToken < $1.start }
    return isInOrder ? pieces : nil
  }

  private init?(_ item: DumpedItem, _ range: DumpedItem.Range, in source: [UInt8]) {
    let attributes = item.attrs ?? []
    guard
      var start = ([range] + attributes.compactMap(\.range)).map(\.start).min(), start >= 0,
      range.end >= range.start, range.end < source.count
    else { return nil }
    // Some attributes begin behind their @, and some words in front are none.
    if start > 0, source[start - 1] == UInt8(ascii: "@") { start -= 1 }
    let words = source[..<start].reversed().prefix { Self.isWord($0) }
    let isLineStart = words.count == start || source[start - words.count - 1] == 10
    if isLineStart { start -= words.count }
    (self.start, lastToken) = (start, range.end)
    body = item.body?.range.flatMap { source.indices.contains($0.start) ? $0.start + 1 : nil }
    name = item.name?.baseName?.name ?? ""
    isFunction = item.kind == "func_decl"
    isImport = item.kind == "import_decl"
    isPublic = attributes.contains { ["public", "open"].contains($0.accessLevel) }
  }

  /// True for a letter or a space.
  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}

/// The compiler's dump of a file, as far as it is needed.
private struct DumpedFile: Decodable {
  var items: [DumpedItem]
}

private struct DumpedItem: Decodable {
  struct Range: Decodable {
    var start: Int
    var end: Int
  }

  struct Name: Decodable {
    struct Base: Decodable {
      var name: String
    }

    var baseName: Base?

    enum CodingKeys: String, CodingKey {
      case baseName = "base_name"
    }
  }

  struct Attribute: Decodable {
    var range: Range?
    var accessLevel: String?

    enum CodingKeys: String, CodingKey {
      case range
      case accessLevel = "access_level"
    }
  }

  var kind: String
  var range: Range?
  var name: Name?
  var attrs: [Attribute]?
  var body: Body?

  struct Body: Decodable {
    var range: Range?
  }

  enum CodingKeys: String, CodingKey {
    case kind = "_kind"
    case range, name, attrs, body
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kind = try container.decode(String.self, forKey: .kind)
    range = try? container.decodeIfPresent(Range.self, forKey: .range)
    // Names of some kinds are built otherwise, and are not needed.
    name = try? container.decodeIfPresent(Name.self, forKey: .name)
    attrs = try? container.decodeIfPresent([Attribute].self, forKey: .attrs)
    body = try? container.decodeIfPresent(Body.self, forKey: .body)
  }
}
