import ConvBiasTask
import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

/// The base of this assignment's hidden tests.
class ConvBiasCase: JudgeCase {
  /// The largest error, in units, of code that computes in `Double`, though a small constant of its
  /// own be in it; single precision errs by 1e-8 on some draw.
  private static let precision = 5e-10

  override func properties(
    of result: String,
    from function: String
  ) -> [BrokenProperty.Property] {
    function == "biasGradientBeforeBatchNorm" ? [.zero] : []
  }

  /// Asks for the student's tensors on every draw, then on the first one again.
  ///
  /// The second answer to the same question must be the same but for rounding, whatever was asked
  /// between: a function that remembers earlier calls shows here. It is asked a third time when
  /// all other functions have seen other data, last of all: what they keep for it shows then.
  ///
  /// Whose answers are those of code in `Double` is asked for extreme numbers too; in
  /// `measuringAll`, those to unusual questions as well.
  func judge<Draw>(
    _ function: String,
    on questions: Questions<Draw>,
    measuringAll: Bool = false,
    ask: @escaping (Draw) throws -> [Tensor<Double>],
    expect: (Draw, _ answers: [Tensor<Double>]) -> [Expected]
  ) throws {
    if isSearching {
      try search(asking: ask) { draw in
        .returns(expect(draw, []).map { ($0.name, $0.value) })
      }
    }
    let question = questions.ordinary[0]
    var first: [Tensor<Double>]?
    var isPrecise = true
    for (index, draw) in questions.common.enumerated() {
      let answers = try ask(draw)
      first = first ?? answers
      let isMeasured = measuringAll || index < questions.ordinary.count
      let (expected, compared) = graded(draw, answers, expect(draw, answers))
      let error = compare(compared, with: expected)
      isPrecise = isPrecise && error <= (isMeasured ? Self.precision : Self.tolerance)
    }
    sizes = [:]
    let again = try ask(question)
    let firstAnswers = first ?? again
    let scales = expect(question, firstAnswers).map(\.scale)
    guard repeats(again, firstAnswers, scales: scales) else {
      tell(.notRepeatable(function: function))
      return XCTFail("\(function): the first call repeated gives another answer")
    }
    for draw in questions.close where isPrecise {
      let answers = try ask(draw)
      compare(answers, with: expect(draw, answers), tolerance: 2 * Self.precision)
    }
    for draw in questions.extreme where isPrecise {
      let answers = try ask(draw)
      compare(answers, with: expect(draw, answers))
    }
    sizes = [:]
    let others = otherQuestions(on: (question as? any Placed)?.geometry ?? Geometry.plain[0])
    judgeMemory(of: function, after: others, first: firstAnswers, scales: scales) {
      try ask(question)
    }
  }

  /// The answers as they are compared: each entry in its own unit where the draw's differ in size.
  private func graded(
    _ draw: Any,
    _ answers: [Tensor<Double>],
    _ expected: [Expected]
  ) -> (expected: [Expected], answers: [Tensor<Double>]) {
    guard (draw as? any Graded)?.isGraded == true else { return (expected, answers) }
    let pairs = zip(expected, answers).map { $0.byEntry($1) }
    return (pairs.map(\.expected), pairs.map(\.answer))
  }

  /// Compares with what is expected, and returns the largest error in units.
  @discardableResult
  private func compare(
    _ answers: [Tensor<Double>],
    with expected: [Expected],
    tolerance: Double = JudgeCase.tolerance
  ) -> Double {
    // A draw's first wrong answer speaks for those after it.
    _ = zip(answers, expected).allSatisfy { answer, expected in
      check(
        answer,
        equals: expected.value,
        scale: expected.scale,
        expected.name,
        tolerance: tolerance
      )
    }
    return zip(answers, expected).map { $0.error(from: $1) }.reduce(0) {
      $0.isNaN || $1 <= $0 ? $0 : $1
    }
  }

  /// Judges a function with one result on these draws.
  func judge<Draw>(
    _ function: String,
    on questions: Questions<Draw>,
    measuringAll: Bool = false,
    ask: @escaping (Draw) throws -> Tensor<Double>,
    expect: (Draw) -> Expected
  ) throws {
    try judge(function, on: questions, measuringAll: measuringAll) { draw in
      [try ask(draw)]
    } expect: { draw, _ in
      [expect(draw)]
    }
  }

  /// Judges a function of a convolution.
  func judge(
    _ function: String,
    convolutions: Questions<Convolution>,
    ask: @escaping (Convolution) throws -> Tensor<Double>,
    expect: (Convolution) -> Expected
  ) throws {
    try judge(function, on: convolutions) { [self] draw in
      sizes = Self.sizes(of: draw.dY)
      (sizes["c"], sizes["o"]) = (draw.geometry.c, draw.geometry.o)
      return try ask(draw)
    } expect: {
      expect($0)
    }
  }

  /// The sizes that a wrong factor could be made of.
  static func sizes(of response: Tensor<Double>) -> [String: Int] {
    let (n, positions) = (response.shape[0], response.shape[2] * response.shape[3])
    return ["n": n, "h'w'": positions, "n h'w'": n * positions]
  }

  /// The student's counts of parameters.
  func counts(of geometry: Geometry) throws -> Counts {
    try subject(
      ConvBiasTask.parameterCounts,
      geometry.c,
      geometry.o,
      Pair(geometry.kernel),
      Pair(geometry.size),
      Pair(geometry.stride),
      Pair(geometry.padding)
    )
  }

  /// The student's response with the stride and the padding of the geometry.
  func response(
    _ x: Tensor<Double>,
    _ weight: Tensor<Double>,
    _ bias: Tensor<Double>?,
    _ geometry: Geometry
  ) throws -> Tensor<Double> {
    try subject(
      ConvBiasTask.conv2d,
      x,
      weight,
      bias,
      Pair(geometry.stride),
      Pair(geometry.padding)
    )
  }
}
