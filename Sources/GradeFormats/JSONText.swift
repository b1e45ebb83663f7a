import Foundation

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
}
