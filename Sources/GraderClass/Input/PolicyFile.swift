package import ClassCore
import Foundation
package import GraderRuntime

/// A class's policy in a file that people write in YAML.
package enum PolicyFile {
  /// Reads a policy.
  ///
  /// - Throws: `GraderFault` that names the field which is missing, unknown or makes no sense.
  package static func read(_ path: String) throws(GraderFault) -> ClassPolicy {
    let text = try TableFile.text(of: path)
    // Only comments are a policy that changes nothing.
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    if lines.allSatisfy({ $0.isEmpty || $0.hasPrefix("#") }) { return ClassPolicy() }
    return try YAMLText.decode(ClassPolicy.self, from: text, path: path)
  }
}
