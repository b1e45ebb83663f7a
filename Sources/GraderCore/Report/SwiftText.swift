import JudgeEvents

/// Values as a student writes them in Swift.
enum SwiftText {
  /// A number without needless digits.
  static func number(_ number: Double) -> String {
    let text = "\(number == 0 ? 0 : number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A right value in the digits that the handout's tests look at.
  static func rounded(_ number: Double) -> String {
    guard abs(number) < 1e6 else { return Self.number(number) }
    return Self.number((number * 1e7).rounded() / 1e7)
  }

  /// An argument of this type.
  static func argument(_ value: ExampleValue, type: String) -> String {
    switch value {
    case .tensor(let shape, let entries):
      return tensor(shape, (entries ?? []).map { number($0.value) })
    case .number(let value): return number(value.value)
    case .integer(let value): return "\(value)"
    case .integers(let values): return "[\(values.map { "\($0)" }.joined(separator: ", "))]"
    case .numbers(let values):
      return "[\(values.map { number($0.value) }.joined(separator: ", "))]"
    case .none: return "nil"
    case .choice(let name): return ".\(name)"
    case .parts(let name, let parts):
      // What is a tuple in a signature travels as a pair with a name.
      let isTuple = type.hasPrefix("(")
      let inside = parts.map { part in
        (isTuple ? "" : "\(part.name): ") + argument(part.value, type: "")
      }
      return "\(isTuple ? "" : name)(\(inside.joined(separator: ", ")))"
    case .list(let values):
      return "[\(values.map { argument($0, type: "") }.joined(separator: ", "))]"
    }
  }

  /// A tensor of numbers that are text already.
  static func tensor(_ shape: [Int], _ numbers: [String]) -> String {
    let list = { (numbers: ArraySlice<String>) in "[\(numbers.joined(separator: ", "))]" }
    switch shape.count {
    case 1 where !numbers.isEmpty: return "Tensor(\(list(numbers[...])))"
    case 2 where !numbers.isEmpty:
      let rows = stride(from: 0, to: numbers.count, by: shape[1]).map {
        list(numbers[$0..<$0 + shape[1]])
      }
      return "Tensor([\(rows.joined(separator: ", "))])"
    default:
      let sizes = shape.map { "\($0)" }.joined(separator: ", ")
      return "Tensor(shape: [\(sizes)], scalars: \(list(numbers[...])))"
    }
  }
}
