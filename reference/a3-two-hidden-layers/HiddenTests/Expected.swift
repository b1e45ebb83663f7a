import CourseKit

/// A tensor that a student's answer is held against, and the unit in which it may differ.
///
/// The unit is the largest entry of the same formula with every addend made absolute: right code
/// errs by a few roundings of it, however much cancels.
struct Expected {
  let name: String
  let value: Tensor<Double>
  let scale: Double
  private let terms: Tensor<Double>

  init(_ name: String, _ value: Tensor<Double>, terms: Tensor<Double>) {
    self.name = name
    self.value = value
    scale = terms.scalars.max() ?? 0
    self.terms = terms
  }

  /// Tells whether an answer has the right shape, and errs by a thousandth of the unit at the most.
  func isNear(_ answer: Tensor<Double>) -> Bool {
    answer.shape == value.shape && (answer - value).largest <= 1e-3 * scale
  }

  /// An answer, and what is right, with each entry in a unit of its own.
  func byEntry(_ answer: Tensor<Double>) -> (Tensor<Double>, Expected) {
    let units = terms.map { $0 > 0 ? $0 : 1 }
    let right = Expected(name, value / units, terms: .ones(shape: value.shape))
    return (answer.shape == value.shape ? answer / units : answer, right)
  }
}

extension Tensor where Scalar == Double {
  /// Every entry without its sign.
  var absolute: Tensor { map { abs($0) } }

  /// The largest entry without its sign; NaN if there is one, which no limit lets pass.
  var largest: Double { scalars.reduce(0) { $0.isNaN || abs($1) <= $0 ? $0 : abs($1) } }

  /// The smallest entry without its sign.
  var smallest: Double { scalars.reduce(.infinity) { min($0, abs($1)) } }
}

/// The product of two matrices whose sizes fit by construction.
func product(
  _ left: Tensor<Double>,
  _ right: Tensor<Double>,
  transposing operands: Transposition = .neither
) -> Tensor<Double> {
  guard let product = try? left.matmul(right, transposing: operands) else {
    preconditionFailure("\(left.shape) times \(right.shape), \(operands) transposed")
  }
  return product
}
