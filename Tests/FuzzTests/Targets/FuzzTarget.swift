/// A reader of bytes that anybody may have written, and the promises that it keeps.
///
/// Driven by `.ci/fuzz` with coverage, and by `swift test` over the corpus and its neighbours.
package struct FuzzTarget: Sendable {
  /// The name, which is that of the corpus's folder too.
  package let name: String
  /// Reads the bytes; a promise that is broken ends the program.
  package let read: @Sendable ([UInt8]) -> Void

  package init(name: String, read: @escaping @Sendable ([UInt8]) -> Void) {
    (self.name, self.read) = (name, read)
  }

  /// The readers of the grader.
  package static let all = [listing, bulk, events, policy, roster, object]

  /// Ends the program, in every configuration, if a reader breaks a promise.
  package static func promise(_ isKept: Bool, _ promise: @autoclosure () -> String) {
    if !isKept { fatalError("broken promise: \(promise())") }
  }
}
