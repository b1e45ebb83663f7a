/// The result of one search for a counterexample.
public struct Search: Codable, Equatable, Sendable {
  /// The questions, those included that were known to end the worker: true if the answer was wrong.
  public var verdicts: [Bool]
  /// The smallest input so far on which the function is wrong.
  public var found: Counterexample?
  /// The number of the question that ended the worker, or had no answer in time.
  public var ended: Int?

  /// A result of these parts.
  public init(verdicts: [Bool], found: Counterexample? = nil, ended: Int? = nil) {
    (self.verdicts, self.found, self.ended) = (verdicts, found, ended)
  }
}

/// A small input on which a student's function is wrong.
///
/// It is made of no hidden data, and the worker that answered had seen none.
public struct Counterexample: Codable, Hashable, Sendable {
  /// A value with a name.
  public struct Named: Codable, Hashable, Sendable {
    /// The name, as the handout has it; empty where there is none.
    public var name: String
    /// The value.
    public var value: ExampleValue

    /// A value with a name.
    public init(_ name: String, _ value: ExampleValue) {
      (self.name, self.value) = (name, value)
    }
  }

  /// A result of the function, and the right one.
  public struct Result: Codable, Hashable, Sendable {
    /// The name, as the handout has it.
    public var name: String
    /// The way to it from what the function returns, such as `["dX"]`; empty for all of that.
    public var path: [String]
    /// The student's; nil if the function did not return.
    public var yours: ExampleValue?
    /// The right one; nil if it should not have returned.
    public var right: ExampleValue?

    /// A result of these parts.
    public init(name: String, path: [String], yours: ExampleValue?, right: ExampleValue?) {
      (self.name, self.path, self.yours, self.right) = (name, path, yours, right)
    }
  }

  /// The way in which the call ended.
  public enum Ending: Codable, Hashable, Sendable {
    /// It returned.
    case returned
    /// It threw this error.
    case threw(error: String)
    /// It ended the worker.
    case ended
    /// It did not return in time.
    case late(milliseconds: Int)
  }

  /// The function that was called, by its name on the wire.
  public var function: String
  /// Its arguments, in order.
  public var arguments: [Named]
  /// The way in which the call ended.
  public var ending: Ending
  /// The error that it should have thrown; nil if it should have returned.
  public var mustThrow: String?
  /// The wrong results, or all right ones if it did not return.
  public var results: [Result]
  /// A property of right results that this one lacks, where one is known.
  public var broken: BrokenProperty?

  /// A counterexample of these parts.
  public init(
    function: String,
    arguments: [Named],
    ending: Ending,
    mustThrow: String? = nil,
    results: [Result],
    broken: BrokenProperty? = nil
  ) {
    (self.function, self.arguments, self.ending) = (function, arguments, ending)
    (self.mustThrow, self.results, self.broken) = (mustThrow, results, broken)
  }
}

/// A value of a counterexample.
public indirect enum ExampleValue: Codable, Hashable, Sendable {
  /// A tensor, its entries row by row; nil if there are too many to be shown.
  case tensor(shape: [Int], entries: [ExampleNumber]?)
  /// A number.
  case number(ExampleNumber)
  /// An integer.
  case integer(Int)
  /// A list of integers, such as labels.
  case integers([Int])
  /// A list of numbers, such as losses.
  case numbers([ExampleNumber])
  /// No value of an optional.
  case none
  /// A choice by its name, such as `xavier`.
  case choice(String)
  /// A value of several parts; the type is that of the task.
  case parts(type: String, [Counterexample.Named])
  /// A list of such values.
  case list([ExampleValue])

  // Grades hold them as JSON, for readers who have never heard of Swift.
  private enum NumberCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "value"
  }

  private enum IntegerCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "value"
  }

  private enum IntegersCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "values"
  }

  private enum NumbersCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "values"
  }

  private enum ChoiceCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "name"
  }

  private enum ListCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "values"
  }

  private enum PartsCodingKeys: String, CodingKey {
    case type
    // swift-format-ignore: NoLeadingUnderscores
    case _1 = "parts"
  }
}

/// A number, which need not be finite.
public struct ExampleNumber: Codable, Hashable, Sendable {
  /// The number.
  public let value: Double

  /// A number.
  public init(_ value: Double) { self.value = value }

  /// Tells whether both are the same number, or none.
  public static func == (left: ExampleNumber, right: ExampleNumber) -> Bool {
    left.value == right.value || left.value.isNaN && right.value.isNaN
  }

  /// Feeds the number; none is like any other that is none.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(value.isNaN ? 0 : value)
  }

  /// Reads a number, or the word for one that JSON does not have.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      value = number
      return
    }
    switch try container.decode(String.self) {
    case "Infinity": value = .infinity
    case "-Infinity": value = -.infinity
    case "NaN": value = .nan
    case let word:
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "`\(word)` is no number"
      )
    }
  }

  /// Writes the number, or a word for one that JSON does not have.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite {
      try container.encode(value)
    } else {
      try container.encode(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")
    }
  }
}

/// A property that right results have on every input, and a student's lacks.
public struct BrokenProperty: Codable, Hashable, Sendable {
  /// A property that needs no right value to be seen.
  public enum Property: String, Codable, Hashable, Sendable {
    /// Each column sums to 0.
    case columnsSumToZero
    /// Each row sums to 0.
    case rowsSumToZero
    /// Each row sums to 1.
    case rowsSumToOne
    /// No entry is below 0.
    case notNegative
    /// Every entry is 0.
    case zero
  }

  /// The name of the result.
  public var name: String
  /// The way to it from what the function returns.
  public var path: [String]
  /// The property.
  public var property: Property
  /// The first row or column, or the place of the first entry, where it fails.
  public var place: Int
  /// The sum or the entry there.
  public var yours: ExampleNumber

  /// A property that fails at this place.
  public init(
    name: String,
    path: [String],
    _ property: Property,
    place: Int,
    yours: ExampleNumber
  ) {
    (self.name, self.path, self.property) = (name, path, property)
    (self.place, self.yours) = (place, yours)
  }
}
