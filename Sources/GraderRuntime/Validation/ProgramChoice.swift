import GraderCore

/// The variants and planted mistakes that somebody asked for, by name or by pattern.
struct ProgramChoice: Sendable {
  /// The names and patterns, as they were written.
  let patterns: [String]
  private let names: Set<String>

  /// - Throws: A fault of usage that says which pattern names none of the `known` programs, and
  ///   which names are like it.
  init(of patterns: [String], among known: [String]) throws(GraderFault) {
    self.patterns = patterns
    var names: Set<String> = []
    for pattern in patterns {
      let meant = known.filter { Self.matches($0, pattern) }
      guard !meant.isEmpty else {
        let near = Self.near(pattern, among: known)
        throw GraderFault(
          .usage,
          "No variant and no planted mistake is called \(pattern).",
          remedy: "Near it are: \(near.joined(separator: ", "))."
        )
      }
      names.formUnion(meant)
    }
    self.names = names
  }

  /// Tells whether a program of this name was asked for.
  func holds(_ name: String) -> Bool { names.contains(name) }

  private static func matches(_ name: String, _ pattern: String) -> Bool {
    let (name, wanted) = (name.lowercased(), pattern.lowercased())
    guard let pattern = PathPattern(wanted), let path = RelativePath(name) else {
      return name == wanted
    }
    return pattern.matches(path)
  }

  /// At most five names that hold what is most like a pattern, the shortest first of those alike;
  /// at least one.
  private static func near(_ pattern: String, among known: [String]) -> [String] {
    let wanted = Array(pattern.lowercased().filter { $0 != "*" })
    let ranked = Set(known)
      .map { (distance(of: wanted, within: Array($0.lowercased())), $0.count, $0) }
      .sorted { $0 < $1 }
    let close = ranked.prefix { 3 * $0.0 <= wanted.count }.prefix(5)
    return (close.isEmpty ? ranked.prefix(1) : close).map(\.2)
  }

  /// The fewest letters to put in, take out or exchange to find a text somewhere within another.
  private static func distance(of wanted: [Character], within text: [Character]) -> Int {
    // costs[i]: those of the first i letters wanted, ending where the text is read.
    var costs = Array(0...wanted.count)
    var least = wanted.count
    for letter in text {
      var diagonal = costs[0]
      for (index, other) in wanted.enumerated() {
        let exchanged = diagonal + (letter == other ? 0 : 1)
        diagonal = costs[index + 1]
        costs[index + 1] = min(exchanged, diagonal + 1, costs[index] + 1)
      }
      least = min(least, costs[wanted.count])
    }
    return least
  }
}

extension CourseAssignment {
  /// The names of all that `ProgramChoice` can choose from: variants, then planted mistakes.
  func programNames() throws(GraderFault) -> [String] {
    Files.names(in: "\(reference)/Variants") + (try mutants().map(\.id))
  }
}
