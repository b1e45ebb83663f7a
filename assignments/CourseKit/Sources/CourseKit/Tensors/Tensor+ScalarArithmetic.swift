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
    Tensor(shape: left.shape) { out in
      left.read { l in
        withUnsafePointer(to: right) { r in
          Scalar.kernels.combine(operation, left.count, l, 1, r, 0, out)
        }
      }
    }
  }

  @inline(__always)
  private static func combine(
    _ operation: ck_operation,
    _ left: Scalar,
    _ right: Tensor
  ) -> Tensor {
    Tensor(shape: right.shape) { out in
      right.read { r in
        withUnsafePointer(to: left) { l in
          Scalar.kernels.combine(operation, right.count, l, 0, r, 1, out)
        }
      }
    }
  }

  @inline(__always)
  private mutating func combine(_ operation: ck_operation, _ right: Scalar) {
    storage.withUnsafeMutableBufferPointer { buffer in
      guard let left = buffer.baseAddress, !buffer.isEmpty else { return }
      withUnsafePointer(to: right) { r in
        Scalar.kernels.combine(operation, buffer.count, left, 1, r, 0, left)
      }
    }
  }
}
