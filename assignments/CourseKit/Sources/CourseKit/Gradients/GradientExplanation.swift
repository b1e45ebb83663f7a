#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(CRT)
  internal import CRT
#elseif canImport(WASILibc)
  internal import WASILibc
#endif

extension GradientReport {
  /// The finding in words that a student can act on.
  public var explanation: String {
    switch finding {
    case .agrees:
      return "\(name) agrees with finite differences: the largest difference is \(short(error)) "
        + "of its scale, \(short(tolerance)) passes."
    case .wrongShape(let claimed, let expected):
      let hint = claimed == expected.reversed() ? " It looks transposed." : ""
      return "\(name) has shape \(claimed), it should have \(expected), the shape of what it is "
        + "the gradient of.\(hint)"
    case .notFinite:
      return "\(name) is \(claimed) at \(worstIndex), where finite differences say "
        + "\(short(numeric)). Is something divided by zero, or the root of a negative number?"
    case .functionNotFinite:
      return "There is nothing to compare \(name) with: the function itself is not finite when "
        + "the input moves a little at \(worstIndex)."
    case .functionChangesShape(let before, let after):
      return "There is nothing to compare \(name) with: the function's output has shape \(before), "
        + "and \(after) when the input moves a little."
    case .differs(let pattern):
      let (yours, other) = distinct(claimed, numeric)
      return "\(name) differs at \(worstIndex): yours \(yours), numeric \(other); the error is "
        + "\(short(error)) of its scale, \(short(tolerance)) passes."
        + (pattern.map { " " + $0.sentence(rank: worstIndex.count) } ?? "")
    }
  }
}

extension GradientPattern {
  fileprivate func sentence(rank: Int) -> String {
    switch self {
    case .allZero:
      return "All entries are zero."
    case .transposed:
      return "It equals the right gradient transposed."
    case .multiple(let multiple):
      return "Every entry is \(multiple.phrase)."
    case .sameInEveryRow:
      return "The error has the same value in every row of a column, as if a term that is constant "
        + "over the rows (over the batch, if rows are samples) were missing."
    case .oneEntry:
      return "All other entries are right."
    case .oneSlice(let axis, let index):
      let slice = rank == 2 ? ["row", "column"][axis] : "index \(axis) ="
      return "Everything is right except in \(slice) \(index)."
    }
  }
}

extension GradientMultiple {
  fileprivate var phrase: String {
    switch self {
    case .minusOne: return "the right one with the opposite sign"
    case .two: return "2 times the right one"
    case .half: return "half the right one"
    case .batch: return "n times the right one, n being the size of the batch"
    case .oneOverBatch: return "1/n times the right one, n being the size of the batch"
    case .bessel: return "n/(n - 1) times the right one, n being the size of the batch"
    case .inverseBessel: return "(n - 1)/n times the right one, n being the size of the batch"
    }
  }
}

/// A number with few digits.
private func short(_ value: Double) -> String { digits(value, 3) }

/// Both numbers with as few digits as tell them apart.
private func distinct(_ left: Double, _ right: Double) -> (String, String) {
  for count in 4...16 where digits(left, count) != digits(right, count) {
    return (digits(left, min(count + 1, 17)), digits(right, min(count + 1, 17)))
  }
  return ("\(left)", "\(right)")
}

private func digits(_ value: Double, _ count: Int) -> String {
  var text = [CChar](repeating: 0, count: 40)
  let length = withVaList([Int32(count), value]) { vsnprintf(&text, text.count, "%.*g", $0) }
  return String(decoding: text.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
