import CourseKit

/// The example of README.md: three samples, two features, everything computed by hand.
///
/// Fractions stand as integers over one denominator.
enum Example {
  static let epsilon = 1.0
  static let x = Tensor<Double>([[7, -2], [7, 4], [1, 10]])
  static let mean = Tensor<Double>([5, 4])
  static let variance = Tensor<Double>([8, 24])
  static let xHat = Tensor<Double>([[10, -18], [10, 0], [-20, 18]]) / 15
  static let gamma = Tensor<Double>([2, -1])
  static let beta = Tensor<Double>([1, 3])
  static let u = Tensor<Double>([[35, 63], [35, 45], [-25, 27]]) / 15

  static let dU = Tensor<Double>([[5, 4], [2, 1], [-1, -1]])
  static let dXHat = Tensor<Double>([[10, -4], [4, -1], [-2, 1]])
  static let dVariance = Tensor<Double>([-50, -9]) / 75
  static let dMean = Tensor<Double>([-20, 4]) / 5
  static let dX = Tensor<Double>([[250, -12], [-200, 15], [-50, -3]]) / 225
  static let dGamma = Tensor<Double>([6, -6])
  static let dBeta = Tensor<Double>([6, 4])
}
