import GraderCore

/// Words in names of files that name nobody.
enum CommonWords {
  private static let all: Set<String> = [
    "hw", "homework", "assignment", "submission", "submit", "submitted", "exercise", "exercises",
    "task", "project", "lab", "final", "report", "answer", "answers", "solution", "code", "copy",
    "new", "latest", "version", "student", "number", "no", "id", "課題", "提出", "提出物", "宿題",
    "レポート", "最終", "作业", "提交", "作業", "과제", "제출", "abgabe", "hausaufgabe", "aufgabe", "devoir",
    "rendu", "tarea", "entrega", "compito", "consegna", "opdracht", "inzending", "trabalho",
  ]

  /// Tells whether a word says nothing of who somebody is: one of these, a number, a single letter,
  /// or a mix such as `hw1`.
  static func isOne(_ word: some StringProtocol) -> Bool {
    word.count < 2 || word.contains(where: \.isDigit) || all.contains(word.lowercased())
  }
}

/// The words that systems show in place of a name.
enum HiddenNames {
  static let words: Set<String> = Set(
    [
      "participant", "teilnehmer", "teilnehmerin", "participante", "partecipante", "deelnemer",
      "参加者", "参与者", "參與者", "참가자", "참여자",
    ].map(NameKey.exact)
  )
}

/// The trust that a part of a file's name deserves.
enum PhraseWeight {
  /// Tells whether a single word can hardly stand for anything but the name that it is.
  static func isLong(_ word: some StringProtocol) -> Bool {
    if word.allSatisfy(\.isDigit) { return false }
    return word.count >= (word.allSatisfy(\.isASCII) ? 5 : 2)
  }

  /// The weight of a login: letters, or letters and more digits than count homework.
  static func ofLogin(_ text: some StringProtocol) -> Evidence.Weight {
    if text.allSatisfy({ $0.isDigit || $0 == "-" }) { return ofNumber(text) }
    if text.allSatisfy({ !$0.isDigit }) { return text.count > 1 ? .strong : .weak }
    return text.count > 3 ? .strong : .weak
  }

  /// The weight of a number: short ones count homework, attempts, days, years and minutes.
  static func ofNumber(_ text: some StringProtocol) -> Evidence.Weight {
    let digits = String(text.filter { $0 != "-" })
    guard digits.allSatisfy(\.isDigit) else { return digits.count > 3 ? .strong : .weak }
    if digits.count < 5 { return .weak }
    return WrittenDate.isTogether(digits) ? .lone : .strong
  }
}

/// Dates and times in names of files.
enum WrittenDate {
  /// Tells whether a text is a date with something between its parts, such as `2026-04-30`.
  static func isApart(_ text: some StringProtocol) -> Bool {
    let parts = text.split { !$0.isDigit }
    guard parts.count == 3, text.filter({ !$0.isDigit }).count == 2 else { return false }
    let counts = parts.map(\.count)
    guard counts == [4, 2, 2] || counts == [2, 2, 4] || counts == [2, 2, 2] else { return false }
    return isTogether(parts.joined())
  }

  /// Tells whether digits can be a date, or a time of day with seconds.
  static func isTogether(_ digits: some StringProtocol) -> Bool {
    let values = digits.compactMap(\.wholeNumberValue)
    guard values.count == digits.count else { return false }
    func value(_ range: Range<Int>) -> Int { values[range].reduce(0) { 10 * $0 + $1 } }
    func isDay(_ month: Int, _ day: Int) -> Bool {
      (1...12).contains(month) && (1...31).contains(day)
    }
    switch values.count {
    case 8:
      let (first, last) = (value(0..<4), value(4..<8))
      return (1990...2099).contains(first) && isDay(value(4..<6), value(6..<8))
        || (1990...2099).contains(last)
          && (isDay(value(0..<2), value(2..<4)) || isDay(value(2..<4), value(0..<2)))
    case 6:
      let (first, middle, last) = (value(0..<2), value(2..<4), value(4..<6))
      return isDay(middle, last) || isDay(first, middle) || isDay(middle, first)
        || (first < 24 && middle < 60 && last < 60)
    default: return false
    }
  }
}
