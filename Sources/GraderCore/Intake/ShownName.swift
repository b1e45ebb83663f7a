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
