/// Two submissions that share more than chance and the handout explain: a hint for a person.
package struct SimilarPair: Equatable, Sendable {
  /// The submissions, by the numbers that they were given.
  package var first: Int
  package var second: Int
  /// Fingerprints that both have, as a share of those of the smaller one.
  package var share: Double
  /// The number of fingerprints that they share.
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

/// The findings of comparing a class.
package struct SimilarityFindings: Equatable, Sendable {
  /// The number of submissions with enough code of their own to be compared.
  package var compared: Int
  /// The most similar pairs, most similar first.
  package var pairs: [SimilarPair]
  /// The number of pairs that reach the threshold, those that are not listed included.
  package var pairCount: Int
  /// Submissions that are the same once names, figures and layout are left out, in groups.
  package var identical: [[Int]]
  /// The sources of the listed pairs: submission, path, text.
  package var sources: [Int: [String: String]]
}
