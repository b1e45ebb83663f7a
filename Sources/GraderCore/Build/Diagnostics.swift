/// The compiler's words, made safe and given the student's file names.
package struct Diagnostics: Equatable, Sendable {
  /// A name that a source had while it was compiled, and the student's own.
  package struct Renaming: Equatable, Sendable {
    /// The name that the compiler saw, such as `S003.swift`.
    package var compiled: String
    /// The path in the hand-in.
    package var original: String

    /// This pair.
    package init(compiled: String, original: String) {
      self.compiled = compiled
      self.original = original
    }
  }

  /// The whole text.
  package let text: String

  /// The compiler's output with the names changed back.
  ///
  /// - Parameters:
  ///   - output: What the compiler wrote, which can hold anything that the student's code says.
  ///   - folder: The folder of the sources as the compiler saw it, which nobody needs to know.
  ///   - others: Other folders that nobody needs to know.
  ///   - renamings: The names.
  package init(
    output: [UInt8],
    folder: String,
    others: [String] = [],
    renamings: [Renaming]
  ) {
    var text = Printable.block(output, longest: 16 << 10)
    for prefix in [folder + "/", "./"] {
      for renaming in renamings {
        text = text.replacing(prefix + renaming.compiled, with: renaming.original)
      }
    }
    for renaming in renamings {
      text = text.replacing(renaming.compiled, with: renaming.original)
    }
    for hidden in [folder] + others { text = text.replacing(hidden + "/", with: "") }
    for hidden in [folder] + others { text = text.replacing(hidden, with: ".") }
    self.text = text
  }

  /// The first line of a file that the compiler's words name, from 1.
  package static func line(in words: String, of file: String) -> Int? {
    guard let name = words.firstRange(of: "\(file):") else { return nil }
    let digits = words[name.upperBound...].prefix { $0.isASCII && $0.isNumber }
    return Int(digits).flatMap { $0 > 0 ? $0 : nil }
  }

  /// The last line that reports an error, without what stands before the word.
  package var lastError: String {
    let line = text.split(separator: "\n").last { $0.contains("error: ") }
    guard let line, let start = line.firstRange(of: "error: ") else {
      return "error: it does not compile together with the other files"
    }
    return String(line[start.lowerBound...])
  }

  /// The lines that report errors in the file, each with the lines that belong to it.
  ///
  /// - Parameter file: The path in the hand-in.
  /// - Returns: The line of the file, from 1, or 0 if none is told, and the words.
  package func errors(in file: String) -> [(line: Int, words: String)] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.filter { lines[$0].hasPrefix(file + ":") && Self.isError(lines[$0]) }
      .map { start in
        let rest = lines[(start + 1)...].prefix { !Self.isError($0) && !$0.isEmpty }
        let words = ([lines[start]] + rest.prefix(6)).joined(separator: "\n")
        return (Self.line(in: String(lines[start]), of: file) ?? 0, words)
      }
  }

  private static func isError(_ line: Substring) -> Bool { line.contains(": error:") }
}
