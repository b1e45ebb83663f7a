public import CourseKit

/// The slides' convolutional network: two convolutions, each with max pooling, and three linear
/// layers.
///
/// Shapes: `x` `[n, 3, 32, 32]`; the output is `[n, classes]`.
///
/// Source: slide 44.
public struct SimpleCNN<Scalar: LectureScalar>: Network {
  /// The chain; `conv1`, `conv2`, `fc1`, `fc2` and `fc3` have parameters.
  public var layers: Sequential<Scalar>

  /// A network with drawn weights; with 10 classes it has 62,006 parameters.
  ///
  /// - Throws: `ShapeMismatch` when there are no classes.
  public init(
    classes: Int = 10,
    _ initializer: Initializer = .kaiming,
    using generator: inout Generator
  ) throws {
    guard classes > 0 else { throw ShapeMismatch("SimpleCNN, classes", [classes], [1]) }
    layers = Sequential(named: [
      "conv1": try Conv2d<Scalar>(inputs: 3, outputs: 6, kernel: 5, initializer, using: &generator),
      "relu1": ReLU<Scalar>(),
      "pool1": MaxPool2d<Scalar>(kernel: 2),
      "conv2": try Conv2d<Scalar>(
        inputs: 6,
        outputs: 16,
        kernel: 5,
        initializer,
        using: &generator
      ),
      "relu2": ReLU<Scalar>(),
      "pool2": MaxPool2d<Scalar>(kernel: 2),
      "flatten": Flatten<Scalar>(),
      "fc1": Linear<Scalar>(inputs: 400, outputs: 120, initializer, using: &generator),
      "relu3": ReLU<Scalar>(),
      "fc2": Linear<Scalar>(inputs: 120, outputs: 84, initializer, using: &generator),
      "relu4": ReLU<Scalar>(),
      "fc3": Linear<Scalar>(inputs: 84, outputs: classes, initializer, using: &generator),
    ])
  }
}
