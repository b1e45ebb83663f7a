internal import CourseKit

extension Tensor {
  /// The mean of all numbers, summed in double precision.
  var mean: Double { scalars.reduce(0) { $0 + Double($1) } / Double(count) }

  /// The standard deviation of all numbers with Bessel's correction, as the slides print it.
  var deviation: Double {
    let mean = mean
    let squares = scalars.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (squares / Double(count - 1)).squareRoot()
  }

  /// The square root of the sum of squares.
  var norm: Double { scalars.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }

  /// The largest absolute difference from a tensor of the same shape.
  func distance(to other: Tensor) -> Double {
    zip(scalars, other.scalars).reduce(0) { Swift.max($0, abs(Double($1.0) - Double($1.1))) }
  }
}

extension Tensor<Double> {
  /// The rows of a matrix.
  var rows: [[Double]] { (0..<shape[0]).map { row($0).scalars } }
}
