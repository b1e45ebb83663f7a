/// A path inside a submission; having one is the proof that it is safe to join to a folder.
///
/// Never absolute, never leaving its folder, free of control and invisible characters, bounded in
/// length and depth. Two spellings of the same characters (NFC, NFD) are the same path.
package struct RelativePath: Hashable, Sendable {
  /// As written in the archive or the list, separated by slashes.
  package let string: String
  /// The names from the top folder down to the file; never empty.
  package let components: [String]

  /// The longest path, in UTF-8 bytes.
  package static let maximumLength = 1024
  /// The longest single name, in UTF-8 bytes: what file systems hold.
  package static let maximumNameLength = 255
  /// The most names one below the other.
  package static let maximumDepth = 32

  package init?(_ string: String) {
    guard string.utf8.count <= Self.maximumLength else { return nil }
    let parts = string.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= Self.maximumDepth, parts.allSatisfy(Self.isSafe) else { return nil }
    guard !Self.isDrive(parts[0]) else { return nil }
    self.string = string
    components = parts
  }

  package init?(components: some Sequence<String>) {
    self.init(components.joined(separator: "/"))
  }

  /// The last component.
  package var name: String { components[components.count - 1] }

  /// The components of the folder that holds the file; empty at the top.
  package var folder: ArraySlice<String> { components.dropLast() }

  private static func isSafe(_ name: String) -> Bool {
    guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= maximumNameLength else {
      return false
    }
    return name.unicodeScalars.allSatisfy { $0 != "\\" && $0 != "/" && $0.isVisible }
  }

  /// Tells whether a Windows path would start at a drive, as in `C:`.
  private static func isDrive(_ name: String) -> Bool {
    name.unicodeScalars.count == 2 && name.hasSuffix(":")
  }
}

extension RelativePath: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.string < right.string }

  package static func == (left: Self, right: Self) -> Bool { left.string == right.string }

  package func hash(into hasher: inout Hasher) { hasher.combine(string) }
}

extension RelativePath: CustomStringConvertible {
  package var description: String { string }
}

extension Unicode.Scalar {
  /// True if a reader of a report sees this character, rather than being misled by it.
  ///
  /// Controls, escapes, direction marks and zero-width characters are not visible.
  var isVisible: Bool {
    if isASCII { return value >= 0x20 && value != 0x7F }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: return false
    default: return !properties.isNoncharacterCodePoint
    }
  }
}
