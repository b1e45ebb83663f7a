/// A function's signature as `assignment.yaml` gives it.
package struct SignatureText: Sendable {
  /// The function's name.
  package let name: String

  /// Reads the name off a signature such as `batchMean(_ x: T) throws -> T`.
  package init(of signature: String) {
    name = String(signature.prefix { $0 != "(" && $0 != "<" && $0 != " " })
  }
}
