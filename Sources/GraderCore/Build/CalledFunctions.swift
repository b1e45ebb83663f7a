/// The student's functions that the worker's main calls, by their symbols.
///
/// A symbol spells a function's labels and types. So the main that was compiled against the
/// handout's stubs calls whatever defines the same symbols, and need not be compiled for each
/// submission.
package struct CalledFunctions: Equatable, Sendable {
  /// The symbols, each once.
  package let symbols: [String]

  /// The functions of a module that an object calls.
  ///
  /// Nil where it uses anything else of the module: of a type, it would know the layout that the
  /// stubs have, and not the student's.
  package init?(of main: ObjectFile, in module: String) {
    let prefix = "$s\(module.utf8.count)\(module)"
    let used = main.undefinedSymbols.filter { $0.hasPrefix(prefix) }
    guard !used.isEmpty, used.allSatisfy({ $0.hasSuffix("F") && !Self.namesType(in: $0) }) else {
      return nil
    }
    symbols = Array(Set(used)).sorted()
  }

  /// The symbols in a text that lists one in a line.
  package init(text: String) {
    symbols = text.split(separator: "\n").map(String.init)
  }

  /// A text with one symbol in a line.
  package var text: String { symbols.joined(separator: "\n") }

  /// Tells whether an object defines all of them where others can see them.
  package func areDefined(by object: ObjectFile) -> Bool {
    Set(symbols).isSubset(of: object.exportedSymbols)
  }

  /// Tells whether a function's symbol may name a type of its own module: `A`, which stands for the
  /// module, then an identifier and a kind of type.
  ///
  /// See "Mangling" among the documents of the Swift compiler.
  private static func namesType(in symbol: String) -> Bool {
    let bytes = Array(symbol.utf8)
    for place in bytes.indices where bytes[place] == UInt8(ascii: "A") {
      let digits = bytes[(place + 1)...].prefix { (48...57).contains($0) }
      // An identifier of words that occurred before begins with a zero; a count never does.
      if digits.first == 48 { return true }
      guard let count = Int(String(decoding: digits, as: UTF8.self)) else { continue }
      let kind = digits.endIndex + count
      if bytes.indices.contains(kind), "VCOP".utf8.contains(bytes[kind]) { return true }
    }
    return false
  }
}
