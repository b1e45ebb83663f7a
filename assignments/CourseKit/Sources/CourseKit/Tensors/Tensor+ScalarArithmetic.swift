internal import CourseKitKernels

extension Tensor {
  /// Adds a number to every element.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func + (left: Tensor, right: Scalar) -> Tensor { combine(.add, left, right) }

  /// Subtracts a number from every element.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func - (left: Tensor, right: Scalar) -> Tensor {
    combine(.subtract, left, right)
  }

  /// Multiplies every element by a number.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func * (left: Tensor, right: Scalar) -> Tensor {
    combine(.multiply, left, right)
  }

  /// Divides every element by a number.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func / (left: Tensor, right: Scalar) -> Tensor { combine(.divide, left, right) }

  /// Adds every element to a number.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func + (left: Scalar, right: Tensor) -> Tensor { combine(.add, left, right) }

  /// Subtracts every element from a number.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func - (left: Scalar, right: Tensor) -> Tensor {
    combine(.subtract, left, right)
  }

  /// Multiplies a number by every element.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func * (left: Scalar, right: Tensor) -> Tensor {
    combine(.multiply, left, right)
  }

  /// Divides a number by every element.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func / (left: Scalar, right: Tensor) -> Tensor { combine(.divide, left, right) }

  /// Adds a number to every element, in place.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func += (left: inout Tensor, right: Scalar) { left.combine(.add, right) }

  /// Subtracts a number from every element, in place.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func -= (left: inout Tensor, right: Scalar) { left.combine(.subtract, right) }

  /// Multiplies every element by a number, in place.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func *= (left: inout Tensor, right: Scalar) { left.combine(.multiply, right) }

  /// Divides every element by a number, in place.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func /= (left: inout Tensor, right: Scalar) { left.combine(.divide, right) }
}

extension Tensor {
  @inline(__always)
  private static func combine(
    _ operation: ck_operation,
    _ left: Tensor,
    _ right: Scalar
  ) -> Tensor {
    var right = right
    return Tensor(shape: left.shape) { out in
      Scalar.arithmetic.combine(
        operation,
        count: left.count,
        left.storage,
        stride: 1,
        &right,
        stride: 0,
        into: out
      )
    }
  }

  @inline(__always)
  private static func combine(
    _ operation: ck_operation,
    _ left: Scalar,
    _ right: Tensor
  ) -> Tensor {
    var left = left
    return Tensor(shape: right.shape) { out in
      Scalar.arithmetic.combine(
        operation,
        count: right.count,
        &left,
        stride: 0,
        right.storage,
        stride: 1,
        into: out
      )
    }
  }

  @inline(__always)
  private mutating func combine(_ operation: ck_operation, _ right: Scalar) {
    var right = right
    storage.withUnsafeMutableBufferPointer { buffer in
      guard let left = buffer.baseAddress, !buffer.isEmpty else { return }
      Scalar.arithmetic.combine(
        operation,
        count: buffer.count,
        left,
        stride: 1,
        &right,
        stride: 0,
        into: left
      )
    }
  }
}
