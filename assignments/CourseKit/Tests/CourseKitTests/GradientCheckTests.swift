import CourseKit
import XCTest

final class GradientCheckTests: XCTestCase {
  private let x = normal(4, 3)
  private let w = normal(3, 2, seed: 2)

  /// `x ↦ x w`, whose gradient is `c wᵀ`.
  private func check(
    scale: Double? = nil,
    batch: Int? = nil,
    _ claimed: @escaping (Tensor<Double>) throws -> Tensor<Double>
  ) throws -> GradientReport {
    try checkGradient(
      of: { try $0.matmul(self.w) },
      at: x,
      batch: batch,
      scale: scale,
      claimed: claimed
    )
  }

  private func right(_ cotangent: Tensor<Double>) throws -> Tensor<Double> {
    try cotangent.matmul(w, transposing: .right)
  }

  func testARightGradientPasses() throws {
    let report = try check(right)
    XCTAssert(report.passed, report.explanation)
    XCTAssertLessThan(report.error, 1e-9)
    XCTAssertEqual(report.tolerance, 1e-6)
    XCTAssert(report.explanation.hasPrefix("dX agrees with finite differences"))
  }

  func testOneWrongEntryIsFound() throws {
    let report = try check {
      var dX = try self.right($0)
      dX[2, 1] += 0.25
      return dX
    }
    XCTAssertEqual(report.finding, .differs(.oneEntry))
    XCTAssertEqual(report.worstIndex, [2, 1])
    XCTAssertEqual(report.claimed - report.numeric, 0.25, accuracy: 1e-8)
    XCTAssertEqual(report.error, 0.25 / report.scale, accuracy: 1e-8)
    XCTAssert(report.explanation.hasPrefix("dX differs at [2, 1]: yours "), report.explanation)
    XCTAssert(report.explanation.hasSuffix("All other entries are right."), report.explanation)
  }

  func testAnErrorJustBelowTheTolerancePassesAndJustAboveFails() throws {
    for (error, passes) in [(0.9e-6, true), (1.1e-6, false)] {
      let report = try check(scale: 10) {
        var dX = try self.right($0)
        dX[3, 2] -= 10 * error
        return dX
      }
      XCTAssertEqual(report.passed, passes)
      XCTAssertEqual(report.scale, 10)
    }
  }

  func testAnErrorNearTheToleranceHasNoPattern() throws {
    let report = try check(scale: 1) {
      var dX = try self.right($0)
      dX[3, 2] += 50e-6
      return dX
    }
    XCTAssertEqual(report.finding, .differs(nil))
  }

  func testTheScaleIsTheSizeOfTheTermsBeforeTheyCancel() {
    var cotangent = Tensor<Double>.zeros(2)
    let report = checkGradient(
      of: { Tensor([$0[0], $0[0]]) },
      at: Tensor([3.0]),
      claimed: {
        cotangent = $0
        return Tensor([$0[0] + $0[1]])
      }
    )
    XCTAssertEqual(report.scale, abs(cotangent[0]) + abs(cotangent[1]), accuracy: 1e-8)
    XCTAssertNotEqual(report.scale, abs(cotangent[0] + cotangent[1]), accuracy: 1e-2)
  }

  func testTheStepReallyTakenIsDividedBy() {
    // x ± 1e-5 is rounded to multiples of 1e-10 here; 2e-5 would be off by 5e-6.
    let far = Tensor<Double>([1e6 + 0.1, -1e6 + 0.3])
    let report = checkGradient(of: { $0 }, at: far, scale: 1, step: 1e-5, claimed: { $0 })
    XCTAssertLessThan(report.error, 1e-14)
  }

  func testPatterns() throws {
    let patterns: [(GradientPattern?, (Tensor<Double>) -> Tensor<Double>)] = [
      (.allZero, { $0 * 0 }),
      (.multiple(.minusOne), { -$0 }),
      (.multiple(.two), { $0 * 2 }),
      (.multiple(.half), { $0 / 2 }),
      (.multiple(.batch), { $0 * 4 }),
      (.multiple(.oneOverBatch), { $0 / 4 }),
      (.multiple(.bessel), { $0 * 4 / 3 }),
      (.multiple(.inverseBessel), { $0 * 3 / 4 }),
      (.sameInEveryRow, { $0 - $0.mean(axis: 0) }),
      (nil, { $0 * $0 }),
      (nil, { $0 * 1.0001 }),
    ]
    for (pattern, slip) in patterns {
      XCTAssertEqual(try check { slip(try self.right($0)) }.finding, .differs(pattern))
    }
  }

  func testAWrongRowAndAWrongColumnAreNamed() throws {
    let row = try check { cotangent in
      var dX = try self.right(cotangent)
      for j in 0..<3 { dX[1, j] *= Double(j) + 3 }
      return dX
    }
    XCTAssertEqual(row.finding, .differs(.oneSlice(axis: 0, index: 1)))
    XCTAssert(row.explanation.contains("except in row 1"), row.explanation)
    let column = try check { cotangent in
      var dX = try self.right(cotangent)
      for i in 0..<4 { dX[i, 2] *= Double(i) + 3 }
      return dX
    }
    XCTAssertEqual(column.finding, .differs(.oneSlice(axis: 1, index: 2)))
    XCTAssert(column.explanation.contains("except in column 2"), column.explanation)
  }

