import CourseKit

/// A tensor that a student's answer is held against, and the unit in which it may differ.
///
/// The unit is the largest entry of the same formula with every addend made absolute: right code
/// errs by a few roundings of it, however much cancels. Where all addends are zero it is 1.
struct Expected {
  let name: String
  let value: Tensor<Double>
  let scale: Double
  private let terms: Tensor<Double>

  init(_ name: String, _ value: Tensor<Double>, terms: Tensor<Double>) {
    self.name = name
    self.value = value
    self.terms = terms
    let largest = terms.scalars.max() ?? 0
    scale = largest == 0 ? 1 : largest
  }

  /// The answer that is expected, and a student's, with each entry divided by the sum of its own
  /// absolute addends, which excuses a thousandth: what is small beside others is to be right too.
  ///
  /// A student's answer of another shape stays as it is; one that others are held against may have
  /// another than its addends, and then one unit.
  func byEntry(_ answer: Tensor<Double>) -> (expected: Expected, answer: Tensor<Double>) {
    let fits =
      terms.rank <= value.rank
      && zip(terms.shape.reversed(), value.shape.reversed()).allSatisfy { [1, $1].contains($0) }
    let zero = Tensor<Double>.zeros(shape: value.shape)
    let unit = fits ? (zero + terms).map { $0 == 0 ? scale : $0 } : zero + scale
    let expected = Expected(name, value / unit, terms: Tensor([100]))
    return (expected, answer.shape == value.shape ? answer / unit : answer)
  }
}

/// A draw that may have channels of very different sizes beside each other.
protocol Graded {
  /// True if each entry of an answer is compared in its own unit.
  var isGraded: Bool { get }
}

extension Convolution: Graded {}

extension Shift: Graded {
  var isGraded: Bool { convolution.isGraded }
}

extension Normalization: Graded {}

extension Folding: Graded {}

extension Approach: Graded {}

extension Tensor where Scalar == Double {
  /// The largest error in units of the expected tensor's scale, NaN if there is one; infinite for
  /// another shape.
  func error(from expected: Expected) -> Double {
    guard shape == expected.value.shape else { return .infinity }
    let errors = zip(scalars, expected.value.scalars).map { abs($0 - $1) / expected.scale }
    return errors.reduce(0) { $0.isNaN || $1 <= $0 ? $0 : $1 }
  }

  /// Every entry without its sign.
  var absolute: Tensor { map { abs($0) } }

  /// A number for each channel, to meet `[n, o, h, w]`.
  var onChannels: Tensor { reshaped(count, 1, 1) }

  /// The sum over batch and positions: `[n, o, h, w]` becomes `[o]`.
  var channelSum: Tensor { sum(axis: 3).sum(axis: 2).sum(axis: 0) }

  /// The mean over batch and positions: `[n, o, h, w]` becomes `[o]`.
  var channelMean: Tensor { channelSum / Double(shape[0] * shape[2] * shape[3]) }
}
