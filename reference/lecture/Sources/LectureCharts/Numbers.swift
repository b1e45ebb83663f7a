internal import Glibc

/// Writes numbers as the figures and tables show them; the same on every machine and in every
/// language setting.
package enum Numbers {
  /// A fixed number of digits after the point: `fixed(2.3025851, 4)` is "2.3026".
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return special(value) }
    return formatted("%.*f", Int32(decimals), value)
  }

  /// A number of significant digits, with a power of ten where zeros would hide the size:
  /// "0.0206", "8.1 × 10⁻⁵".
  package static func significant(_ value: Double, _ digits: Int = 3) -> String {
    guard value.isFinite else { return special(value) }
    guard value != 0 else { return "0" }
    let scientific = formatted("%.*e", Int32(digits - 1), value)
    guard let mark = scientific.firstIndex(of: "e"),
      let exponent = Int(scientific[scientific.index(after: mark)...])
    else { return scientific }
    if exponent < -3 || exponent > 6 {
      return "\(scientific[..<mark]) × 10\(superscript(exponent))"
    }
    return fixed(value, max(digits - 1 - exponent, 0))
  }

  /// Whole numbers in groups of three: "11,689,512".
  package static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var out = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { out.append(",") }
      out.append(digit)
    }
    return value < 0 ? "-" + out : out
  }

  /// A share as a percentage: `percent(0.1135)` is "11.35 %".
  package static func percent(_ share: Double, _ decimals: Int = 2) -> String {
    fixed(100 * share, decimals) + " %"
  }

  /// At most so many digits after the point, without zeros at the end; for coordinates and ticks.
  package static func short(_ value: Double, _ decimals: Int = 2) -> String {
    var text = fixed(value, decimals)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text == "-0" ? "0" : text
  }

  /// A whole number raised, as an exponent is.
  package static func superscript(_ exponent: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let raised = String(exponent.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] }
    return (exponent < 0 ? "⁻" : "") + String(raised)
  }

  private static func special(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-∞" : "∞"
  }

  private static func formatted(_ format: String, _ arguments: any CVarArg...) -> String {
    withVaList(arguments) { list in
      var buffer = [CChar](repeating: 0, count: 400)
      let count = Int(vsnprintf(&buffer, buffer.count, format, list))
      return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
