import CourseKit
import JudgeEvents
import XCTest

@testable import JudgeSupport

/// The findings of all trials of a tensor: every word of them has to be true of all of these.
final class ComparisonTests: XCTestCase {
  private let right = Tensor<Double>([[1, -2, 3], [4, 5, -6]])

  private func trial(
    _ yours: Tensor<Double>,
    _ reference: Tensor<Double>? = nil,
    scale: Double = 6,
    sizes: [String: Int] = [:],
    traits: [String] = [],
    directions: [String: Tensor<Double>] = [:]
  ) -> Comparison {
    Comparison(
      what: "dX",
      yours: yours,
      reference: reference ?? right,
      scale: scale,
      tolerance: 1e-5,
      sizes: sizes,
      traits: traits,
      directions: directions
    )
  }

  private func values(
    _ count: Int,
    of all: Int = 6,
    exponent: Int?,
    _ trials: Trials?
  ) -> [Finding] {
    [.wrongValues(what: "dX", count: count, of: all, exponent: exponent, trials: trials)]
  }

  private func expect(
    _ comparisons: [Comparison],
    _ findings: [Finding],
    line: UInt = #line
  ) {
    XCTAssertEqual(Comparison.findings(in: comparisons), findings, line: line)
  }

  func testRightAnswersAreNotTold() {
    expect([trial(right), trial(right)], [])
  }

  func testTheWorstTrialIsTold() {
    var slightly = right
    slightly[0, 0] += 0.006
    expect(
      [trial(slightly), trial(10 * right), trial(right)],
      values(6, exponent: 1, Trials(wrong: 2, of: 3))
    )
  }

  /// A loss can be small beside its terms: who is off by a factor of 3 is off by 2 of it.
  func testTheErrorIsRelativeToTheAnswer() {
    let loss = Tensor<Double>(shape: [], scalars: [0.001])
    expect([trial(3 * loss, loss, scale: 3)], values(1, of: 1, exponent: 0, nil))
  }

  func testWhatShouldBeZeroHasNoRelativeError() {
    let zero = Tensor<Double>([1e-16, 0])
    expect([trial(zero + 1, zero, scale: 3)], values(2, of: 2, exponent: nil, nil))
  }

  func testAnErrorBeyondAllNumbersHasNoPower() {
    let huge = Tensor<Double>([1.7e308])
    expect([trial(-1 * huge, huge, scale: 1)], values(1, of: 1, exponent: nil, nil))
  }

  /// A reference may be made of the student's own answers, which may be no numbers.
  func testAReferenceThatIsNoNumberExcusesNoEntry() {
    for hole in [Double.nan, .infinity, -.infinity] {
      for place in 0..<6 {
        var holed = right
        holed.scalars[place] = hole
        XCTAssertEqual(trial(right, holed).difference, .values(1, worst: place), "\(hole)")
        XCTAssertEqual(trial(holed, holed).difference, .notFinite(1), "\(hole)")
        expect([trial(right, holed)], values(1, exponent: nil, nil))
      }
    }
  }

  func testSizesThatSetWrongTrialsApartAreTold() {
    let sizes = [["n": 6, "d": 3], ["n": 5, "d": 5], ["n": 1, "d": 3]]
    for (index, only) in [(1, "d = n = 5"), (2, "n = 1"), (0, "n = 6")] {
      let trials = sizes.enumerated().map {
        trial($0 == index ? -1 * right : right, sizes: $1)
      }
      expect(trials, values(6, exponent: 0, Trials(wrong: 1, of: 3, only: only)))
    }
  }

  /// Nobody knows which of several is the reason: all are told, or none where they are many.
  func testAllThatSetsWrongTrialsApartIsTold() {
    let tiny = 0x1p-40 * right
    func only(_ sizes: [String: Int], traits: [String] = []) -> String? {
      let wrong = trial(2 * tiny, tiny, scale: 0x1p-37, sizes: sizes, traits: traits)
      let others = [["n": 6, "d": 3], ["n": 5, "d": 4]].map { trial(right, sizes: $0) }
      guard case .wrongValues(_, _, _, _, let trials) = Comparison.findings(in: [wrong] + others)[0]
      else { return nil }
      return trials?.only
    }
    XCTAssertEqual(only(["n": 7, "d": 3]), "n = 7 and right answers below 1e-4")
    XCTAssertEqual(only(["n": 4, "d": 4]), "d = n = 4 and right answers below 1e-4")
    XCTAssertNil(only(["n": 9, "d": 2]))
  }

