import GraderCore
import Yams

/// Descriptions that people write in YAML, read into values.
package enum YAMLText {
  /// The value that a text describes.
  ///
  /// - Throws: `GraderFault` that names the file and says what is not understood.
  package static func decode<Value: Decodable>(
    _ type: Value.Type,
    from text: String,
    path: String
  ) throws(GraderFault) -> Value {
    do {
      return try YAMLDecoder().decode(type, from: text)
    } catch {
      throw GraderFault(.usage, "\(path) cannot be understood: \(error)")
    }
  }
}
