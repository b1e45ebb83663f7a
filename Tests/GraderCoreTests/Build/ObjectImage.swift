/// An object as a compiler might write it, made from names alone.
struct ObjectImage {
  /// Sections besides those that every object has.
  var sections: [String] = []
  /// Global symbols, each with the section that defines it; 0 for one that is only used.
  var symbols: [(name: String, section: UInt16)] = []
  /// The binding of all symbols: 1 is global, 2 weak, 0 local.
  var binding: UInt8 = 1
  /// The visibility of all symbols: 0 is the default one, 2 hidden, 3 protected.
  var visibility: UInt8 = 0

  /// The bytes: header, contents, table of sections.
  var bytes: [UInt8] {
    let all = [""] + sections + [".symtab", ".strtab", ".shstrtab"]
    let (sectionNames, nameOffsets) = Self.table(all)
    let (symbolNames, symbolOffsets) = Self.table([""] + symbols.map(\.name))
    var symbolTable = [UInt8](repeating: 0, count: 24)
    for (symbol, offset) in zip(symbols, symbolOffsets.dropFirst()) {
      symbolTable += Self.little(UInt32(offset)) + [binding << 4 | 2, visibility]
      symbolTable += Self.little(symbol.section) + [UInt8](repeating: 0, count: 16)
    }
    var contents: [UInt8] = []
    var headers: [UInt8] = []
    for (index, name) in all.enumerated() {
      let data: [UInt8]
      switch name {
      case ".symtab": data = symbolTable
      case ".strtab": data = symbolNames
      case ".shstrtab": data = sectionNames
      default: data = index == 0 ? [] : [1, 2, 3, 4]
      }
      let isSymbols = name == ".symtab"
      headers += Self.little(UInt32(nameOffsets[index]))
      headers += Self.little(UInt32(isSymbols ? 2 : index == 0 ? 0 : 1))
      headers += [UInt8](repeating: 0, count: 16)
      headers += Self.little(UInt64(64 + contents.count)) + Self.little(UInt64(data.count))
      headers += Self.little(UInt32(isSymbols ? all.count - 2 : 0))
      headers += [UInt8](repeating: 0, count: 20)
      contents += data
    }
    var header: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
    header += Self.little(UInt16(1)) + Self.little(UInt16(62)) + Self.little(UInt32(1))
    header += [UInt8](repeating: 0, count: 16) + Self.little(UInt64(64 + contents.count))
    header += [UInt8](repeating: 0, count: 10) + Self.little(UInt16(64))
    header += Self.little(UInt16(all.count)) + Self.little(UInt16(all.count - 1))
    return header + contents + headers
  }

  private static func table(_ names: [String]) -> (bytes: [UInt8], offsets: [Int]) {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    for name in names {
      offsets.append(bytes.count)
      bytes += Array(name.utf8) + [0]
    }
    return (bytes, offsets)
  }

  private static func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (0..<(Value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> Value(8 * $0)) }
  }
}
