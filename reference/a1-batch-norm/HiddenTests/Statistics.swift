import CourseKit

/// The forward half of the reference: statistics of a batch, in better arithmetic than a student
/// needs.
///
/// The first row is subtracted first. That is exact for neighbouring numbers, and batch norm does
/// not see it, so the error does not grow with the offset.
struct Statistics {
  let mean: Tensor<Double>
  let deviation: Tensor<Double>
  let variance: Tensor<Double>
  let root: Tensor<Double>

  init(of x: Tensor<Double>, epsilon: Double) {
    let shifted = x - x.row(0)
    let shiftedMean = shifted.mean(axis: 0)
    mean = x.row(0) + shiftedMean
    deviation = shifted - shiftedMean
    variance = deviation.squared().mean(axis: 0)
    root = (variance + epsilon).squareRoot()
  }

  var xHat: Tensor<Double> { deviation / root }
}

/// A tensor that a student's answer is held against, and the unit in which it may differ.
///
/// The unit is the largest entry of the same formula with every addend made absolute: right code
/// errs by a few roundings of it, however much cancels. Where all addends are zero it is 1.
struct Expected {
  let name: String
  let value: Tensor<Double>
  let scale: Double
  let terms: Tensor<Double>
  /// Tensors that an error may be proportional to, column by column.
  let directions: [String: Tensor<Double>]

  init(
    _ name: String,
    _ value: Tensor<Double>,
    terms: Tensor<Double>,
    directions: [String: Tensor<Double>] = [:]
  ) {
    self.directions = directions
    self.name = name
    self.value = value
    self.terms = terms
    let largest = terms.scalars.max() ?? 0
    scale = largest == 0 ? 1 : largest
  }

  /// The answer that is expected, and a student's, with each column divided by its own unit, which
  /// excuses a thousandth: what is small beside other columns is to be right too.
  ///
  /// A student's answer of another shape stays as it is.
  func byColumn(_ answer: Tensor<Double>) -> (expected: Expected, answer: Tensor<Double>) {
    guard value.rank > 0, terms.shape == value.shape else { return (self, answer) }
    let columns = value.shape[value.rank - 1]
    var units = [Double](repeating: 0, count: columns)
    for (place, term) in terms.scalars.enumerated() {
      units[place % columns] = max(units[place % columns], term)
    }
    let unit = Tensor(units.map { $0 == 0 ? 1 : $0 })
    let expected = Expected(
      name,
      value / unit,
      terms: Tensor([100]),
      directions: directions.mapValues { $0 / unit }
    )
    return (expected, answer.shape == value.shape ? answer / unit : answer)
  }
}

extension Tensor where Scalar == Double {
  /// Every entry without its sign.
  var absolute: Tensor { map { abs($0) } }

  /// The largest error in units of the expected tensor's scale, NaN if there is one; infinite for
  /// another shape.
  func error(from expected: Expected) -> Double {
    guard shape == expected.value.shape else { return .infinity }
    let errors = zip(scalars, expected.value.scalars).map { abs($0 - $1) / expected.scale }
    return errors.reduce(0) { $0.isNaN || $1 <= $0 ? $0 : $1 }
  }
}
