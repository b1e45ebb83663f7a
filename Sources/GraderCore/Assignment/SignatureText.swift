/// A function's signature as `assignment.yaml` gives it.
package struct SignatureText: Sendable {
  /// The function's name.
  package let name: String
  /// Its parameters; empty where the text has none.
  package let parameters: [Parameter]
  /// The type of its result, as it is written; nil if there is none.
  package let result: String?

  /// A parameter of a function.
  package struct Parameter: Equatable, Sendable {
    /// The label of a call; nil if it has none.
    package var label: String?
    /// The name inside the function.
    package var name: String
    /// The type, as it is written.
    package var type: String

    /// The parameter that a text such as `mean: Tensor<Double>` or `_ x: Tensor<Double>` declares.
    fileprivate init?(_ text: Substring) {
      let halves = text.split(separator: ":", maxSplits: 1)
      guard halves.count == 2 else { return nil }
      let names = halves[0].split(separator: " ")
      guard let first = names.first, let last = names.last else { return nil }
      label = first == "_" ? nil : String(first)
      name = String(last)
      type = halves[1].split(separator: " ").joined(separator: " ")
    }
  }

  /// Reads a signature such as `batchMean(_ x: T) throws -> T`.
  package init(of signature: String) {
    name = String(signature.prefix { $0 != "(" && $0 != "<" && $0 != " " })
    let rest = signature.dropFirst(name.count)
    let inside = rest.first == "(" ? Self.list(at: rest.dropFirst()) : []
    parameters = inside.compactMap(Parameter.init)
    result = rest.firstRange(of: ") throws -> ").map { String(rest[$0.upperBound...]) }
  }

  /// The function as people call it: `gradXHat(dU:gamma:)`.
  package var fullName: String {
    "\(name)(\(parameters.map { "\($0.label ?? "_"):" }.joined()))"
  }

  /// The elements of the result, if it is a tuple: labels, where there are some.
  package var elements: [String?]? {
    guard let result, result.hasPrefix("(") else { return nil }
    return Self.list(at: result.dropFirst()).map { element in
      Parameter(element).flatMap(\.label)
    }
  }

  /// The parts between commas, up to the bracket that closes the list.
  private static func list(at text: Substring) -> [Substring] {
    var (depth, parts, start) = (0, [Substring](), text.startIndex)
    for index in text.indices {
      switch text[index] {
      case "(", "[", "<": depth += 1
      case ")" where depth == 0: return parts + [text[start..<index]]
      case ")", "]", ">": depth -= 1
      case "," where depth == 0:
        parts.append(text[start..<index])
        start = text.index(after: index)
      default: continue
      }
    }
    return parts
  }
}
