// A function that ends the program: no other that does not call it loses points.
// expect: parameter-counts
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func parameterCounts(
  inputChannels: Int,
  outputChannels: Int,
  kernel: (Int, Int),
  inputSize: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Counts {
  fatalError("no idea")
}
