import CourseKit

/// The functions of the assignment as the grader calls them: name, arguments, result.
///
/// Nothing here is to be changed or handed in: the grader uses a copy of its own.
public enum BatchNormTask {
  /// The type of every tensor on the wire.
  private static let t = Tensor<Double>.self

  /// `batchMean(x)`.
  public static let batchMean = Function("batchMean", t, returns: t)

  /// `batchVariance(x, mean)`.
  public static let batchVariance = Function("batchVariance", t, t, returns: t)

  /// `normalize(x, mean, variance, epsilon)`.
  public static let normalize = Function("normalize", t, t, t, Double.self, returns: t)

  /// `scaleAndShift(xHat, gamma, beta)`.
  public static let scaleAndShift = Function("scaleAndShift", t, t, t, returns: t)

  /// `gradXHat(dU, gamma)`.
  public static let gradXHat = Function("gradXHat", t, t, returns: t)

  /// `gradVariance(dXHat, x, mean, variance, epsilon)`.
  public static let gradVariance = Function("gradVariance", t, t, t, t, Double.self, returns: t)

  /// `gradMean(dXHat, dVariance, x, mean, variance, epsilon)`.
  public static let gradMean = Function("gradMean", t, t, t, t, t, Double.self, returns: t)

  /// `gradInput(dXHat, dVariance, dMean, x, mean, variance, epsilon)`.
  public static let gradInput = Function("gradInput", t, t, t, t, t, t, Double.self, returns: t)

  /// `gradGamma(dU, xHat)`.
  public static let gradGamma = Function("gradGamma", t, t, returns: t)

  /// `gradBeta(dU)`.
  public static let gradBeta = Function("gradBeta", t, returns: t)

  /// `batchNormBackward(dU, x, gamma, epsilon)`.
  public static let backward =
    Function("batchNormBackward", t, t, t, Double.self, returns: BatchNormGradients.self)

  /// `batchNormBackwardClosed(dU, xHat, gamma, variance, epsilon)`.
  public static let backwardClosed =
    Function("batchNormBackwardClosed", t, t, t, t, Double.self, returns: t)

  /// `batchNormInference(x, gamma, beta, running, epsilon)`.
  public static let inference =
    Function("batchNormInference", t, t, t, Running.self, Double.self, returns: t)

  /// `updateRunning(running, mean, variance, count, momentum)`.
  public static let updateRunning =
    Function("updateRunning", Running.self, t, t, Int.self, Double.self, returns: Running.self)

  /// `smallNetworkGradients(x, w1, gamma, beta, w2, target, epsilon)`.
  public static let smallNetwork =
    Function("smallNetworkGradients", t, t, t, t, t, t, Double.self, returns: gradients)

  private static let gradients = SmallNetworkGradients.self
}
