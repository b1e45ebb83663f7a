internal import CourseKitKernels

extension Tensor {
  /// Applies a function to every element.
  ///
  /// - Throws: What the function throws.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func map(_ transform: (Scalar) throws -> Scalar) rethrows -> Tensor {
    Tensor(shape: shape, scalars: try scalars.map(transform))
  }

  /// The square root of every element; of a negative number, NaN.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func squareRoot() -> Tensor { applying(.sqrt) }

  /// Every element times itself.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func squared() -> Tensor { applying(.square) }

  /// The exponential of every element.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func exp() -> Tensor { applying(.exp) }

  /// The natural logarithm of every element; of 0, minus infinity, of a negative number, NaN.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func log() -> Tensor { applying(.log) }

  /// The larger of every element and a number; an element that is NaN stays NaN.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func maximum(_ other: Scalar) -> Tensor {
    Tensor(shape: shape) { out in
      Scalar.arithmetic.clampBelow(count: count, storage, floor: other, into: out)
    }
  }

  @inline(__always)
  func applying(_ function: ck_function) -> Tensor {
    Tensor(shape: shape) { out in
      Scalar.arithmetic.apply(function, count: count, to: storage, into: out)
    }
  }
}