  /// Some of the equations may hold in other trials too, never all of them.
  func testEqualSizesAreToldInOneChain() {
    let sizes = [
      ["d": 7, "h": 7, "k": 7, "n": 7], ["d": 7, "h": 3, "k": 7, "n": 2],
      ["d": 3, "h": 7, "k": 2, "n": 3], ["d": 5, "h": 4, "k": 3, "n": 7],
    ]
    let trials = sizes.enumerated().map { trial($0 == 0 ? -1 * right : right, sizes: $1) }
    expect(trials, values(6, exponent: 0, Trials(wrong: 1, of: 4, only: "d = h = k = n")))
  }

  func testTraitsAndMagnitudesThatSetWrongTrialsApartAreTold() {
    let traits = [trial(right), trial(0 * right, traits: ["a constant feature"])]
    expect(traits, values(6, exponent: 0, Trials(wrong: 1, of: 2, only: "a constant feature")))
    let magnitudes = [
      trial(right), trial(0 * right, 0x1p-40 * right, scale: 0x1p-37),
    ]
    expect(
      magnitudes,
      values(6, exponent: 0, Trials(wrong: 1, of: 2, only: "right answers below 1e-4"))
    )
  }

  func testWhatIsNoNumberIsToldApartFromWhatIsWrong() {
    var holed = right
    holed[1, 1] = .nan
    expect(
      [trial(holed), trial(2 * right), trial(right)],
      [.notFinite(what: "dX", count: 1, of: 6, trials: Trials(wrong: 1, of: 3))]
        + values(6, exponent: 0, Trials(wrong: 1, of: 3))
    )
  }

  func testAShapeIsToldApartFromValues() {
    expect(
      [trial(right.transposed()), trial(right)],
      [
        .wrongShape(
          what: "dX",
          yours: [3, 2],
          expected: [2, 3],
          trials: Trials(wrong: 1, of: 2)
        )
      ]
    )
  }

  // MARK: Patterns

  func testAPatternHoldsInAllTrials() {
    let zero = 0 * right
    XCTAssertEqual(
      Comparison.patterns(in: [trial(zero), trial(zero)]),
      [.pattern(what: "dX", .zero, trials: Trials(wrong: 2, of: 2))]
    )
    XCTAssertEqual(Comparison.patterns(in: [trial(zero), trial(right)]), [])
    XCTAssertEqual(
      Comparison.patterns(in: [trial(right.transposed()), trial(right)]),
      []
    )
  }

  /// Of the wrong trials alone is told what is so of them alone.
  func testAPatternIsToldOfTheWrongTrials() {
    let tall = Tensor<Double>([[1, 2], [3, 4], [5, 7]])
    let directions = ["xHat": tall]
    XCTAssertEqual(
      Comparison.patterns(in: [
        trial(tall + 1, tall, directions: directions), trial(tall, tall, directions: directions),
      ]),
      [.pattern(what: "dX", .constantOverRows, trials: Trials(wrong: 1, of: 2))]
    )
    let scaled = [(1, 1.0), (2, 0.5), (4, 0.25)].map { n, factor in
      trial(factor * right, sizes: ["n": n])
    }
    XCTAssertEqual(
      Comparison.patterns(in: scaled),
      [.pattern(what: "dX", .factor("1/n"), trials: Trials(wrong: 2, of: 3))]
    )
  }

  /// A batch of two is one of all trials: what is not so there is not so.
  func testAnErrorThatIsConstantInTallBatchesAloneIsNoPattern() {
    let tall = Tensor<Double>([[1, 2], [3, 4], [5, 7]])
    let flat = Tensor<Double>([[1, 2], [3, 4]])
    let direction = ["x̂": tall]
    let constant = trial(tall + 1, tall, directions: direction)
    XCTAssertEqual(
      Comparison.patterns(in: [constant]),
      [.pattern(what: "dX", .constantOverRows, trials: Trials(wrong: 1, of: 1))]
    )
    let other = trial(flat + Tensor([[1, 1], [0, 1]]), flat, directions: ["x̂": flat])
    XCTAssertEqual(Comparison.patterns(in: [constant, other]), [])
  }
}
