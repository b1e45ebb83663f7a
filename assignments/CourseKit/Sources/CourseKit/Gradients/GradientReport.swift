/// The result of comparing a claimed gradient with finite differences.
///
/// The report asserts nothing; a test says `XCTAssert(report.passed, report.explanation)`.
public struct GradientReport: Equatable, Sendable, CustomStringConvertible {
  /// The gradient's name in messages, such as `dX`.
  public let name: String
  /// The outcome.
  public let finding: GradientFinding
  /// The largest difference in units of the scale; NaN when there is nothing to compare.
  public let error: Double
  /// The place of the largest difference or the first number that is not finite, one index per
  /// axis.
  public let worstIndex: [Int]
  /// The claimed value there.
  public let claimed: Double
  /// The finite difference there.
  public let numeric: Double
  /// The divisor of the differences.
  public let scale: Double
  /// The step of the finite differences.
  public let step: Double
  /// The largest error that passes, in units of the scale.
  public let tolerance: Double

  /// True if the claim has the right shape, is finite, and agrees within the tolerance.
  public var passed: Bool { finding == .agrees }

  /// The explanation.
  public var description: String { explanation }
}

extension GradientReport {
  init(
    name: String,
    claimed: Tensor<Double>,
    differences: CentralDifferences,
    batch: Int?,
    scale: Double?,
    tolerance: Double
  ) {
    let numeric = differences.gradient
    // Finite differences cannot see below their own noise: nothing there is held against a claim.
    let scale =
      scale ?? max(differences.termScale, differences.noise / tolerance, .leastNormalMagnitude)
    let mismatch = Self.mismatch(claimed, differences)
    let (worst, error) = mismatch == nil ? Self.worst(claimed, numeric, scale) : (nil, .nan)
    let place = mismatch?.place ?? worst

    self.name = name
    self.finding =
      mismatch?.finding
      ?? (error <= tolerance
        ? .agrees
        : .differs(
          GradientPattern(
            claimed: claimed,
            numeric: numeric,
            negligible: tolerance * scale,
            batch: batch
          )
        ))
    self.error = error
    self.worstIndex = place.map { position(of: $0, in: numeric.shape) } ?? []
    self.claimed = place.map { claimed.storage[$0] } ?? .nan
    self.numeric = place.map { numeric.storage[$0] } ?? .nan
    self.scale = scale
    self.step = differences.step
    self.tolerance = tolerance
  }

  /// The reason why the two cannot be compared number by number, and the place of the first bad
  /// number.
  private static func mismatch(
    _ claimed: Tensor<Double>,
    _ differences: CentralDifferences
  ) -> (finding: GradientFinding, place: Int?)? {
    let numeric = differences.gradient
    if let stray = differences.strayShape {
      return (.functionChangesShape(from: differences.outputShape, to: stray), nil)
    }
    if claimed.shape != numeric.shape {
      return (.wrongShape(claimed: claimed.shape, expected: numeric.shape), nil)
    }
    if let place = numeric.storage.firstIndex(where: { !$0.isFinite }) {
      return (.functionNotFinite, place)
    }
    if let place = claimed.storage.firstIndex(where: { !$0.isFinite }) {
      return (.notFinite, place)
    }
    return nil
  }

  /// The place of the largest difference, nil without entries, and its size in units of the scale.
  private static func worst(
    _ claimed: Tensor<Double>,
    _ numeric: Tensor<Double>,
    _ scale: Double
  ) -> (place: Int?, error: Double) {
    let errors = zip(claimed.storage, numeric.storage).map { abs($0 - $1) / scale }
    let place = errors.indices.max { errors[$0] < errors[$1] }
    return (place, place.map { errors[$0] } ?? 0)
  }
}

/// The index along each axis of a scalar's place in row-major order.
func position(of offset: Int, in shape: [Int]) -> [Int] {
  var (rest, reversed) = (offset, [Int]())
  for extent in shape.reversed() {
    reversed.append(rest % extent)
    rest /= extent
  }
  return reversed.reversed()
}
