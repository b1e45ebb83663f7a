internal import CourseKitKernels

// Operators broadcast as NumPy does: shapes are aligned at the last axis, and an extent of 1 or a
// missing axis repeats. So `[n, d]` combines with `[d]`, `[1, d]`, `[n, 1]` and `[]`.

extension Tensor {
  /// Adds element by element, with broadcasting.
  ///
  /// - Precondition: The shapes broadcast.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func + (left: Tensor, right: Tensor) -> Tensor { combine(.add, left, right) }

  /// Subtracts element by element, with broadcasting.
  ///
  /// - Precondition: The shapes broadcast.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    combine(.subtract, left, right)
  }

  /// Multiplies element by element, with broadcasting.
  ///
  /// - Precondition: The shapes broadcast.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    combine(.multiply, left, right)
  }

  /// Divides element by element, with broadcasting.
  ///
  /// - Precondition: The shapes broadcast.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func / (left: Tensor, right: Tensor) -> Tensor { combine(.divide, left, right) }

  /// Adds in place; the right side is broadcast to the left's shape.
  ///
  /// - Precondition: The right side broadcasts to the left's shape.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func += (left: inout Tensor, right: Tensor) { left.combine(.add, right) }

  /// Subtracts in place; the right side is broadcast to the left's shape.
  ///
  /// - Precondition: The right side broadcasts to the left's shape.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func -= (left: inout Tensor, right: Tensor) { left.combine(.subtract, right) }

  /// Multiplies in place; the right side is broadcast to the left's shape.
  ///
  /// - Precondition: The right side broadcasts to the left's shape.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func *= (left: inout Tensor, right: Tensor) { left.combine(.multiply, right) }

  /// Divides in place; the right side is broadcast to the left's shape.
  ///
  /// - Precondition: The right side broadcasts to the left's shape.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func /= (left: inout Tensor, right: Tensor) { left.combine(.divide, right) }

  /// Changes the sign of every element.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static prefix func - (operand: Tensor) -> Tensor { operand.applying(.negate) }
}

extension Tensor {
  @inline(__always)
  private static func combine(
    _ operation: ck_operation,
    _ left: Tensor,
    _ right: Tensor
  ) -> Tensor {
    if left.shape == right.shape {
      return Tensor(shape: left.shape) { out in
        Scalar.arithmetic.combine(
          operation,
          count: left.count,
          left.storage,
          stride: 1,
          right.storage,
          stride: 1,
          into: out
        )
      }
    }
    guard let walk = Broadcast(left.shape, right.shape) else {
      failBroadcast(operation.symbol, left.shape, right.shape)
    }
    return Tensor(shape: walk.shape) { out in
      walk.combine(operation, left.storage, right.storage, into: out)
    }
  }

  @inline(__always)
  private mutating func combine(_ operation: ck_operation, _ right: Tensor) {
    guard let walk = Broadcast(shape, right.shape), walk.shape == shape else {
      failBroadcast(operation.symbol + "=", shape, right.shape)
    }
    storage.withUnsafeMutableBufferPointer { buffer in
      guard let left = buffer.baseAddress, !buffer.isEmpty else { return }
      walk.combine(operation, UnsafePointer(left), right.storage, into: left)
    }
  }
}

extension Broadcast {
  @inline(__always)
  fileprivate func combine<Scalar: TensorScalar>(
    _ operation: ck_operation,
    _ left: UnsafePointer<Scalar>,
    _ right: UnsafePointer<Scalar>,
    into out: UnsafeMutablePointer<Scalar>
  ) {
    Scalar.arithmetic.broadcast(
      operation,
      rank: extents.count,
      extents: extents,
      left,
      strides: leftStrides,
      right,
      strides: rightStrides,
      into: out
    )
  }
}

extension ck_operation {
  fileprivate var symbol: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    }
  }
}

@inline(never)
private func failBroadcast(_ operation: String, _ left: [Int], _ right: [Int]) -> Never {
  fail("\(operation): shapes \(left) and \(right) do not broadcast")
}
