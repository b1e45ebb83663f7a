public import CourseKit

/// LeNet-5 as it is usually drawn today; not the published one, which is `LeNet5`.
///
/// Every map of the second convolution sees all maps of the first, pooling is a plain average, the
/// activation a plain tanh, and the output is a linear layer's logits.
///
/// Shapes: `x` `[n, 1, 32, 32]`; the output is `[n, classes]`.
public struct ModernLeNet<Scalar: LectureScalar>: Network {
  /// The chain; `conv1`, `conv2`, `fc1`, `fc2` and `fc3` have parameters.
  public var layers: Sequential<Scalar>

  /// A network with drawn weights; with 10 classes it has 61,706 parameters.
  ///
  /// - Throws: `ShapeMismatch` when there are no classes.
  public init(
    classes: Int = 10,
    _ initializer: Initializer = .xavier,
    using generator: inout Generator
  ) throws {
    guard classes > 0 else { throw ShapeMismatch("modern LeNet, classes", [classes], [1]) }
    layers = Sequential(named: [
      "conv1": try Conv2d<Scalar>(inputs: 1, outputs: 6, kernel: 5, initializer, using: &generator),
      "tanh1": Tanh<Scalar>(),
      "pool1": AvgPool2d<Scalar>(kernel: 2),
      "conv2": try Conv2d<Scalar>(
        inputs: 6,
        outputs: 16,
        kernel: 5,
        initializer,
        using: &generator
      ),
      "tanh2": Tanh<Scalar>(),
      "pool2": AvgPool2d<Scalar>(kernel: 2),
      "flatten": Flatten<Scalar>(),
      "fc1": Linear<Scalar>(inputs: 400, outputs: 120, initializer, using: &generator),
      "tanh3": Tanh<Scalar>(),
      "fc2": Linear<Scalar>(inputs: 120, outputs: 84, initializer, using: &generator),
      "tanh4": Tanh<Scalar>(),
      "fc3": Linear<Scalar>(inputs: 84, outputs: classes, initializer, using: &generator),
    ])
  }
}
