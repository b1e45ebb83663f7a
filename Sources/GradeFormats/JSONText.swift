import Foundation
import GraderCore

/// JSON for people and programs: sorted keys, so that equal values give equal bytes.
package enum JSONText {
  /// A value as indented JSON.
  ///
  /// - Throws: `EncodingError`, such as for a number that is not finite.
  package static func text(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// A value as compact JSON, with times by ISO 8601.
  ///
  /// - Throws: `EncodingError`, such as for a number that is not finite.
  package static func compact(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The value of a text that `compact` gave.
  ///
  /// - Throws: `DecodingError`.
  package static func value<Value: Decodable>(of text: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(Value.self, from: Data(text.utf8))
  }

  /// A value as compact JSON that can stand within a `script` element.
  ///
  /// `<` is written as an escape, and stands in strings alone: nothing in it can end the element.
  ///
  /// - Throws: `EncodingError`, such as for a number that is not finite.
  package static func withinScript(_ value: some Encodable) throws -> String {
    try compact(value).replacingScalars { $0 == "<" ? "\\u003c" : nil }
  }
}
