import ConvBiasTask
import CourseKit

// Part 1, along one axis: rows or columns.

/// The number of positions of a filter on an image with zeros around it.
///
/// `padding` zeros stand on *each* side of the `input` numbers. The filter starts at the first
/// number and moves on by `stride`; a rest that is too short for it is left over.
///
/// - Throws: `ShapeMismatch` when the filter has no place at all, naming the size of the padded
///   image and that of the filter: `ShapeMismatch("outputSize", [5], [7])`.
public func outputSize(input: Int, kernel: Int, stride: Int, padding: Int) throws -> Int {
  // solution
  let padded = input + 2 * padding
  guard kernel <= padded else { throw ShapeMismatch("outputSize", [padded], [kernel]) }
  return (padded - kernel) / stride + 1
}
