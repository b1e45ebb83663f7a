/// The modules that a student's code may import.
package struct ImportRules: Equatable, Sendable {
  /// The assignment's module of types.
  package var task: String

  /// Rules for the assignment with this module of types.
  package init(task: String) {
    self.task = task
  }

  /// The modules that a student may name.
  package var allowed: [String] { ["CourseKit", task, "Foundation", "Glibc"] }

  /// The modules that the compiler imports on its own.
  private static let implicit: Set = ["Swift", "_Concurrency", "_StringProcessing", "SwiftShims"]

  /// The modules among those imported that may not be.
  package func refused(among modules: [String]) -> [String] {
    modules.filter { !allowed.contains($0) && !Self.implicit.contains($0) }
  }

  /// The sentence that a student reads about a refused import.
  package func message(for module: String) -> String {
    "error: a solution may not import \(module); "
      + "allowed are \(allowed.dropLast().joined(separator: ", ")) and \(allowed.last ?? "")"
  }
}
