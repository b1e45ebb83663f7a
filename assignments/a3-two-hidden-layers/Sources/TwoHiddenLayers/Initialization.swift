import CourseKit
import TwoHiddenLayersTask

// Part 5, where training starts from.

/// Parameters to start from; what each kind means stands in `Initializer` and in README.md.
///
/// All that is random comes from `generator`: the same seed gives the same parameters.
///
/// Shapes: `sizes` holds `d`, `h1`, `h2`, `k`.
public func initialize(
  _ kind: Initializer,
  sizes: [Int],
  using generator: inout Generator
) throws -> Parameters {
  try requireSizes(sizes)
  throw NotImplemented()
}
