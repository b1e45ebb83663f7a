import CourseKit

/// The functions of the assignment as the grader calls them: name, arguments, result.
public enum LayerNormTask {
  /// The type of every tensor on the wire.
  private static let t = Tensor<Double>.self

  /// `layerMean(x)`.
  public static let layerMean = Function("layerMean", t, returns: t)

  /// `layerVariance(x, mean)`.
  public static let layerVariance = Function("layerVariance", t, t, returns: t)

  /// `layerNorm(x, gamma, beta, epsilon)`.
  public static let layerNorm = Function("layerNorm", t, t, t, Double.self, returns: t)

  /// `layerNormBackward(dU, x, gamma, epsilon)`.
  public static let backward = Function(
    "layerNormBackward",
    t,
    t,
    t,
    Double.self,
    returns: LayerNormGradients.self
  )
}
