import CourseKit

/// The functions of the assignment as the grader calls them: name, arguments, result.
///
/// Nothing here is to be changed or handed in: the grader uses a copy of its own. A generator
/// travels as its seed.
public enum TwoHiddenLayersTask {
  /// The type of every tensor on the wire.
  private static let t = Tensor<Double>.self
  private static let labels = [Int].self
  private static let parameters = Parameters.self

  /// `softmax(logits)`.
  public static let softmax = Function("softmax", t, returns: t)

  /// `crossEntropy(logits, labels)`.
  public static let crossEntropy = Function("crossEntropy", t, labels, returns: Double.self)

  /// `gradLogits(logits, labels)`.
  public static let gradLogits = Function("gradLogits", t, labels, returns: t)

  /// `relu(z)`.
  public static let relu = Function("relu", t, returns: t)

  /// `gradReLU(dA, z)`.
  public static let gradReLU = Function("gradReLU", t, t, returns: t)

  /// `linear(x, w, b)`.
  public static let linear = Function("linear", t, t, t, returns: t)

  /// `gradLinear(dZ, x, w)`.
  public static let gradLinear = Function("gradLinear", t, t, t, returns: LinearGradients.self)

  /// `forward(x, p)`.
  public static let forward = Function("forward", t, parameters, returns: Trace.self)

  /// `backward(x, labels, p)`.
  public static let backward = Function("backward", t, labels, parameters, returns: parameters)

  /// `initialize(kind, sizes, seed)`.
  public static let initialize =
    Function("initialize", Initializer.self, [Int].self, UInt64.self, returns: parameters)

  /// The second of two calls of `initialize(kind, sizes, ...)` with one generator.
  public static let initializeAgain =
    Function("initializeAgain", Initializer.self, [Int].self, UInt64.self, returns: parameters)

  /// `sgdStep(p, g, learningRate)`.
  public static let sgdStep =
    Function("sgdStep", parameters, parameters, Double.self, returns: parameters)

  /// `trainSteps(p, batches, learningRate)`.
  public static let trainSteps =
    Function("trainSteps", parameters, [Batch].self, Double.self, returns: TrainedSteps.self)

  /// `train(p, data, epochs, batchSize, learningRate, seed)`.
  public static let train = training("train")

  /// The second of two calls of `train(p, ...)` with one generator.
  public static let trainAgain = training("trainAgain")

  private static func training(
    _ name: String
  ) -> Function<Parameters, Parameters, Dataset, Int, Int, Double, UInt64> {
    Function(
      name,
      parameters,
      Dataset.self,
      Int.self,
      Int.self,
      Double.self,
      UInt64.self,
      returns: parameters
    )
  }
}
