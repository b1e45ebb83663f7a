import XCTest

@testable import CourseKit
@testable import JudgeSupport

/// What answers say of how they came about, and what they do not.
final class ProbeTests: XCTestCase {
  private struct End: Error {}

  private static let right: [(value: Tensor<Double>, unit: Double)] = [
    (Tensor([4.0, 0]), 4), (Tensor([-2.0, 0x1p-140]), 2),
  ]

  private func probe(
    _ name: String = "small",
    again: (() -> Probe)? = nil,
    _ answers: @escaping () throws -> [[Double]]
  ) -> Probe {
    Probe(name, right: Self.right, again: again) { try answers().map { Tensor($0) } }
  }

  private let rightAnswers = [[4.0, 0], [-2.0, 0x1p-140]]
  private let wrongAnswers = [[4.1, 0], [-2.1, 0]]

  private func exact(_ entry: Double, _ name: String = "exact") -> Probe {
    Probe(name) { answers in
      answers[0].scalars.map { ExactZero($0, unit: 8) }
    } answers: {
      [Tensor([0, entry])]
    }
  }

  // MARK: Values

  func testValuesFailWhereAllAreWrong() throws {
    XCTAssertEqual(try probe { self.rightAnswers }.ask(), .passes)
    XCTAssertEqual(try probe { self.wrongAnswers }.ask(), .fails)
    XCTAssertEqual(try probe { [self.wrongAnswers[0], self.rightAnswers[1]] }.ask(), .passes)
  }

  func testAnotherShapeAndAnotherNumberOfAnswersFail() throws {
    XCTAssertEqual(try probe { [[4], [-2]] }.ask(), .fails)
    XCTAssertEqual(try probe { [] }.ask(), .fails)
  }

  /// Where no other question follows, numbers are such that right code has finite answers.
  func testWhatIsNotFiniteIsWrongInTheLastQuestion() throws {
    for hole in [Double.nan, .infinity, -.infinity] {
      XCTAssertEqual(try probe { [[hole, 0], [hole, 0]] }.ask(), .fails)
    }
  }

  func testWhatIsNotFiniteIsAskedAgain() throws {
    for lost in [Double.nan, .infinity, -.infinity, 0, -0, 0x1p-127] {
      let answers = [[lost, 0], [lost, 0]]
      for (again, outcome) in [
        (rightAnswers, Probe.Outcome.passes), (wrongAnswers, .fails), (answers, .fails),
      ] {
        let probe = probe(again: { self.probe { again } }, { answers })
        XCTAssertEqual(try probe.ask(), outcome, "\(lost), then \(again)")
      }
    }
  }

  func testAWrongNumberIsNotAskedAgain() throws {
    let probe = probe(again: { self.probe { self.rightAnswers } }, { self.wrongAnswers })
    XCTAssertEqual(try probe.ask(), .fails)
  }

  // MARK: Zeros

  func testTheBandHasEdges() {
    func outcome(_ entry: Double) -> Probe.Outcome { ExactZero(entry, unit: 8).outcome }
    for sign in [1.0, -1] {
      XCTAssertEqual(outcome(sign * 0), .passes)
      XCTAssertEqual(outcome(sign * 0x1p-46), .passes)
      XCTAssertEqual(outcome(sign * (0x1p-46).nextUp), .fails)
      XCTAssertEqual(outcome(sign * 0x1p-28), .fails)
      // What is louder may be single precision, unless it has more digits.
      XCTAssertEqual(outcome(sign * Double(Float(0x1p-28).nextUp)), .undecided)
      XCTAssertEqual(outcome(sign * (0x1p-28).nextUp), .fails)
      XCTAssertEqual(outcome(sign * 1e300), .fails)
    }
    for hole in [Double.nan, .infinity, -.infinity] { XCTAssertEqual(outcome(hole), .fails) }
  }

  func testTwinsAreComparedInTheirUnit() {
    func outcome(_ one: Double, _ another: Double) -> Probe.Outcome {
      ExactZero(one, minus: another, unit: 1).outcome
    }
    XCTAssertEqual(outcome(0.1, 0.1), .passes)
    XCTAssertEqual(outcome(0.1, (0.1).nextUp), .passes)
    XCTAssertEqual(outcome(0.1, 0.1 + 1e-12), .fails)
    XCTAssertEqual(outcome(Double(Float(0.1)), Double(Float(0.1).nextUp)), .undecided)
    XCTAssertEqual(outcome(.nan, 0.1), .fails)
  }

  func testOneNumberInTheBandFails() throws {
    XCTAssertEqual(try exact(0).ask(), .passes)
    XCTAssertEqual(try exact(1e-11).ask(), .fails)
    XCTAssertEqual(try exact(0x1p-20).ask(), .undecided)
    let misshapen = Probe("exact") { _ in
      nil
    } answers: {
      []
    }
    XCTAssertEqual(try misshapen.ask(), .fails)
  }

  // MARK: All together

  func testTwoProbesConvictAndOneDoesNot() {
    let (passing, failing) = (probe { self.rightAnswers }, probe { self.wrongAnswers })
    XCTAssertEqual(Probe.verdict(of: []), .derived)
    XCTAssertEqual(Probe.verdict(of: [passing, exact(0x1p-20)]), .derived)
    XCTAssertEqual(Probe.verdict(of: [passing, failing]), .doubtful("small"))
    XCTAssertEqual(Probe.verdict(of: [exact(1e-11), passing]), .doubtful("exact"))
    XCTAssertEqual(
      Probe.verdict(of: [exact(1e-11), passing, failing]),
      .differenced(["exact", "small"])
    )
  }

  func testAnErrorFailsAProbe() {
    let throwing = probe { throw ThrownError.other("Overflow()") }
    XCTAssertEqual(Probe.verdict(of: [throwing]), .doubtful("small"))
    XCTAssertEqual(Probe.verdict(of: [throwing, throwing]), .threw(.other("Overflow()")))
    XCTAssertEqual(
      Probe.verdict(of: [throwing, exact(1e-11)]),
      .differenced(["small", "exact"])
    )
  }

  func testAWorkerThatEndsFailsOneProbe() {
    var asked = 0
    let ending = probe("ends") {
      asked += 1
      throw End()
    }
    XCTAssertEqual(Probe.verdict(of: [ending, ending, exact(1e-11)]), .doubtful("ends"))
    XCTAssertEqual(asked, 1)
  }
}
