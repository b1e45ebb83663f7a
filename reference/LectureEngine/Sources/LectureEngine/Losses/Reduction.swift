/// The rule by which the losses of single samples become one number.
public enum Reduction: Equatable, Sendable {
  /// Their mean over the batch, as in the slides' code.
  case mean
  /// Their sum, as in the slides' formula.
  case sum
}
