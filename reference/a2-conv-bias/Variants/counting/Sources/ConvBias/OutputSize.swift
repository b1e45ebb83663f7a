// Everything counted one by one.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func outputSize(input: Int, kernel: Int, stride: Int, padding: Int) throws -> Int {
  var (count, first) = (0, -padding)
  while first + kernel <= input + padding {
    count += 1
    first += stride
  }
  if count == 0 { throw ShapeMismatch("outputSize", [input + 2 * padding], [kernel]) }
  return count
}
