/// The name of an archive's entry, as decoded, on its way to a safe path.
package struct EntryName: Equatable, Sendable {
  /// The place that the name goes to; nil when it is absolute, leaves its folder or cannot be
  /// shown.
  package let path: RelativePath?
  /// True if it ends as the names of folders do.
  package let isFolder: Bool
  /// The steps that were needed to read it.
  package let origin: Origin

  /// The way in which a name was read; unusual steps are told to the student.
  package struct Origin: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Written in the Windows code page for Japanese.
    package static let codePage932 = Origin(rawValue: 1)
    /// Written in no known encoding: bytes are shown as `%XX`.
    package static let escaped = Origin(rawValue: 2)
    /// Separated by backslashes.
    package static let backslashes = Origin(rawValue: 4)
    /// Written with accents apart from their letters, as macOS does.
    package static let decomposed = Origin(rawValue: 8)

    static let all: Origin = [.codePage932, .escaped, .backslashes, .decomposed]
  }

  /// Splits a decoded name, at backslashes too in archives that may use them for slashes.
  package init(_ decoded: String, origin: Origin, backslashesSeparate: Bool) {
    var origin = origin
    var name = decoded
    if backslashesSeparate, name.contains("\\") {
      name = String(name.map { $0 == "\\" ? "/" : $0 })
      origin.insert(.backslashes)
    }
    if name.unicodeScalars.contains(where: Self.isCombining) { origin.insert(.decomposed) }
    self.origin = origin
    isFolder = name.hasSuffix("/")
    path = Self.path(of: name)
  }

  private static func path(of name: String) -> RelativePath? {
    guard !name.hasPrefix("/"), name.utf8.count <= 2 * RelativePath.maximumLength else {
      return nil
    }
    return RelativePath(
      components: name.split(separator: "/").filter { $0 != "." }.map(String.init)
    )
  }

  /// Tells whether the character only exists to be joined to the one before it, where a single
  /// character for both is usual: Latin accents, and the voicing marks of kana.
  private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    (0x300...0x36F).contains(scalar.value) || scalar.value == 0x3099 || scalar.value == 0x309A
  }
}

/// Text from an archive, made harmless to show: nothing invisible is left, and it is short.
package struct ShownName: Hashable, Sendable {
  /// The text, with `\u{202E}` in place of each character that cannot be seen.
  package let text: String

  /// The longest text, in characters; the end of a path says more than its middle.
  static let maximumCount = 120

  package init(_ raw: String) {
    var shown = ""
    for scalar in raw.unicodeScalars.prefix(4096) {
      if scalar.isVisible {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      }
    }
    // Measured in scalars: a single character can carry any number of combining marks.
    let scalars = shown.unicodeScalars
    if scalars.count > Self.maximumCount {
      let head = String(String.UnicodeScalarView(scalars.prefix(40)))
      let tail = String(String.UnicodeScalarView(scalars.suffix(Self.maximumCount - 41)))
      shown = head + "…" + tail
    }
    text = shown
  }

  package init(_ path: RelativePath) { self.init(path.string) }
}

extension ShownName: CustomStringConvertible {
  package var description: String { text }
}

extension ShownName: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
