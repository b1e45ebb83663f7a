import CourseKit

/// A tensor that a student's answer is held against, and the unit in which it may differ.
///
/// The unit is the largest entry of the same formula with every addend made absolute: right code
/// errs by a few roundings of it, however much cancels.
struct Expected {
  let name: String
  let value: Tensor<Double>
  let scale: Double

  init(_ name: String, _ value: Tensor<Double>, terms: Tensor<Double>) {
    self.name = name
    self.value = value
    scale = terms.scalars.max() ?? 0
  }
}

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
