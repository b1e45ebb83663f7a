package import LectureCharts

/// The findings of an experiment, in the order in which they are told.
package struct Findings: Sendable {
  /// The parts of the account.
  package private(set) var blocks: [Block] = []

  /// Nothing yet.
  package init() {}

  /// Adds a paragraph; `` `code` `` is set as code.
  mutating func say(_ words: String) { blocks.append(.paragraph(words)) }

  /// Adds a formula on a line of its own.
  mutating func formula(_ words: String) { blocks.append(.formula(words)) }

  /// Adds numbers beside those that they should be.
  mutating func compare(_ caption: String, with source: Source = .slide, _ rows: [Comparison.Row]) {
    blocks.append(.comparison(Comparison(caption: caption, source: source, rows: rows)))
  }

  /// Adds a table.
  mutating func table(_ caption: String, columns: [String], _ rows: [[String]]) {
    blocks.append(.table(caption, NumberTable(columns: columns, rows: rows)))
  }

  /// Adds printed lines beside the slide's.
  mutating func transcript(_ caption: String, _ lines: [TranscriptLine]) {
    blocks.append(.transcript(caption, lines))
  }

  /// Adds drawings with one caption.
  mutating func figure(_ name: String, _ caption: String, _ pictures: [Picture]) {
    blocks.append(.figure(Figure(name: name, caption: caption, pictures: pictures)))
  }

  /// Adds a remark on a slip of a slide.
  mutating func note(_ words: String) { blocks.append(.note(words)) }

  /// Explanations of the columns whose names do not say it all, a sentence for each.
  var explanations: [String] {
    let used = blocks.compactMap { block -> Source? in
      guard case .comparison(let comparison) = block, comparison.hasSource else { return nil }
      return comparison.source
    }
    return Source.allCases.filter(used.contains).compactMap(\.explanation)
  }

  /// All numbers that were compared with others.
  package var comparisons: [Comparison.Row] {
    blocks.flatMap { block -> [Comparison.Row] in
      if case .comparison(let comparison) = block { comparison.rows } else { [] }
    }
  }
}

/// A part of an account.
package enum Block: Sendable {
  case paragraph(String)
  case formula(String)
  case comparison(Comparison)
  case table(String, NumberTable)
  case transcript(String, [TranscriptLine])
  case figure(Figure)
  case note(String)
}

/// Drawings that belong together.
package struct Figure: Sendable {
  /// The start of the file names; unlike that of any other figure of the experiment.
  package let name: String
  /// A caption that says what to see in it.
  package let caption: String
  /// The drawings.
  package let pictures: [Picture]
}

/// The source of a number that ours is held against.
package enum Source: String, CaseIterable, Sendable {
  case slide
  case theory
  case published
  case measured = "slides’ code in PyTorch"

  /// An explanation of the column of that name, in a sentence; nil where the name says it all.
  var explanation: String? {
    switch self {
    case .measured:
      "The column “\(rawValue)” is for what no slide prints: the slides’ code was run again with "
        + "PyTorch 2, and learned all of MNIST. Where its random numbers or its order of images "
        + "were others than ours, the tolerance is wide."
    case .published:
      "The column “\(rawValue)” holds what the authors of a network say in their paper or in their "
        + "code."
    case .slide, .theory: nil
    }
  }
}
