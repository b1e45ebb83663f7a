extension Tensor {
  /// Applies a function to every element.
  public func map(_ transform: (Scalar) throws -> Scalar) rethrows -> Tensor {
    Tensor(shape: shape, scalars: try scalars.map(transform))
  }

  /// The square root of every element; of a negative number, NaN.
  public func squareRoot() -> Tensor { map { $0.squareRoot() } }

  /// Every element times itself.
  public func squared() -> Tensor { map { $0 * $0 } }

  /// The exponential of every element.
  public func exp() -> Tensor { map(Scalar.kernels.exp) }

  /// The natural logarithm of every element.
  public func log() -> Tensor { map(Scalar.kernels.log) }

  /// The larger of every element and a number; NaN stays NaN.
  public func maximum(_ other: Scalar) -> Tensor { map { $0 < other ? other : $0 } }
}
