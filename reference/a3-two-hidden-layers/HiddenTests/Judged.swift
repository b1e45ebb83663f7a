import CourseKit

/// The way in which a function answered some draws.
struct Judged {
  /// True if all answers are right.
  var isRight = true
  /// The largest error, in units of the tensors.
  private var error = 0.0
  /// True if every number is one of single precision.
  private var isSingle = true

  /// Formulas in double precision err by 2e-14 at the most, differences by a hundred times as much.
  private static let rounding = 2e-13

  /// True if the answers are as exact as formulas in double precision: numbers can then be of sizes
  /// that single precision does not hold.
  var isDouble: Bool { error <= Self.rounding }

  /// True if the answers err as differences do, and formulas in either precision do not.
  var mayBeDifferenced: Bool { !isDouble && !isSingle }

  /// Adds an answer.
  mutating func add(_ answer: Tensor<Double>, _ expected: Expected, isRight: Bool) {
    self.isRight = self.isRight && isRight
    isSingle = isSingle && answer.scalars.allSatisfy { Double(Float($0)) == $0 }
    guard answer.shape == expected.value.shape else { return }
    error = max(error, (answer - expected.value).largest / expected.scale)
  }
}