  func testATransposedSquareGradientIsNamed() throws {
    let square = normal(3, 3, seed: 4)
    let report = checkGradient(
      of: { ($0 * square).sum() },
      at: normal(3, 3),
      claimed: square.transposed(),
      named: "dW"
    )
    XCTAssertEqual(report.finding, .differs(.transposed))
  }

  func testABatchOfTwoDoesNotConfuseTwoWithTheBatch() throws {
    let report = checkGradient(
      of: { $0.squared() },
      at: normal(2, 3),
      claimed: { $0 * normal(2, 3) * 4 }
    )
    XCTAssertEqual(report.finding, .differs(nil))
  }

  func testTheBatchOfALossMustBeGiven() {
    let x = normal(5, 2)
    let loss = { (x: Tensor<Double>) in x.squared().sum() / 5 }
    let slip = x * 2
    XCTAssertEqual(checkGradient(of: loss, at: x, claimed: slip).finding, .differs(nil))
    XCTAssertEqual(
      checkGradient(of: loss, at: x, claimed: slip, batch: 5).finding,
      .differs(.multiple(.batch))
    )
  }

  func testWrongShapes() throws {
    let flat = try check { try self.right($0).reshaped(12) }
    XCTAssertEqual(flat.finding, .wrongShape(claimed: [12], expected: [4, 3]))
    XCTAssert(flat.error.isNaN)
    XCTAssertEqual(flat.worstIndex, [])
    XCTAssert(flat.explanation.contains("dX has shape [12], it should have [4, 3]"))
    let transposed = try check { try self.right($0).transposed() }
    XCTAssert(transposed.explanation.hasSuffix("It looks transposed."), transposed.explanation)
  }

  func testNotANumberIsFoundWhereItIs() throws {
    let report = try check {
      var dX = try self.right($0)
      dX[1, 2] = .nan
      return dX
    }
    XCTAssertEqual(report.finding, .notFinite)
    XCTAssertEqual(report.worstIndex, [1, 2])
    XCTAssert(report.explanation.hasPrefix("dX is nan at [1, 2]"), report.explanation)
  }

  func testAFunctionThatIsNotFinite() {
    let report = checkGradient(
      of: { $0.log() },
      at: Tensor([2, -1, 3]),
      claimed: { $0 / Tensor([2, -1, 3]) }
    )
    XCTAssertEqual(report.finding, .functionNotFinite)
    XCTAssertEqual(report.worstIndex, [0], "one NaN output makes every derivative NaN")
    XCTAssertFalse(report.passed)
  }

  func testAFunctionWhoseShapeChanges() {
    var calls = 0
    let report = checkGradient(
      of: { x in
        calls += 1
        return calls < 4 ? x : x.reshaped(2, 1)
      },
      at: Tensor([1, 2]),
      claimed: { $0 }
    )
    XCTAssertEqual(report.finding, .functionChangesShape(from: [2], to: [2, 1]))
    XCTAssert(report.explanation.contains("[2, 1]"), report.explanation)
  }

  func testErrorsOfTheStudentsFunctionsPassThrough() {
    XCTAssertThrowsError(try check { _ in throw NotImplemented("gradInput") }) {
      XCTAssertEqual($0 as? NotImplemented, NotImplemented("gradInput"))
    }
    XCTAssertThrowsError(
      try checkGradient(of: { _ in throw BatchTooSmall(count: 1) }, at: x, claimed: { $0 })
    ) {
      XCTAssertEqual($0 as? BatchTooSmall, BatchTooSmall(count: 1))
    }
  }

  func testAnEmptyInputAgrees() {
    let empty = Tensor<Double>.zeros(0, 3)
    XCTAssert(checkGradient(of: { $0.sum() }, at: empty, claimed: empty).passed)
  }

  func testAGradientOfZeroIsNotHeldAgainstRounding() {
    // A constant added to all samples does not change the centered batch.
    let x = normal(6, 2) * 3 + 5
    let report = checkGradient(
      of: { shift in
        let moved = x + shift
        return (moved - moved.mean(axis: 0)).squared().sum() + 100
      },
      at: Tensor([0.5, -0.25]),
      claimed: .zeros(2)
    )
    XCTAssert(report.passed, report.explanation)
    XCTAssertNotEqual(report.numeric, 0, "finite differences do see rounding here")
  }

  func testTheCotangentIsRandomAndDependsOnTheSeed() throws {
    var seen: [Tensor<Double>] = []
    for seed: UInt64 in [0, 0, 1] {
      _ = checkGradient(
        of: { $0 },
        at: x,
        seed: seed,
        claimed: {
          seen.append($0)
          return $0
        }
      )
    }
    XCTAssertEqual(seen[0], seen[1])
    XCTAssertNotEqual(seen[0], seen[2])
    XCTAssertGreaterThan(distance(seen[0], .ones(4, 3)), 1)
  }

  func testTheStepFollowsTheSpreadWithinColumns() {
    let spread = Tensor<Double>([[1000, -1], [1002, 1]])
    let report = checkGradient(of: { $0.squared().sum() }, at: spread, claimed: spread * 2)
    XCTAssertEqual(report.step, 1e-5, accuracy: 1e-12)
    let constant = checkGradient(of: { $0.sum() }, at: Tensor([4.0, 4.0]), claimed: .ones(2))
    XCTAssertEqual(constant.step, 4e-5, accuracy: 1e-12)
    let zero = checkGradient(of: { $0.sum() }, at: .zeros(2), claimed: .ones(2), step: nil)
    XCTAssertEqual(zero.step, 1e-5)
  }
}
