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
    let output = Tensor<Scalar>(shape: input.shape) { output in
      input.read {
        Scalar.lectureKernels.activations.activate(
          name,
          Scalar(a),
          Scalar(b),
          input.count,
          $0,
          output
        )
      }
    }
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
    let dInput = Tensor<Scalar>(shape: input.shape) { dInput in
      input.read { x in
        dOutput.read { dy in
          Scalar.lectureKernels.activations.activateBackward(
            name,
            Scalar(a),
            Scalar(b),
            input.count,
            x,
            dy,
            dInput
          )
        }
      }
    }
    return (dInput, .none)
  }
}
