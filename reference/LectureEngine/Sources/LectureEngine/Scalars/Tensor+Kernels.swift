internal import CourseKit

extension Tensor {
  /// A tensor whose numbers a kernel writes, every one of them.
  @inline(__always)
  init(shape: [Int], writing write: (UnsafeMutablePointer<Scalar>) throws -> Void) rethrows {
    let count = shape.reduce(1, *)
    let scalars = try [Scalar](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress, count > 0 { try write(base) }
      initialized = count
    }
    self.init(shape: shape, scalars: scalars)
  }

  /// Lends the numbers to a kernel; an empty tensor has none to lend, and `body` is not called.
  @inline(__always)
  func read(_ body: (UnsafePointer<Scalar>) -> Void) {
    scalars.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress, !buffer.isEmpty { body(base) }
    }
  }
}

extension Tensor {
  /// The number and the length of the rows along the last axis.
  ///
  /// - Throws: `ShapeMismatch` for a single number, which has no axis.
  func rowsOfLastAxis(_ operation: String) throws -> (rows: Int, length: Int) {
    guard let length = shape.last else { throw ShapeMismatch(operation, shape, [1]) }
    return (length == 0 ? 0 : count / length, length)
  }

  /// Lends the numbers to a kernel that changes them in place.
  @inline(__always)
  mutating func update(_ body: (UnsafeMutablePointer<Scalar>) -> Void) {
    scalars.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress, !buffer.isEmpty { body(base) }
    }
  }
}
