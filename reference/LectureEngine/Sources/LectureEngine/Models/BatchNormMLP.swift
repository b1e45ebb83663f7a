public import CourseKit

/// The slides' network with batch norm: 784-500-500-500-500-10.
///
/// No bias stands before a norm, which would take it away again, and no activation at the end.
///
/// Shapes: `x` `[n, inputs]`; the output is `[n, classes]`.
///
/// Source: slide 26.
public struct BatchNormMLP<Scalar: LectureScalar>: Network {
  /// Linear, norm and ReLU for each hidden layer, then the last linear layer, named by place.
  public var layers: Sequential<Scalar>

  /// A network with drawn weights; the slides' own has 1,151,010 parameters.
  public init(
    inputs: Int = 784,
    hidden: [Int] = [500, 500, 500, 500],
    classes: Int = 10,
    _ initializer: Initializer = .kaiming,
    using generator: inout Generator
  ) {
    var (chain, last) = ([any Layer<Scalar>](), inputs)
    for width in hidden {
      chain.append(
        Linear<Scalar>(
          inputs: last,
          outputs: width,
          hasBias: false,
          initializer,
          using: &generator
        )
      )
      chain.append(BatchNorm<Scalar>(channels: width))
      chain.append(ReLU<Scalar>())
      last = width
    }
    chain.append(
      Linear<Scalar>(inputs: last, outputs: classes, initializer, using: &generator)
    )
    layers = Sequential(chain)
  }
}
