import Foundation
import GraderCore

/// A fault in a file that people write, and its place there.
package struct Misreading: Error, Equatable, Sendable {
  /// The line, counted from 1; nil where nobody knows.
  package var line: Int?
  /// The keys that lead to the place; items of lists are counted from 1.
  package var keys: [String]
  /// The problem at that place, with the values that are allowed.
  package var problem: Problem

  /// A problem at a place.
  package enum Problem: Equatable, Sendable {
    /// Something else stands there than should.
    case wrongKind(wanted: String, found: String?)
    /// A key that is needed is not there.
    case missing
    /// The text follows no rules of the format; the parser's words.
    case broken(String)
    /// A refusal of the description itself, in its words.
    case refused(String)
  }

  /// A problem at a place.
  package init(_ problem: Problem, keys: [String] = [], line: Int? = nil) {
    (self.problem, self.keys, self.line) = (problem, keys, line)
  }

  /// The facts of a decoder's error, without the words of its implementation.
  package init(_ error: any Error) {
    guard let error = error as? DecodingError else {
      self.init(.broken(error.words))
      return
    }
    switch error {
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      self.init(
        .wrongKind(wanted: Self.noun(type), found: nil),
        keys: Self.keys(context.codingPath)
      )
    case .keyNotFound(let key, let context):
      self.init(.missing, keys: Self.keys(context.codingPath + [key]))
    case .dataCorrupted(let context):
      self.init(.refused(context.debugDescription), keys: Self.keys(context.codingPath))
    @unknown default: self.init(.broken(error.words))
    }
  }

  private static func keys(_ path: [any CodingKey]) -> [String] {
    path.map { key in key.intValue.map { "#\($0 + 1)" } ?? key.stringValue }
  }

  /// A kind of value as people call it, for types of JSON and of YAML.
  private static func noun(_ type: any Any.Type) -> String {
    switch "\(type)" {
    case "String": "text"
    case "Double", "Float": "a number"
    case "Int", "UInt", "Int64", "UInt64", "Int32", "UInt32": "a whole number"
    case "Bool": "true or false"
    case "Date": "a time"
    case "Scalar": "a single value"
    case "Sequence", "Array<Any>": "a list"
    default: "keys with values"
    }
  }
}

extension Misreading {
  /// The place and the problem in words, without a full stop.
  package var words: String {
    let place = [line.map { "line \($0)" }, keys.isEmpty ? nil : keys.joined(separator: ".")]
      .compactMap(\.self).map { "\($0): " }.joined()
    switch problem {
    case .wrongKind(let wanted, let found):
      return "\(place)must be \(wanted)\(found.map { ", and is `\($0)`" } ?? "")"
    case .missing: return "\(place)is missing"
    case .broken(let words), .refused(let words):
      return place + (words.hasSuffix(".") ? String(words.dropLast()) : words)
    }
  }
}
