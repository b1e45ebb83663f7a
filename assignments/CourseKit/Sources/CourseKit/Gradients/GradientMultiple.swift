/// The multiples of a gradient that slips produce; `n` is the batch.
public enum GradientMultiple: Equatable, Sendable, CaseIterable {
  /// The opposite sign.
  case minusOne
  /// A square's derivative counted twice, or a 1/2 forgotten.
  case two
  /// A forgotten factor 2.
  case half
  /// A mean's 1/n forgotten.
  case batch
  /// A mean where a sum belongs.
  case oneOverBatch
  /// Bessel's correction where it does not belong.
  case bessel
  /// Bessel's correction upside down, or missing.
  case inverseBessel

  /// The multiple for a batch of `n`; nil where it says nothing.
  func value(batch n: Int?) -> Double? {
    switch self {
    case .minusOne: return -1
    case .two: return 2
    case .half: return 0.5
    case .batch: return n.map { Double($0) }
    case .oneOverBatch: return n.map { 1 / Double($0) }
    case .bessel: return n.map { Double($0) / Double($0 - 1) }
    case .inverseBessel: return n.map { Double($0 - 1) / Double($0) }
    }
  }
}
