import Foundation
import GraderCore

/// JSON for people and programs: sorted keys, so that equal values give equal bytes.
package enum JSONText {
  /// A value as indented JSON.
  package static func encode(_ value: some Encodable) throws(GraderFault) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw GraderFault(.broken, "The result cannot be written as JSON: \(error)")
    }
  }
}
