import Foundation

/// Names in Latin letters of people whose list has them in Chinese, Japanese or Korean.
enum ForeignNames {
  /// The text without two words beside each other that can be the name of one of these students.
  static func left(out text: String, of students: [Student]) -> String {
    let patterns = Set(students.flatMap { Self.patterns(of: $0.name) })
    return patterns.sorted().reduce(Consonants.left(out: text, of: students)) { text, pattern in
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
      // A given name of two syllables may be two words.
      return [
        "\(koreanFamilies)[\\s,]+\(korean)(?-i: [A-Z][a-z]+)?",
        "(?-i:(?=[A-Z]))\(korean)(?-i: [A-Z][a-z]+)?\\s+\(koreanFamilies)",
        "[a-z]\\.\\s?(?:[a-z]\\.\\s?)?\(koreanFamilies)",
      ]
    }
    let isEastern = scalars.contains {
      (0x3040...0x30FF).contains($0) || (0x3400...0x9FFF).contains($0)
    }
    guard isEastern else { return [] }
    return [japanese, chinese].flatMap {
      ["\($0)[\\s,]+\($0)", "[a-z]\\.\\s?\($0)", "\($0),?\\s+[a-z]\\."]
    }
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
    let matches = expression.matches(
      in: withoutTones(text),
      range: NSRange(location: 0, length: whole.length)
    )
    var result = text as NSString
    for match in matches.reversed() where isName(whole.substring(with: match.range)) {
      result = result.replacingCharacters(in: match.range, with: Anonymous.gap) as NSString
    }
    return result as String
  }

  /// A text of the same length without the marks of tones and long vowels.
  private static func withoutTones(_ text: String) -> String {
    String(
      text.map { character in
        let plain = String(character).decomposedStringWithCanonicalMapping.unicodeScalars.first
        guard character.utf16.count == 1, let plain, plain.isASCII else { return character }
        return Character(plain)
      }
    )
  }

  /// Two words with capitals, or one and an initial, none of which is one of the answer's own.
  private static func isName(_ text: String) -> Bool {
    let parts = text.replacing(".", with: ". ").split { $0.isWhitespace || $0 == "," }
    return (2...3).contains(parts.count)
      && parts.allSatisfy { part in
        part.count > 1 && part.first?.isUppercase == true && !words.contains(part.lowercased())
      }
  }
}

/// Names of alphabets that write few vowels, as Arabic and Hebrew do, in Latin letters.
private enum Consonants {
  /// The text without words with capitals whose consonants are those of a student's name.
  static func left(out text: String, of students: [Student]) -> String {
    let names = Set(students.map { skeletons(of: $0.name) }).filter { name in
      name.count > 1 && name.joined().count > 3
    }
    return names.reduce(text) { text, name in
      [name, name.reversed()].reduce(text) { left(out: $0, $1) }
    }
  }

  private static func left(out text: String, _ name: [String]) -> String {
    var result = ""
    var rest = text[...]
    while let match = rest.firstMatch(of: /\p{Lu}[\p{L}'’]*(?:[ ,-]+\p{Lu}[\p{L}'’]*)+/) {
      result += rest[..<match.range.lowerBound]
      let words = match.output.split { " ,-".contains($0) }
      let bare = words.map { skeleton($0) }
      let place = bare.indices.first { bare[$0...].starts(with: name) }
      if let place {
        result += words[..<place].map { "\($0) " }.joined() + Anonymous.gap
        rest = text[words[place + name.count - 1].endIndex...]
      } else {
        result += match.output
        rest = text[match.range.upperBound...]
      }
    }
    return result + rest
  }

  /// The consonants of each word of an Arabic or a Hebrew name; none of others.
  private static func skeletons(of name: String) -> [String] {
    let words = FileNames.words(NameKey.visible(name))
    guard name.unicodeScalars.contains(where: { (0x590...0x6FF).contains($0.value) }) else {
      return []
    }
    return words.map { word in
      skeleton(Substring(String(word).applyingTransform(.toLatin, reverse: false) ?? ""))
    }
  }

  /// Consonants, each once in a row.
  private static func skeleton(_ word: Substring) -> String {
    var letters: [Character] = []
    for letter in NameKey.plain(word) where letter.isASCII && letter.isLetter {
      if !"aeiouyw".contains(letter), letters.last != letter { letters.append(letter) }
    }
    return String(letters)
  }
}
