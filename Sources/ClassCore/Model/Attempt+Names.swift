extension [Attempt] {
  /// The attempts, each with an identity and a file name of its own.
  ///
  /// `digest` makes a long hexadecimal name of a text.
  package func named(digest: (String) -> String) -> [Attempt] {
    var named = self
    for place in named.indices {
      named[place].id = digest(named[place].identity)
      named[place].slug = named[place].plainSlug
    }
    // The same attempt twice, such as two files of one name in two folders.
    var seen: Set<String> = []
    for place in named.indices where !seen.insert(named[place].id).inserted {
      named[place].id = digest("\(named[place].id) \(named[place].path)")
      seen.insert(named[place].id)
    }
    let uses = Dictionary(grouping: named) { $0.slug.lowercased() }
    for place in named.indices where uses[named[place].slug.lowercased()]?.count != 1 {
      named[place].slug += "-\(named[place].id.prefix(8))"
    }
    return named
  }
}

extension Attempt {
  /// The part of its file's name that versions of one thing share.
  package var family: String { CopyOrder(originalName).family }

  /// The text that is the same whenever the same students hand in a file of that name.
  fileprivate var identity: String {
    [students.sorted().joined(separator: "\u{1F}"), sourceID ?? "", "\(number)", originalName]
      .joined(separator: "\u{1E}")
  }

  /// The name of the feedback for some of those who handed it in together.
  func feedbackName(for members: [String]) -> String {
    var own = self
    own.students = members
    return "\(own.plainSlug)-\(id.prefix(8))"
  }

  /// A name that any file system takes: letters, digits and a few marks.
  fileprivate var plainSlug: String {
    let name = students.isEmpty ? originalName : students.joined(separator: "+")
    let kept = name.map { character -> Character in
      let isPlain = character.isLetter || character.isNumber || "-_.@+".contains(character)
      return isPlain ? character : "_"
    }
    var slug = String(kept.drop { $0 == "." })
    while slug.utf8.count > 120 { slug.removeLast() }
    return slug.isEmpty ? "unnamed" : slug
  }
}
