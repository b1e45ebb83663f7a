/// A regularity in a wrong gradient that points at a slip.
///
/// A pattern is named only when it holds for every entry, to the tolerance of the check.
public enum GradientPattern: Equatable, Sendable {
  /// The claim is zero everywhere.
  case allZero
  /// The claim is the transpose of the gradient.
  case transposed
  /// The claim is this multiple of the gradient.
  case multiple(GradientMultiple)
  /// The difference is the same in all rows of a column.
  case sameInEveryRow
  /// Only one entry is wrong.
  case oneEntry
  /// The claim is wrong at one index of one axis only.
  case oneSlice(axis: Int, index: Int)
}

extension GradientPattern {
  /// Finds the pattern, if exactly one explanation holds for every entry.
  ///
  /// - Parameters:
  ///   - claimed: The gradient to explain, wrong and finite.
  ///   - numeric: The finite differences, of the same shape.
  ///   - negligible: A difference this small counts as none.
  ///   - batch: The number of samples, if known.
  init?(claimed: Tensor<Double>, numeric: Tensor<Double>, negligible: Double, batch: Int?) {
    let difference = claimed - numeric
    let largest = difference.storage.reduce(0) { max($0, abs($1)) }
    // A difference near the tolerance has no shape that could be told from rounding.
    guard largest > 100 * negligible else { return nil }
    let isSmall = { (x: Tensor<Double>) in x.storage.allSatisfy { abs($0) <= negligible } }

    if claimed.storage.allSatisfy({ $0 == 0 }) {
      self = .allZero
    } else if claimed.rank == 2, claimed.shape[0] == claimed.shape[1], claimed.shape[0] > 1,
      isSmall(claimed.transposed() - numeric)
    {
      self = .transposed
    } else if let multiple = Self.multiple(batch: batch, { isSmall(claimed - $0 * numeric) }) {
      self = .multiple(multiple)
    } else if Self.isSameInEveryRow(difference, isSmall) {
      self = .sameInEveryRow
    } else if let slice = Self.slice(of: difference, negligible) {
      self = slice
    } else {
      return nil
    }
  }

  /// The one multiple that fits; a batch of 2 makes `two` and `batch` the same, so neither is said.
  private static func multiple(
    batch: Int?,
    _ fits: (Double) -> Bool
  ) -> GradientMultiple? {
    let batch = batch.flatMap { $0 > 1 ? $0 : nil }
    let found = GradientMultiple.allCases.filter { $0.value(batch: batch).map(fits) ?? false }
    return found.count == 1 ? found[0] : nil
  }

  private static func isSameInEveryRow(
    _ difference: Tensor<Double>,
    _ isSmall: (Tensor<Double>) -> Bool
  ) -> Bool {
    guard difference.rank == 2, difference.shape[0] > 1 else { return false }
    return isSmall(difference - difference.row(0))
  }

  private static func slice(
    of difference: Tensor<Double>,
    _ negligible: Double
  ) -> GradientPattern? {
    let shape = difference.shape
    let wrong = difference.storage.indices.filter { abs(difference.storage[$0]) > negligible }
    guard wrong.count < difference.count else { return nil }
    if wrong.count == 1 { return .oneEntry }
    let places = wrong.map { position(of: $0, in: shape) }
    let axes = shape.indices.filter { axis in
      shape[axis] > 1 && places.allSatisfy { $0[axis] == places[0][axis] }
    }
    return axes.count == 1 ? .oneSlice(axis: axes[0], index: places[0][axes[0]]) : nil
  }
}
