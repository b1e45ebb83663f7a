/// An attempt in its place in the class's results.
package struct Entry: Codable, Equatable, Sendable {
  /// The name that tells it from all others, from run to run.
  package var id: String
  /// The name of its files among the results, without an ending.
  package var slug: String
  /// The attempt itself.
  package var attempt: Attempt
  /// True if it is the student's attempt that counts.
  package var counts: Bool

  package init(id: String, slug: String, attempt: Attempt, counts: Bool = true) {
    self.id = id
    self.slug = slug
    self.attempt = attempt
    self.counts = counts
  }
}

extension Entry {
  /// Entries of attempts, each with an identity and a file name of its own.
  ///
  /// `digest` makes a long hexadecimal name of a text.
  package static func entries(
    of attempts: [(attempt: Attempt, counts: Bool)],
    digest: (String) -> String
  ) -> [Entry] {
    var entries = attempts.map { attempt, counts in
      let identity = [
        attempt.students.sorted().joined(separator: "\u{1F}"), attempt.sourceID ?? "",
        "\(attempt.number)", attempt.originalName,
      ].joined(separator: "\u{1E}")
      return Entry(
        id: digest(identity),
        slug: slug(of: attempt),
        attempt: attempt,
        counts: counts
      )
    }
    // The same entry twice, such as two files of one name in two folders.
    var seen: Set<String> = []
    for index in entries.indices where !seen.insert(entries[index].id).inserted {
      entries[index].id = digest("\(entries[index].id) \(entries[index].attempt.path)")
      seen.insert(entries[index].id)
    }
    let uses = Dictionary(grouping: entries) { $0.slug.lowercased() }
    for index in entries.indices where uses[entries[index].slug.lowercased()]?.count != 1 {
      entries[index].slug += "-\(entries[index].id.prefix(8))"
    }
    return entries
  }

  /// A name that any file system takes: letters, digits and a few marks.
  private static func slug(of attempt: Attempt) -> String {
    let name =
      attempt.students.isEmpty ? attempt.originalName : attempt.students.joined(separator: "+")
    let kept = name.map { character -> Character in
      let isPlain = character.isLetter || character.isNumber || "-_.@+".contains(character)
      return isPlain ? character : "_"
    }
    var slug = String(kept.drop { $0 == "." })
    while slug.utf8.count > 120 { slug.removeLast() }
    return slug.isEmpty ? "unnamed" : slug
  }
}
