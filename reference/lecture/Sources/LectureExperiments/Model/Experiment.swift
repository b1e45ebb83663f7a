/// One claim of the lecture, and the code that puts it to the test.
package struct Experiment: Sendable {
  /// The name on the command line, such as `ten-layers`.
  package let name: String
  /// The heading on the page.
  package let title: String
  /// The place in the lecture, such as "S20".
  package let slides: String
  /// The part of the lecture.
  package let chapter: Chapter
  /// The lecture's claim, in a sentence.
  package let claim: String
  /// About how long it runs, in seconds on one core; only the estimate of what is left needs it.
  package let cost: Cost
  /// Measures.
  let run: @Sendable (Context) throws -> Findings

  /// Seconds of a full and of a quick run.
  package struct Cost: Equatable, Sendable {
    let full: Double
    let quick: Double

    init(_ full: Double, quick: Double) { (self.full, self.quick) = (full, quick) }

    /// Hardly any.
    static let none = Cost(0.2, quick: 0.2)
  }

  init(
    _ name: String,
    title: String,
    slides: String,
    chapter: Chapter,
    claim: String,
    cost: Cost = .none,
    run: @escaping @Sendable (Context) throws -> Findings
  ) {
    (self.name, self.title, self.slides, self.chapter) = (name, title, slides, chapter)
    (self.claim, self.cost, self.run) = (claim, cost, run)
  }

  /// The seconds of a run of that kind.
  package func seconds(quick: Bool) -> Double { quick ? cost.quick : cost.full }

  /// Runs it.
  ///
  /// - Throws: What the engine throws.
  package func findings(_ context: Context) throws -> Findings { try run(context) }
}

/// A part of the lecture.
package enum Chapter: String, CaseIterable, Sendable {
  case transcripts = "The slides’ own numbers"
  case networks = "Networks, losses, gradient descent"
  case initialization = "Initialization"
  case normalization = "Normalization"
  case convolution = "Convolution"
  case architectures = "Architectures"
  case notes = "Notes for the teacher"
}
