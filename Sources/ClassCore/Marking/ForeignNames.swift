import Foundation

/// Names in Latin letters of people whose list has them in Chinese, Japanese or Korean.
enum ForeignNames {
  /// The text without two words beside each other that can be the name of one of these students.
  static func left(out text: String, of students: [Student]) -> String {
    let patterns = Set(students.flatMap { Self.patterns(of: $0.name) })
    return patterns.sorted().reduce(text) { text, pattern in
      Self.left(out: text, pattern)
    }
  }

  /// The syllables of each language, of which its names are made.
  private static let japanese =
    "(?:(?:[kgnhbpmr]y|sh|ch|ts|[kgsztdnhbpmyrwfjv])?[aiueo]|n(?![aiueo])|m(?=[bp])"
    + "|k(?=k)|s(?=s)|t(?=[tc])|p(?=p))+h?"
  private static let chinese =
    "(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    + "(?:i[ao]ng|iang|iong|uang|ang|eng|ong|ing|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu"
    + "|ua|uo|ui|ue|ve|er|a|o|e|i|u|v))+"
  private static let korean = "(?:[a-z]+(?:-[a-z]+)?)"
  private static let koreanFamilies =
    "(?:kim|gim|lee|yi|rhee|park|bak|pak|choi|choe|jung|jeong|chung|kang|gang|cho|jo|yoon|yun|jang"
    + "|chang|lim|im|han|oh|seo|suh|shin|sin|kwon|gwon|hwang|ahn|an|song|ryu|yoo|yu|hong|jeon|jun"
    + "|ko|go|moon|mun|yang|son|bae|baek|heo|hur|nam|shim|noh|roh|ha|kwak|cha|joo|ju|woo)"

  private static func patterns(of name: String) -> [String] {
    let scalars = name.unicodeScalars.map(\.value)
    if scalars.contains(where: { (0xAC00...0xD7AF).contains($0) }) {
      return ["\(koreanFamilies)\\s+\(korean)", "\(korean)\\s+\(koreanFamilies)"]
    }
    let isEastern = scalars.contains {
      (0x3040...0x30FF).contains($0) || (0x3400...0x9FFF).contains($0)
    }
    guard isEastern else { return [] }
    return [japanese, chinese].map { "\($0)[\\s,]+\($0)" }
  }

  /// Words of an answer that are built as names are.
  private static let words: Set<String> = [
    "alpha", "beta", "gamma", "eta", "iota", "kappa", "nu", "pi", "rho", "tau", "chi", "omega",
    "mu",
    "note", "name", "here", "take", "use", "same", "one", "we", "he", "me", "be", "so", "to", "no",
    "do", "are", "ne", "sine", "cosine", "data", "image", "page", "due", "kai", "sum", "then",
    "when", "given", "mean", "max", "min", "den", "can", "hence", "since", "line", "pen", "long",
    "chain", "rule", "value", "table", "case", "rate", "size", "shape", "cache",
    "code", "node", "zero", "time", "base", "see", "the", "i", "by", "go", "an", "in", "it", "is",
    "of",
  ]

  private static func left(out text: String, _ pattern: String) -> String {
    guard
      let expression = try? NSRegularExpression(
        pattern: "(?<![\\p{L}\\p{N}$\\\\])\(pattern)(?![\\p{L}\\p{N}])",
        options: [.caseInsensitive]
      )
    else { return text }
    let whole = text as NSString
    let matches = expression.matches(in: text, range: NSRange(location: 0, length: whole.length))
    var result = text as NSString
    for match in matches.reversed() where isName(whole.substring(with: match.range)) {
      result = result.replacingCharacters(in: match.range, with: Anonymous.gap) as NSString
    }
    return result as String
  }

  /// Two words with capitals, neither of which is one of the answer's own.
  private static func isName(_ text: String) -> Bool {
    let parts = text.split { $0.isWhitespace || $0 == "," }
    return parts.count == 2
      && parts.allSatisfy { part in
        part.count > 1 && part.first?.isUppercase == true && !words.contains(part.lowercased())
      }
  }
}
