// One position, and those of what is left.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func outputSize(input: Int, kernel: Int, stride: Int, padding: Int) throws -> Int {
  let rest = input + 2 * padding - kernel
  if rest < 0 { throw ShapeMismatch("outputSize", [input + 2 * padding], [kernel]) }
  if rest < stride { return 1 }
  return try 1 + outputSize(input: input - stride, kernel: kernel, stride: stride, padding: padding)
}
