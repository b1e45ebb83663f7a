/// The operands of a matrix product that are transposed first, without a copy.
public enum Transposition: Sendable {
  /// `a b`.
  case neither
  /// `aᵀ b`, as in the gradient of a weight.
  case left
  /// `a bᵀ`, as in the gradient of an input.
  case right
  /// `aᵀ bᵀ`.
  case both
}

extension Tensor {
  /// The matrix product.
  ///
  /// On one machine the same operands always give the same bits: every element is summed in the
  /// same order, wherever it stands and whatever the other rows and columns hold.
  ///
  /// Shapes: `[n, d]` times `[d, m]` is `[n, m]`.
  ///
  /// - Throws: `ShapeMismatch` unless both are matrices and the inner extents agree.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func matmul(_ other: Tensor) throws -> Tensor {
    try matmul(other, transposing: .neither)
  }

  /// The matrix product, with operands transposed on the way.
  ///
  /// Shapes with `.left`: `[d, n]` and `[d, m]` give `[n, m]`. With `.right`: `[n, d]` and
  /// `[m, d]` give `[n, m]`.
  ///
  /// - Throws: `ShapeMismatch` unless both are matrices and the inner extents agree.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func matmul(_ other: Tensor, transposing operands: Transposition) throws -> Tensor {
    let transposesLeft = operands == .left || operands == .both
    let transposesRight = operands == .right || operands == .both
    guard rank == 2, other.rank == 2,
      shape[transposesLeft ? 0 : 1] == other.shape[transposesRight ? 1 : 0]
    else { throw ShapeMismatch(operands.operation, shape, other.shape) }

    let rows = shape[transposesLeft ? 1 : 0]
    let columns = other.shape[transposesRight ? 0 : 1]
    return Tensor(shape: [rows, columns]) { out in
      let done = Scalar.arithmetic.matmul(
        transposesLeft: transposesLeft,
        transposesRight: transposesRight,
        rows: rows,
        columns: columns,
        depth: shape[transposesLeft ? 0 : 1],
        left: storage,
        leftStride: shape[1],
        right: other.storage,
        rightStride: other.shape[1],
        accumulates: false,
        into: out,
        outStride: columns
      )
      guard done else { fail("matmul: out of memory for shapes \(shape) and \(other.shape)") }
    }
  }
}

extension Transposition {
  fileprivate var operation: String {
    switch self {
    case .neither: "matmul"
    case .left: "matmul, left transposed"
    case .right: "matmul, right transposed"
    case .both: "matmul, both transposed"
    }
  }
}
