/// A size in a doc comment, such as `⌊(h + 2 padding − kh) / stride⌋ + 1`, worked out.
///
/// Numbers and names, `+`, `−`, `*`, `/`, parentheses, rounding down or up; what stands side by
/// side is multiplied.
struct SizeExpression {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let text: [Character]
  private let values: [String: Int]
  private var position = 0

  /// The value of an expression, which must be whole.
  static func value(of text: String, with values: [String: Int]) throws -> Int {
    var expression = SizeExpression(text: text, values: values)
    let value = try expression.sum()
    guard expression.peek() == nil, value == value.rounded() else {
      throw Failure(description: "\(text): not a whole number, or not understood")
    }
    return Int(value)
  }

  private init(text: String, values: [String: Int]) {
    self.text = Array(text)
    self.values = values
  }

  private mutating func sum() throws -> Double {
    var total = try product()
    while let sign = peek(), "+−-".contains(sign) {
      position += 1
      total += try product() * (sign == "+" ? 1 : -1)
    }
    return total
  }

  private mutating func product() throws -> Double {
    var total = try factor()
    while let next = peek() {
      if next == "/" {
        position += 1
        total /= try factor()
      } else if next == "*" {
        position += 1
        total *= try factor()
      } else if next.isLetter || next.isNumber || "(⌊⌈".contains(next) {
        total *= try factor()
      } else {
        break
      }
    }
    return total
  }

  private mutating func factor() throws -> Double {
    switch peek() {
    case "(": return try bracketed(by: ")") { $0 }
    case "⌊": return try bracketed(by: "⌋") { $0.rounded(.down) }
    case "⌈": return try bracketed(by: "⌉") { $0.rounded(.up) }
    case let next? where next.isNumber: return Double(word(\.isNumber)) ?? .nan
    case let next? where next.isLetter:
      let name = word { $0.isLetter || $0.isNumber || $0 == "'" }
      guard let value = values[name] else { throw Failure(description: "what is \(name)?") }
      return Double(value)
    default: throw Failure(description: "\(String(text)): not understood at \(position)")
    }
  }

  private mutating func bracketed(
    by end: Character,
    _ round: (Double) -> Double
  ) throws -> Double {
    position += 1
    let value = try sum()
    guard peek() == end else { throw Failure(description: "\(String(text)): no \(end)") }
    position += 1
    return round(value)
  }

  private mutating func word(_ belongs: (Character) -> Bool) -> String {
    var word = ""
    while position < text.count, belongs(text[position]) {
      word.append(text[position])
      position += 1
    }
    return word
  }

  /// The next character that is no space.
  private mutating func peek() -> Character? {
    while position < text.count, text[position] == " " { position += 1 }
    return position < text.count ? text[position] : nil
  }
}
