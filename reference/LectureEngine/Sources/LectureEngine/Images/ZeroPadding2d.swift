public import CourseKit

/// Puts rows and columns of zeros around images.
///
/// Shapes: the input is `[n, c, h, w]`, the output `[n, c, top + h + bottom, left + w + right]`.
public struct ZeroPadding2d<Scalar: LectureScalar>: Layer {
  /// Rows of zeros above each image.
  public let top: Int
  /// Rows of zeros below each image.
  public let bottom: Int
  /// Columns of zeros to the left of each image.
  public let left: Int
  /// Columns of zeros to the right of each image.
  public let right: Int

  /// The shapes of input and output.
  public struct Cache: Sendable {
    fileprivate let inputShape: [Int]
    fileprivate let outputShape: [Int]
  }

  /// The same padding on all four sides.
  ///
  /// - Precondition: `padding` is not negative.
  public init(_ padding: Int) {
    self.init(top: padding, bottom: padding, left: padding, right: padding)
  }

  /// A padding for each side.
  ///
  /// - Precondition: None is negative.
  public init(top: Int, bottom: Int, left: Int, right: Int) {
    precondition(min(top, bottom, left, right) >= 0, "ZeroPadding2d: a padding is negative")
    self.top = top
    self.bottom = bottom
    self.left = left
    self.right = right
  }

  /// Pads every image.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let shape = input.shape
    guard shape.count == 4 else { throw ShapeMismatch("zero padding", shape, []) }
    let outputShape = [shape[0], shape[1], top + shape[2] + bottom, left + shape[3] + right]
    return (
      input.shifted(down: top, right: left, into: outputShape),
      Cache(inputShape: shape, outputShape: outputShape)
    )
  }

  /// Cuts the padding off again.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    guard dOutput.shape == cache.outputShape else {
      throw ShapeMismatch("zero padding, backward", dOutput.shape, cache.outputShape)
    }
    return (dOutput.shifted(down: -top, right: -left, into: cache.inputShape), .none)
  }
}

extension Tensor where Scalar: LectureScalar {
  /// Every image moved, in a frame of another size.
  fileprivate func shifted(down top: Int, right left: Int, into shape: [Int]) -> Tensor {
    // The frame of an image without pixels is all padding.
    if count == 0 { return .zeros(shape: shape) }
    var output = Tensor(unwritten: shape)
    Scalar.loops.shift(
      planes: shape[0] * shape[1],
      height: self.shape[2],
      width: self.shape[3],
      toHeight: shape[2],
      width: shape[3],
      top: top,
      left: left,
      scalars,
      into: &output.scalars
    )
    return output
  }
}
