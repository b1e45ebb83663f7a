internal import CourseKit

extension Tensor {
  /// A tensor for a kernel to write, every number of it.
  init(unwritten shape: [Int]) {
    self.init(shape: shape, scalars: Array(unwritten: shape.reduce(1, *)))
  }

  /// The number and the length of the rows along the last axis.
  ///
  /// - Throws: `ShapeMismatch` for a single number, which has no axis.
  func rowsOfLastAxis(_ operation: String) throws -> (rows: Int, length: Int) {
    guard let length = shape.last else { throw ShapeMismatch(operation, shape, [1]) }
    return (length == 0 ? 0 : count / length, length)
  }
}

extension Array where Element: SIMDScalar {
  /// Numbers for a kernel to write: until it has, they are what the memory held.
  init(unwritten count: Int) { self.init(unsafeUninitializedCapacity: count) { $1 = count } }
}
