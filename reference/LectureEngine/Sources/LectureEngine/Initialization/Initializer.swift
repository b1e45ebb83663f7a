public import CourseKit

/// The starting point of a layer's parameters.
///
/// `n` is the number of units of the previous layer that reach one unit, which is what the slides
/// divide by. Every number is drawn for itself.
public enum Initializer: Equatable, Sendable {
  /// Everything 0, which leaves all hidden units alike (S12).
  case zero
  /// Everything the same, with the same consequence (S12).
  case constant(Double)
  /// N(0, scale²), biases too, as in the slides' training runs (S14, S16).
  case gaussian(scale: Double)
  /// N(0, 1/n), with biases 0, as the slides define Xavier's (S18).
  case xavier
  /// N(0, 2/n), with biases 0, as the slides define Kaiming's (S19).
  case kaiming
  /// N(0, 2/(n + m)) with the `m` outputs, biases 0: Xavier's as published.
  ///
  /// Source: Glorot & Bengio 2010, equation 16, there as a uniform distribution.
  case glorot

  /// Weights of the given shape.
  ///
  /// Shapes: `shape` is `[out, in, ...]`, as `Linear` and convolutions store it, unless the numbers
  /// of inputs and outputs are given.
  ///
  /// - Parameters:
  ///   - shape: The shape of the weights.
  ///   - inputs: How many units one unit sees; nil derives it from the shape.
  ///   - outputs: How many units one unit is seen by; nil derives it from the shape.
  ///   - generator: Draws the numbers, row by row; constants draw none.
  /// - Returns: The weights.
  public func weights<Scalar: LectureScalar>(
    shape: [Int],
    inputs: Int? = nil,
    outputs: Int? = nil,
    using generator: inout Generator
  ) -> Tensor<Scalar> {
    let positions = shape.dropFirst(2).reduce(1, *)
    let n = Double(inputs ?? shape.dropFirst().reduce(1, *))
    let m = Double(outputs ?? (shape.first ?? 1) * positions)
    return switch self {
    case .zero: .zeros(shape: shape)
    case .constant(let value): Tensor(repeating: Scalar(value), shape: shape)
    case .gaussian(let scale): generator.normal(shape: shape) * Scalar(scale)
    // Divided, not multiplied by the inverse: the slides' own arithmetic, to the last bit.
    case .xavier: generator.normal(shape: shape) / Scalar(n.squareRoot())
    case .kaiming: generator.normal(shape: shape) / Scalar((n / 2).squareRoot())
    case .glorot: generator.normal(shape: shape) / Scalar(((n + m) / 2).squareRoot())
    }
  }

  /// Biases, which only `constant` and `gaussian` do not start at 0.
  public func biases<Scalar: LectureScalar>(
    count: Int,
    using generator: inout Generator
  ) -> Tensor<Scalar> {
    switch self {
    case .constant(let value): Tensor(repeating: Scalar(value), shape: [count])
    case .gaussian(let scale): generator.normal(shape: [count]) * Scalar(scale)
    case .zero, .xavier, .kaiming, .glorot: .zeros(count)
    }
  }
}

extension Linear {
  /// A layer whose parameters are drawn, the weights first.
  ///
  /// - Parameters:
  ///   - inputs: The number of inputs.
  ///   - outputs: The number of outputs.
  ///   - hasBias: Whether there are biases.
  ///   - initializer: Where the parameters start.
  ///   - generator: Draws the numbers.
  /// - Precondition: Neither number is negative.
  public init(
    inputs: Int,
    outputs: Int,
    hasBias: Bool = true,
    _ initializer: Initializer,
    using generator: inout Generator
  ) {
    weight = initializer.weights(shape: [outputs, inputs], using: &generator)
    bias = hasBias ? initializer.biases(count: outputs, using: &generator) : nil
  }
}
