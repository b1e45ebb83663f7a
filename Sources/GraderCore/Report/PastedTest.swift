package import JudgeEvents

/// A counterexample as a test method, to be pasted into one of the handout's test classes.
package enum PastedTest {
  /// The longest line where there is a choice: eight more stand before it in a terminal.
  private static let width = 72

  /// The method; nil where nothing can be checked, or a value has no short text.
  ///
  /// - Parameters:
  ///   - example: The counterexample; without right values a property of it is checked.
  ///   - signature: The function's signature.
  ///   - id: The rubric's name for the test that it belongs to.
  /// - Returns: Lines of Swift, indented as they stand in a class.
  package static func method(
    for example: Counterexample,
    _ signature: SignatureText,
    id: String
  ) -> String? {
    guard signature.parameters.count == example.arguments.count,
      let checks = checks(of: example, signature)
    else { return nil }
    let name = id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    let needsGenerator = signature.parameters.contains { $0.type.hasPrefix("inout") }
    let seed = zip(signature.parameters, example.arguments).first { $0.0.type.hasPrefix("inout") }
    var lines = ["  func testCounterexample\(name)() {", "    attempt {"]
    if needsGenerator, let seed {
      let number = SwiftText.argument(seed.1.value, type: "")
      lines.append("      var generator = Generator(seed: \(number))")
    }
    lines += checks.map { "      " + $0 } + ["    }", "  }"]
    return lines.joined(separator: "\n")
  }

  private static func checks(of example: Counterexample, _ signature: SignatureText) -> [String]? {
    let arguments = zip(signature.parameters, example.arguments).map { parameter, argument in
      let isGenerator = parameter.type.hasPrefix("inout")
      let text =
        isGenerator
        ? "&generator" : SwiftText.argument(argument.value, type: parameter.type)
      return (parameter.label.map { "\($0): " } ?? "") + text
    }
    func call(_ before: String, _ after: String = "") -> [String] {
      wrapped("\(before)try \(signature.name)", arguments, after)
    }
    if let error = example.mustThrow {
      let check = "  XCTAssert($0 is \(error), \"\\($0)\")"
      return call("XCTAssertThrowsError(", ") {") + [check, "}"]
    }
    // What has no right values here should return, whatever comes of it.
    guard example.ending == .returned else { return call("_ = ") }
    let values = example.results.flatMap { check(of: $0, signature) }
    let checks = values.isEmpty ? check(of: example.broken, signature) : values
    return checks.isEmpty ? nil : call("let yours = ") + checks
  }

  /// A call on one line, or with a line for each argument.
  private static func wrapped(
    _ function: String,
    _ arguments: [String],
    _ after: String = ""
  ) -> [String] {
    let short = "\(function)(\(arguments.joined(separator: ", ")))\(after)"
    guard 6 + short.count > width else { return [short] }
    let last = arguments.count - 1
    return ["\(function)("]
      + arguments.enumerated().map { "  \($1)\($0 < last ? "," : "")" } + [")\(after)"]
  }

  private static func check(
    of result: Counterexample.Result,
    _ signature: SignatureText
  ) -> [String] {
    let yours = place(result.path, signature)
    let name = "\"\(result.name)\""
    switch result.right {
    case .tensor(let shape, let entries?):
      let right = SwiftText.tensor(shape, entries.map { SwiftText.rounded($0.value) })
      return wrapped("expect", [yours, right, name])
    case .integer(let number): return wrapped("XCTAssertEqual", [yours, "\(number)", name])
    case .number(let number):
      let accuracy = 1e-5 * max(1, abs(number.value))
      let right = SwiftText.rounded(number.value)
      return wrapped("XCTAssertEqual", [yours, right, "accuracy: \(accuracy)", name])
    case .numbers(let numbers):
      let right = numbers.map { SwiftText.rounded($0.value) }.joined(separator: ", ")
      return wrapped("expect", ["Tensor(\(yours))", "Tensor([\(right)])", name])
    default: return []
    }
  }

  /// A part of what the function returned: a tuple's elements need not have the names that they
  /// have on the wire.
  private static func place(_ path: [String], _ signature: SignatureText) -> String {
    guard let first = path.first else { return "yours" }
    guard let elements = signature.elements, !elements.contains(first) else {
      return "yours." + path.joined(separator: ".")
    }
    let unnamed = elements.firstIndex(of: nil) ?? 0
    return "yours." + (["\(unnamed)"] + path.dropFirst()).joined(separator: ".")
  }

  private static func check(
    of broken: BrokenProperty?,
    _ signature: SignatureText
  ) -> [String] {
    guard let broken else { return [] }
    let yours = place(broken.path, signature)
    func sums(_ axis: Int, _ sum: Int) -> [String] {
      [
        "for sum in \(yours).sum(axis: \(axis)).scalars {",
        "  XCTAssertEqual(sum, \(sum), accuracy: 1e-5)", "}",
      ]
    }
    func all(_ condition: String) -> [String] {
      ["for entry in \(yours).scalars { \(condition) }"]
    }
    return switch broken.property {
    case .columnsSumToZero: sums(0, 0)
    case .rowsSumToZero: sums(1, 0)
    case .rowsSumToOne: sums(1, 1)
    case .notNegative: all("XCTAssertGreaterThanOrEqual(entry, 0)")
    case .zero: all("XCTAssertEqual(entry, 0, accuracy: 1e-5)")
    }
  }
}
