import GraderCore
import JudgeEvents
import Testing

/// What a student is told of an answer, of all that a worker can say in it.
@Suite struct ToldTests {
  private static let source = """
    struct Wrong: Error {}
    // batchMean of `x`, 1e-5
    public func mean(_ x: Tensor<Double>) throws -> Größe { try matmul(x, x) }
    """

  private static func told(_ findings: [Finding], source: String = source) throws -> [Finding] {
    let record = TestRecord(
      events: findings.map { .told($0) } + [.finished(test: "T.t", succeeded: false)],
      worker: .dismissed,
      judge: .exited(0),
      usage: TestRecord.Usage(cpuSeconds: 0, wallSeconds: 0, peakMemoryBytes: 0),
      trap: nil,
      output: "",
      limits: GradingLimits()
    )
    let words = OwnWords(sources: [Array(source.utf8)])
    return try record.judgement(of: "T/t", replaced: [], ownWords: words).findings
  }

  private static func error(_ words: String, _ told: String) -> (Finding, Finding) {
    (.threw(function: "f", error: words), .threw(function: "f", error: told))
  }

  private static let errors: [(Finding, Finding)] = [
    error("Wrong", "Wrong"), error("Größe", "Größe"), error("matmul", "matmul"),
    error("ShapeMismatch", "ShapeMismatch"), error("BatchTooSmall", "BatchTooSmall"),
    error("AnswerTooLarge", "AnswerTooLarge"), error("an error", "an error"),
    error("BatchTooSmall(count: 3)", "BatchTooSmall(count: 3)"),
    error("QWxsIGhpZGRlbg", "an error"), error("Wrong(x: 0.5)", "an error"), error("", "an error"),
    error("BatchTooSmall(count: 3.5)", "an error"), error("Wrong mean", "an error"),
    error(
      "matmul: shapes [2, 3] and [] do not fit together",
      "matmul: shapes [2, 3] and [] do not fit together"
    ),
    error(
      "f: shapes [2] and [3] do not fit together",
      "f: shapes [2] and [3] do not fit together"
    ),
    error("secret: shapes [2] and [3] do not fit together", "ShapeMismatch"),
    error("matmul: shapes [2.5] and [3] do not fit together", "an error"),
    error(
      "matmul: shapes [2] and [1] do not fit together: shapes [2] and [3] do not fit together",
      "an error"
    ),
    (
      .threwAnother(function: "f", error: "Mine", expected: "BatchTooSmall"),
      .threwAnother(function: "f", error: "an error", expected: "BatchTooSmall")
    ),
    (
      .notImplemented(function: "f", stub: "mean(_:)"),
      .notImplemented(function: "f", stub: "mean")
    ),
    (.notImplemented(function: "f", stub: "c2VjcmV0"), .notImplemented(function: "f", stub: "f")),
    (.notImplemented(function: "f", stub: "mean x"), .notImplemented(function: "f", stub: "mean")),
  ]

  @Test(arguments: errors)
  func words(said: Finding, told: Finding) throws {
    #expect(try Self.told([said]) == [told])
  }

  /// Of many entries a number says more than a student needs, and enough for a worker.
  @Test(arguments: [
    (1, 64, 1), (23, 64, 23), (64, 64, 64), (0, 65, 0), (1, 65, 1), (3, 65, 2), (64, 65, 64),
    (65, 65, 65), (500, 784, 256), (784, 784, 784), (783, 784, 512),
  ])
  func counts(count: Int, all: Int, told: Int) throws {
    let trials = Trials(wrong: 1, of: 3)
    #expect(
      try Self.told([
        .wrongValues(what: "dX", count: count, of: all, exponent: -2, trials: trials),
        .notFinite(what: "dX", count: count, of: all),
      ]) == [
        .wrongValues(what: "dX", count: told, of: all, exponent: -2, trials: trials),
        .notFinite(what: "dX", count: told, of: all),
      ]
    )
  }

  /// A source of very many identifiers is an alphabet; its first are enough for any honest one.
  @Test func wordsHaveAnEnd() {
    let source = (0..<100_000).map { "word\($0)" }.joined(separator: " ")
    let words = OwnWords(sources: [Array(source.utf8)])
    #expect(words.contains("word4095"))
    #expect(!words.contains("word4096"))
    #expect(OwnWords().contains("ShapeMismatch"))
    #expect(!OwnWords().contains("word1"))
  }

  @Test func ownWordsAreWholeWords() {
    let words = OwnWords(sources: [Array(Self.source.utf8)])
    for word in ["Wrong", "mean", "Tensor", "Größe", "batchMean", "_", "1e"] {
      #expect(words.contains(word))
    }
    for word in ["Wron", "rong", "", "mean(", "Größ", "struct Wrong"] {
      #expect(!words.contains(word))
    }
  }
}
