import Foundation
import Testing

/// A command in a page and the output that the page shows.
struct Transcript: Sendable, CustomTestStringConvertible {
  var testDescription: String { "\(page): \(command)" }

  /// The page's path from the root.
  var page: String
  /// The word behind the block's opening fence.
  var language: String
  var command: String
  /// The lines of the output.
  var shown: [String]

  /// True of a command that students run in their package, which holds the page.
  var isOfStudents: Bool { page.hasPrefix("assignments/") }

  /// The transcripts of all pages of the repository.
  static let all: [Transcript] = {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: Repository.root)) ?? []
    let pages = names.filter { name in
      name.hasSuffix(".md") && !name.split(separator: "/").contains { $0.hasPrefix(".") }
    }
    return pages.sorted().flatMap { page in
      let path = "\(Repository.root)/\(page)"
      return find(in: (try? String(contentsOfFile: path, encoding: .utf8)) ?? "", of: page)
    }
  }()

  /// The transcripts of a page: blocks of code with lines that begin with `$ `, whatever language
  /// the block names.
  static func find(in text: String, of page: String) -> [Transcript] {
    var found: [Transcript] = []
    var (fence, language) = (String?.none, "")
    var isTranscript = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let word = line.trimmingCharacters(in: .whitespaces)
      if let open = fence {
        if word == open {
          (fence, isTranscript) = (nil, false)
        } else if word.hasPrefix("$ ") {
          isTranscript = true
          let command = String(word.dropFirst(2))
          found.append(Transcript(page: page, language: language, command: command, shown: []))
        } else if isTranscript {
          found[found.count - 1].shown.append(line)
        }
      } else {
        // A block may begin behind the mark of a list.
        let opening = word.drop { "-*+ ".contains($0) }
        guard opening.hasPrefix("```") || opening.hasPrefix("~~~") else { continue }
        fence = String(opening.prefix { $0 == opening.first })
        language = opening.trimmingCharacters(in: CharacterSet(charactersIn: "`~"))
      }
    }
    return found
  }

  /// The first line that a real output has otherwise; nil if it is the one shown.
  ///
  /// Three dots are seen by the reader: in a line they stand for any text, alone for any lines.
  func difference(from output: String) -> String? {
    var real = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if real.last == "" { real.removeLast() }
    return Self.difference(shown[...], real[...])
  }

  private static func difference(_ shown: ArraySlice<String>, _ real: ArraySlice<String>) -> String?
  {
    guard let line = shown.first else { return real.first.map { "the page ends before: \($0)" } }
    if line == "..." {
      let rests = (real.startIndex...real.endIndex).lazy.map { real[$0...] }
      let fits = rests.contains { difference(shown.dropFirst(), $0) == nil }
      return fits ? nil : "nothing real follows the lines left out"
    }
    guard let next = real.first else { return "the page goes on with: \(line)" }
    guard matches(line, next) else { return "the page: \(line)\nin truth: \(next)" }
    return difference(shown.dropFirst(), real.dropFirst())
  }

  private static func matches(_ shown: String, _ real: String) -> Bool {
    let parts = shown.split(separator: "...", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return shown == real }
    guard real.hasPrefix(parts[0]), real.hasSuffix(parts[parts.count - 1]) else { return false }
    var rest = real.dropFirst(parts[0].count)
    for part in parts.dropFirst() where !part.isEmpty {
      guard let place = rest.firstRange(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }
}
