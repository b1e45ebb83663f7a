/// The request to the reader of archives: the files that may be meant, and the limits at which to
/// stop.
///
/// Travels as text on the reader's descriptor 3: the lines of all `handin.txt`, and one
/// `limit NAME NUMBER` for each limit. Nothing in it is secret.
package struct ReaderRequest: Equatable, Sendable {
  package var required: [RelativePath]
  package var patterns: [PathPattern]
  package var limits: IntakeLimits

  package init(_ handIns: some Sequence<HandIn>, limits: IntakeLimits) {
    required = []
    patterns = []
    self.limits = limits
    for handIn in handIns {
      required += handIn.required.filter { !required.contains($0) }
      patterns += handIn.patterns.filter { !patterns.contains($0) }
    }
  }

  /// Reads what `text` wrote; nil when it did not.
  package init?(text: String) {
    var limits = IntakeLimits()
    var rules = ""
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("limit ") else {
        rules += line + "\n"
        continue
      }
      let words = line.split(separator: " ")
      guard words.count == 3, let value = UInt64(words[2]),
        let field = Self.fields.first(where: { $0.name == words[1] })
      else { return nil }
      limits[keyPath: field.path] = value
    }
    guard let handIn = try? HandIn(parsing: rules) else { return nil }
    self.init([handIn], limits: limits)
  }

  package var text: String {
    let lines =
      required.map { "required \($0)" } + patterns.map { "pattern \($0)" }
      + Self.fields.map { "limit \($0.name) \(limits[keyPath: $0.path])" }
    return lines.joined(separator: "\n")
  }

  private typealias Field = (
    name: String, path: any WritableKeyPath<IntakeLimits, UInt64> & Sendable
  )

  private static let fields: [Field] = [
    ("packedBytes", \.packedBytes), ("streamedBytes", \.streamedBytes), ("entries", \.entries),
    ("ratio", \.ratio), ("freeBytes", \.freeBytes), ("keptFiles", \.keptFiles),
    ("keptFileBytes", \.keptFileBytes),
  ]
}
