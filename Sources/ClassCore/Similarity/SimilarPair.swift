/// Two submissions that share more than chance and the handout explain: a hint for a person.
package struct SimilarPair: Equatable, Sendable {
  /// The submissions, by the numbers that they were given.
  package var first: Int
  package var second: Int
  /// Fingerprints that both have, as a share of those of the smaller one.
  package var share: Double
  /// How many fingerprints they share.
  package var common: Int
  /// The files that hold something in common.
  package var files: [Files]

  /// A file of each, and the lines that correspond.
  package struct Files: Equatable, Sendable {
    package var firstPath: String
    package var secondPath: String
    /// Lines from 1 in both files; each entry is one passage.
    package var passages: [Passage]
  }

  /// Lines that say the same.
  package struct Passage: Equatable, Sendable {
    package var first: ClosedRange<Int>
    package var second: ClosedRange<Int>
  }
}

/// What comparing a class came to.
package struct SimilarityFindings: Equatable, Sendable {
  /// How many submissions had enough code of their own to be compared.
  package var compared: Int
  /// The most similar pairs, most similar first.
  package var pairs: [SimilarPair]
  /// How many pairs reach the threshold, those that are not listed included.
  package var pairCount: Int
  /// Submissions that are the same once names, figures and layout are left out, in groups.
  package var identical: [[Int]]
  /// The sources of the listed pairs: submission, path, text.
  package var sources: [Int: [String: String]]
}
