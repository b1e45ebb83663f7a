/// Section names and global symbols of a 64-bit little-endian ELF object.
///
/// The compiler wrote the bytes, but what it compiled was hostile: every offset is checked.
package struct ObjectFile: Sendable {
  /// A reason why bytes are not such an object.
  package enum Malformed: Error, Equatable, Sendable {
    /// The first bytes are not those of an ELF object for this kind of machine.
    case notAnObject
    /// An offset or a size leads outside the file.
    case outOfBounds
    /// A name is not text.
    case badName
  }

  /// The names of all sections, in the file's order.
  package let sections: [String]
  /// The names that other objects can link to.
  package let definedSymbols: [String]
  /// Those of them that are not hidden from other modules.
  package let exportedSymbols: Set<String>
  /// The names that others have to define.
  package let undefinedSymbols: [String]

  /// Reads an object.
  ///
  /// - Throws: `Malformed`.
  package init(_ bytes: [UInt8]) throws(Malformed) {
    let file = Bytes(bytes)
    guard bytes.count >= 64, bytes[0..<6] == [0x7f, 0x45, 0x4c, 0x46, 2, 1],
      try file.integer(UInt16.self, at: 16) == 1
    else { throw .notAnObject }
    let headers = try SectionHeader.all(in: file)
    let nameIndex = Int(try file.integer(UInt16.self, at: 62))
    guard headers.indices.contains(nameIndex) else { throw .outOfBounds }
    let names = headers[nameIndex]
    var sections: [String] = []
    for header in headers { sections.append(try file.text(in: names, at: header.name)) }
    self.sections = sections

    var symbols: [Symbol] = []
    for table in headers where table.kind == SectionHeader.symbolTable {
      guard headers.indices.contains(table.link) else { throw .outOfBounds }
      symbols += try file.globals(of: table, names: headers[table.link])
    }
    definedSymbols = symbols.filter(\.isDefined).map(\.name)
    exportedSymbols = Set(symbols.filter { $0.isDefined && $0.isVisible }.map(\.name))
    undefinedSymbols = symbols.filter { !$0.isDefined }.map(\.name)
  }

  fileprivate struct Symbol {
    var name: String
    var isDefined, isVisible: Bool
  }

  fileprivate struct SectionHeader {
    static let symbolTable: UInt32 = 2
    static let size = 64

    var name, offset, size, link: Int
    var kind: UInt32

    static func all(in file: Bytes) throws(Malformed) -> [SectionHeader] {
      let start = try file.size(at: 40)
      let count = Int(try file.integer(UInt16.self, at: 60))
      guard try file.integer(UInt16.self, at: 58) == UInt16(size) else { throw .notAnObject }
      var headers: [SectionHeader] = []
      for index in 0..<count {
        let base = start + index * size
        headers.append(
          SectionHeader(
            name: Int(try file.integer(UInt32.self, at: base)),
            offset: try file.size(at: base + 24),
            size: try file.size(at: base + 32),
            link: Int(try file.integer(UInt32.self, at: base + 40)),
            kind: try file.integer(UInt32.self, at: base + 4)
          )
        )
      }
      return headers
    }
  }

  fileprivate struct Bytes {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func integer<Value: FixedWidthInteger>(
      _: Value.Type,
      at offset: Int
    ) throws(Malformed) -> Value {
      let size = Value.bitWidth / 8
      guard offset >= 0, offset <= bytes.count - size else { throw .outOfBounds }
      return (0..<size).reduce(0) { value, index in
        value | Value(truncatingIfNeeded: bytes[offset + index]) << Value(8 * index)
      }
    }

    /// An offset or a size, which lies within the file or near it, so that sums cannot overflow.
    func size(at offset: Int) throws(Malformed) -> Int {
      let value = try integer(UInt64.self, at: offset)
      guard value <= UInt64(UInt32.max) else { throw .outOfBounds }
      return Int(value)
    }

    func text(in table: SectionHeader, at index: Int) throws(Malformed) -> String {
      let start = table.offset + index
      let end = min(table.offset + table.size, bytes.count)
      guard index < table.size, start < end,
        let stop = bytes[start..<end].firstIndex(of: 0)
      else { throw .outOfBounds }
      guard let text = String(validating: bytes[start..<stop], as: UTF8.self) else {
        throw .badName
      }
      return text
    }

    func globals(
      of table: SectionHeader,
      names: SectionHeader
    ) throws(Malformed) -> [Symbol] {
      let entrySize = 24
      var found: [Symbol] = []
      for index in 0..<(table.size / entrySize) {
        let base = table.offset + index * entrySize
        let binding = try integer(UInt8.self, at: base + 4) >> 4
        let visibility = try integer(UInt8.self, at: base + 5) & 3
        let section = try integer(UInt16.self, at: base + 6)
        guard binding != 0 else { continue }
        found.append(
          Symbol(
            name: try text(in: names, at: Int(try integer(UInt32.self, at: base))),
            isDefined: section != 0,
            isVisible: ![1, 2].contains(visibility)  // internal, hidden
          )
        )
      }
      return found
    }
  }
}
