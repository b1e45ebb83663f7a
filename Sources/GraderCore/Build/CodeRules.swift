/// The rules on the contents of an object compiled from a student's code.
///
/// Swift can name sections and symbols: it can plant code that runs before `main`, or put itself in
/// the place of the C library. Neither is part of any homework.
package enum ObjectRules {
  /// A thing in an object that must not be there.
  package enum Violation: Error, Equatable, Sendable {
    /// A section that no ordinary code makes.
    case section(String)
    /// A global name outside Swift's own naming, such as `malloc`.
    case symbol(String)
  }

  /// The sections of ordinary Swift code; a trailing `*` stands for any ending.
  static let sections = [
    "", ".text", ".text.*", ".rodata", ".rodata.*", ".data", ".data.*", ".bss", ".bss.*", ".tbss",
    ".tbss.*", ".tdata", ".tdata.*", ".eh_frame", ".gcc_except_table", ".gcc_except_table.*",
    "swift5_*", ".swift_modhash", ".swift1_autolink_entries", ".symtab", ".strtab", ".shstrtab",
    ".symtab_shndx", ".rela*", ".group", ".comment", ".debug_*", ".note.GNU-stack", ".llvm_addrsig",
    ".linker-options", ".lbss", ".lbss.*", ".lrodata", ".lrodata.*", ".ldata", ".ldata.*",
  ]

  /// C names that the compiler itself defines: exact ones, and how the others begin.
  static let symbols: Set = ["_swift1_autolink_entries"]
  static let symbolPrefixes = ["__swift_", "block_copy_helper", "block_destroy_helper"]

  /// The first violation, in the file's order.
  ///
  /// - Returns: Nil if the object is in order.
  package static func violation(in object: ObjectFile) -> Violation? {
    if let section = object.sections.first(where: { !isAllowed($0) }) { return .section(section) }
    let autolink = object.sections.count { $0 == ".swift1_autolink_entries" }
    if autolink > 1 { return .section(".swift1_autolink_entries") }
    return object.definedSymbols.first { isC($0) && !isOfCompiler($0) }.map(Violation.symbol)
  }

  /// Swift's own names hold characters that no name in C has: `$`, spaces, dots.
  private static func isC(_ symbol: String) -> Bool {
    symbol.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_": true
      default: false
      }
    }
  }

  private static func isOfCompiler(_ symbol: String) -> Bool {
    symbols.contains(symbol) || symbolPrefixes.contains { symbol.hasPrefix($0) }
  }

  private static func isAllowed(_ section: String) -> Bool {
    sections.contains { pattern in
      pattern.hasSuffix("*") ? section.hasPrefix(pattern.dropLast()) : section == pattern
    }
  }
}

/// The modules that a student's code may import.
package struct ImportRules: Equatable, Sendable {
  /// The assignment's module of types.
  package var task: String

  /// Rules for the assignment with this module of types.
  package init(task: String) {
    self.task = task
  }

  /// The modules that a student may name.
  package var allowed: [String] { ["CourseKit", task, "Foundation", "Glibc"] }

  /// The modules that the compiler imports on its own.
  private static let implicit: Set = ["Swift", "_Concurrency", "_StringProcessing", "SwiftShims"]

  /// The modules among those imported that may not be.
  package func refused(among modules: [String]) -> [String] {
    modules.filter { !allowed.contains($0) && !Self.implicit.contains($0) }
  }

  /// Tells whether a source imports what it may and nothing else, as far as that can be seen
  /// without the compiler: each `import` in it, in comments and texts too, begins a line that names
  /// an allowed module and ends there.
  package func allowAtSight(_ source: [UInt8]) -> Bool {
    let word = Array("import".utf8)
    for place in source.indices where source[place] == word[0] {
      let end = place + word.count
      guard end <= source.count, source[place..<end] == word[...] else { continue }
      let (before, after) = (Neighbour(source[..<place].last), Neighbour(source[end...].first))
      if before == .ofWord || after == .ofWord { continue }
      let rest = source[end...].prefix { Neighbour($0) != .newline }
      guard before == .newline, rest.first == 32,
        allowed.contains(String(decoding: rest.drop { $0 == 32 }, as: UTF8.self))
      else { return false }
    }
    return true
  }

  /// A byte beside a word, or the source's end.
  private enum Neighbour {
    case ofWord
    case newline
    case other

    init(_ byte: UInt8?) {
      self =
        switch byte ?? 10 {
        case 10, 13: .newline
        case 95, 48...57, 65...90, 97...122: .ofWord
        default: .other
        }
    }
  }

  /// The sentence that a student reads about a refused import.
  package func message(for module: String) -> String {
    "error: a solution may not import \(module); "
      + "allowed are \(allowed.dropLast().joined(separator: ", ")) and \(allowed.last ?? "")"
  }
}
