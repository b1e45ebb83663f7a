import ConvBiasTask
import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

/// The base of this assignment's hidden tests.
class ConvBiasCase: JudgeCase {
  /// Asks for the student's tensors on every draw, then on the first one again.
  ///
  /// The second answer to the same question must be the same but for rounding, whatever was asked
  /// between: a function that remembers earlier calls shows here. It is asked a third time when
  /// all other functions have seen other data, last of all: what they keep for it shows then.
  func judge<Draw>(
    _ function: String,
    on draws: [Draw],
    ask: @escaping (Draw) throws -> [Tensor<Double>],
    expect: (Draw, _ answers: [Tensor<Double>]) -> [Expected]
  ) throws {
    var first: [Tensor<Double>] = []
    for (index, draw) in draws.enumerated() {
      let answers = try ask(draw)
      if index == 0 { first = answers }
      // A draw's first wrong answer speaks for those after it.
      _ = zip(answers, expect(draw, answers)).allSatisfy { answer, expected in
        check(answer, equals: expected.value, scale: expected.scale, expected.name)
      }
    }
    sizes = [:]
    let again = try ask(draws[0])
    let scales = expect(draws[0], first).map(\.scale)
    guard repeats(again, first, scales: scales) else {
      tell(.notRepeatable(function: function))
      return XCTFail("\(function): the first call repeated gives another answer")
    }
    let others = otherQuestions(on: (draws[0] as? any Placed)?.geometry ?? Geometry.plain[0])
    judgeMemory(of: function, after: others, first: first, scales: scales) {
      try ask(draws[0])
    }
  }

  /// Judges a function with one result on these draws.
  func judge<Draw>(
    _ function: String,
    on draws: [Draw],
    ask: @escaping (Draw) throws -> Tensor<Double>,
    expect: (Draw) -> Expected
  ) throws {
    try judge(function, on: draws) { draw in
      [try ask(draw)]
    } expect: { draw, _ in
      [expect(draw)]
    }
  }

  /// Judges a function of a convolution on draws of these geometries.
  func judge(
    _ function: String,
    on geometries: [Geometry],
    ask: @escaping (Convolution) throws -> Tensor<Double>,
    expect: (Convolution) -> Expected
  ) throws {
    var generator = generator()
    let draws = Convolution.draws(geometries, using: &generator)
    try judge(function, on: draws) { [self] draw in
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
