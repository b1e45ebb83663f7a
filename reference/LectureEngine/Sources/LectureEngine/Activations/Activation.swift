public import CourseKit

/// A layer without parameters that applies one function to every element.
///
/// Shapes: any; the output has the shape of the input. An empty input has an empty output, and NaN
/// stays NaN.
public protocol Activation<Scalar>: Layer where Cache == ActivationCache<Scalar> {
  /// The function that the layer applies.
  var function: ActivationFunction { get }
}

/// The input of an activation.
public struct ActivationCache<Scalar: LectureScalar>: Sendable {
  fileprivate let input: Tensor<Scalar>
}

extension Activation {
  /// Applies the function to every element.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let (name, a, b) = function.kernel
    var output = Tensor<Scalar>(unwritten: input.shape)
    Scalar.loops.activate(
      name,
      a: Scalar(a),
      b: Scalar(b),
      count: input.count,
      input.scalars,
      into: &output.scalars
    )
    return (output, ActivationCache(input: input))
  }

  /// Multiplies by the derivative at every element of the input.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let input = cache.input
    guard dOutput.shape == input.shape else {
      throw ShapeMismatch("activation, backward", dOutput.shape, input.shape)
    }
    let (name, a, b) = function.kernel
    var dInput = Tensor<Scalar>(unwritten: input.shape)
    Scalar.loops.activateBackward(
      name,
      a: Scalar(a),
      b: Scalar(b),
      count: input.count,
      input.scalars,
      dOutput: dOutput.scalars,
      into: &dInput.scalars
    )
    return (dInput, .none)
  }
}
