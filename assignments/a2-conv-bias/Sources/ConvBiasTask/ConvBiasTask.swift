import CourseKit

/// The functions of the assignment as the grader calls them: name, arguments, result.
///
/// Nothing here is to be changed or handed in: the grader uses a copy of its own.
public enum ConvBiasTask {
  /// The types on the wire: a tensor, a tensor or nil, a pair, a number.
  private static let t = Tensor<Double>.self
  private static let maybe = Tensor<Double>?.self
  private static let pair = Pair.self
  private static let int = Int.self

  /// `outputSize(input, kernel, stride, padding)`.
  public static let outputSize = Function("outputSize", int, int, int, int, returns: int)

  /// `conv2d(x, weight, bias, stride, padding)`.
  public static let conv2d = Function("conv2d", t, t, maybe, pair, pair, returns: t)

  /// `convGradBias(dY)`.
  public static let gradBias = Function("convGradBias", t, returns: t)

  /// `convGradWeight(dY, x, kernel, stride, padding)`.
  public static let gradWeight = Function("convGradWeight", t, t, pair, pair, pair, returns: t)

  /// `convGradInput(dY, weight, inputSize, stride, padding)`.
  public static let gradInput = Function("convGradInput", t, t, pair, pair, pair, returns: t)

  /// `parameterCounts(inputChannels, outputChannels, kernel, inputSize, stride, padding)`.
  public static let parameterCounts =
    Function("parameterCounts", int, int, pair, pair, pair, pair, returns: Counts.self)

  /// `bestBias(response, target)`.
  public static let bestBias = Function("bestBias", t, t, returns: t)

  /// `biasAbsorbingShift(weight, bias, shift)`.
  public static let absorbShift = Function("biasAbsorbingShift", t, t, t, returns: t)

  /// `convThenBatchNorm(x, weight, bias, gamma, beta, epsilon)`.
  public static let convThenBatchNorm =
    Function("convThenBatchNorm", t, t, t, t, t, Double.self, returns: t)

  /// `biasGradientBeforeBatchNorm(dU, x, weight, bias, gamma, epsilon)`.
  public static let gradBiasBeforeBatchNorm =
    Function("biasGradientBeforeBatchNorm", t, t, t, t, t, Double.self, returns: t)

  /// `foldBatchNorm(weight, bias, gamma, beta, running, epsilon)`.
  public static let fold =
    Function("foldBatchNorm", t, maybe, t, t, Running.self, Double.self, returns: folded)

  private static let folded = FoldedConvolution.self
}
