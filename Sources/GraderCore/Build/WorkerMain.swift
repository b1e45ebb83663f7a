/// The worker's own main program, which calls each function of the student's once.
///
/// It is compiled apart from the student's files, so the lines of its errors are true, and say
/// which functions are missing or have another type.
package struct WorkerMain: Sendable {
  private let lines: [String]

  /// A main program with this text.
  package init(source: String) {
    lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The names that stand in the entries where the compiler found errors.
  ///
  /// - Parameters:
  ///   - output: The compiler's output.
  ///   - path: The main program's path, as the compiler names it.
  /// - Returns: Every identifier of those entries, names of functions among them.
  package func functions(inErrorsOf output: String, path: String) -> Set<String> {
    var names: Set<String> = []
    for line in output.split(separator: "\n") where line.hasPrefix("\(path):") {
      let fields = line.dropFirst(path.count + 1).split(separator: ":", maxSplits: 3)
      guard fields.count >= 3, fields[2] == " error", let number = Int(fields[0]),
        lines.indices.contains(number - 1)
      else { continue }
      names.formUnion(entry(at: number - 1).flatMap(Self.identifiers))
    }
    return names
  }

  /// The lines of the `implement` call around a line.
  private func entry(at index: Int) -> ArraySlice<String> {
    let starts = { (line: String) in line.contains(".implement") }
    let start = lines[...index].lastIndex(where: starts) ?? index
    let end = lines[(index + 1)...].firstIndex(where: starts) ?? lines.endIndex
    return lines[start..<end]
  }

  private static func identifiers(in line: String) -> [String] {
    line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }
}
