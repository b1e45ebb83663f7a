import Foundation

/// One way to write who somebody is, as letters with room for what may stand between them.
struct NameSpelling: Hashable {
  /// A letter, and the most characters that may stand before it and are no letters.
  struct Step: Hashable {
    var letter: Character
    var gap: Int
  }

  let steps: [Step]

  private init(_ steps: [Step]) { self.steps = steps }

  /// All spellings of a student that a list implies.
  static func all(of student: Student) -> [NameSpelling] {
    let address = student.email ?? ""
    let mailName = address.prefix { $0 != "@" }
    return names(student.name) + numbers(student.id)
      + logins(
        [address, String(mailName), student.id],
        beside: NameKey.words(of: student.name)
      )
  }

  /// The words of a login in either order, such as those of `taro.yamada`, and the login itself,
  /// unless it is a single word of a name, which an answer may have for itself.
  static func logins(_ logins: [String], beside names: Set<String>) -> [NameSpelling] {
    logins.flatMap { login -> [NameSpelling] in
      let words = FileNames.words(login).filter { $0.contains(where: \.isLetter) }.map(String.init)
      let isName = words.count == 2 && words.allSatisfy { $0.count > 2 }
      let isWord = names.contains(NameKey.exact(login)) && !login.contains("@")
      let whole = login.count > 3 && !isWord ? [spelled([login], gap: 0)] : []
      return whole + (isName ? orders(of: words).map { spelled($0, gap: 3) } : [])
    }
  }

  // MARK: Names

  private static func names(_ name: String) -> [NameSpelling] {
    let halves = NameKey.visible(name).split(separator: ",", maxSplits: 1)
      .map { FileNames.words($0).map(String.init) }
    let words = halves.flatMap(\.self)
    guard !words.isEmpty, words.count < 8 else { return [] }
    let forms = Set([words, words.map(NameKey.writtenOut), latin(words)]).filter { !$0.isEmpty }
    return forms.flatMap { words in
      let families = families(words, first: halves.count > 1 ? halves[0].count : nil)
      return (orders(of: words) + pairs(words)).filter(isLong).map { spelled($0, gap: 3) }
        + families.flatMap { initials(given: $0.given, family: $0.family) }
    }
  }

  /// Short names may be words of the answer, unless it is Chinese or Japanese.
  private static func isLong(_ words: [String]) -> Bool {
    let letters = words.joined()
    return letters.count >= (letters.allSatisfy(\.isASCII) ? 5 : 2)
  }

  /// The words from each of them on in a circle, and the other way round.
  private static func orders(of words: [String]) -> [[String]] {
    let turned = words.indices.map { Array(words[$0...] + words[..<$0]) }
    return Array(Set(turned + [words.reversed()]))
  }

  /// Two of three words and more, as people leave names out; neither of them an article's length.
  private static func pairs(_ words: [String]) -> [[String]] {
    guard words.count > 2 else { return [] }
    return words.indices.flatMap { place in
      words.indices.filter { $0 != place }.map { [words[place], words[$0]] }
    }.filter { pair in pair.allSatisfy { $0.count > 2 } || pair.joined().count > 7 }
  }

  /// The splits into given and family names that may be right: what stands before a comma is the
  /// family's, else the first word is or the last.
  private static func families(
    _ words: [String],
    first: Int?
  ) -> [(given: [String], family: [String])] {
    if let first, first < words.count {
      return [(Array(words[first...]), Array(words[..<first]))]
    }
    guard words.count > 1 else { return [] }
    return [
      (Array(words.dropLast()), [words[words.count - 1]]), (Array(words.dropFirst()), [words[0]]),
    ]
  }

  /// `J. Doe`, `Doe, J.`, `M.J. Doe` and `Mary J. Doe`.
  private static func initials(given: [String], family: [String]) -> [NameSpelling] {
    let isAlphabetic = family.joined().unicodeScalars.allSatisfy { $0.value < 0x2E80 }
    guard family.joined().count > 2, isAlphabetic, !given.isEmpty else { return [] }
    let letters = given.compactMap { $0.first.map(folded) }
    // All as letters, the first alone, and the first in full.
    let dotted = [letters, Array(letters.prefix(1))].map { some -> [Character] in
      some.flatMap { letter -> [Character] in [letter, "."] }
    }
    let starts = Set(dotted.map { spaced($0) } + (letters.count > 1 ? [spaced(letters)] : []))
    let name = spelled(family, gap: 3).steps
    var behind = starts.map { NameSpelling($0 + following(name, gap: 2)) }
    behind += starts.map { NameSpelling(name + following($0, gap: 3)) }
    if letters.count > 1 {
      let rest = spaced(letters.dropFirst().flatMap { letter -> [Character] in [letter, "."] })
      let first = spelled([given[0]], gap: 0).steps
      behind.append(NameSpelling(first + following(rest, gap: 2) + following(name, gap: 2)))
    }
    return behind
  }

  /// Letters with room for a blank between them.
  private static func spaced(_ letters: [Character]) -> [Step] {
    letters.enumerated().map { Step(letter: $1, gap: $0 == 0 ? 0 : 1) }
  }

  private static func following(_ steps: [Step], gap: Int) -> [Step] {
    var steps = steps
    if !steps.isEmpty { steps[0].gap = gap }
    return steps
  }

  /// A name of another alphabet in Latin letters; none where letters do not tell the sounds.
  private static func latin(_ words: [String]) -> [String] {
    guard words.contains(where: { !$0.allSatisfy(\.isASCII) }) else { return [] }
    let latin = words.compactMap { word in
      word.applyingTransform(.toLatin, reverse: false)?
        .applyingTransform(.stripDiacritics, reverse: false)
        .map { $0.filter(\.isLetter) }
    }
    return latin.joined().count > 4 && latin.count == words.count ? latin : []
  }

  /// The letters of some words; between words something may stand, and between letters that need
  /// no blanks.
  private static func spelled(_ words: [String], gap: Int) -> NameSpelling {
    var steps: [Step] = []
    for word in words {
      for (place, letter) in word.enumerated() {
        let isEastern = (letter.unicodeScalars.first?.value ?? 0) >= 0x2E80
        let room = steps.isEmpty ? 0 : place == 0 ? gap : isEastern ? 1 : 0
        steps.append(Step(letter: folded(letter), gap: room))
      }
    }
    return NameSpelling(steps)
  }

  // MARK: Numbers

  /// A number with hyphens and blanks anywhere in it, without the zeros at its start, and without
  /// the letters before or behind its digits.
  private static func numbers(_ id: String) -> [NameSpelling] {
    let number = StudentNumber.normalized(id)
    let bare = number.drop { $0 == "0" }
    guard bare.count(where: \.isNumber) > 3, !number.contains("@") else { return [] }
    let digits = number.drop { !$0.isNumber }.prefix(while: \.isNumber)
    let alone = digits.count > 4 ? [Array(digits)] : []
    return ([Array(number), Array(bare)] + alone).map { digits in
      NameSpelling(
        digits.enumerated().map { Step(letter: folded($1), gap: $0 == 0 ? 0 : 2) }
      )
    }
  }

  /// A letter without case, width and accents.
  static func folded(_ character: Character) -> Character {
    NameKey.folded(character)
  }
}

/// A text that is compared without case, width and accents.
struct SpelledText {
  private let text: [Character]
  private let folded: [Character]
  private static let separators = Set<Character>(" \t\n,、，.．・-‐‑‒–—−ー_/|*`+\u{3000}'’‘ʼ()（）")

  init(_ text: String) {
    self.text = Array(text)
    folded = self.text.map(NameSpelling.folded)
  }

  /// The text with a gap for each place that is spelled in one of these ways.
  func leavingOut(_ spellings: [NameSpelling]) -> String {
    let ordered = Set(spellings).filter { !$0.steps.isEmpty }
      .sorted { $0.steps.count > $1.steps.count }
    let byFirst = Dictionary(grouping: ordered) { $0.steps[0].letter }
    var result = ""
    var place = 0
    while place < text.count {
      let fitting = byFirst[folded[place]]?.lazy.compactMap { end(of: $0, at: place) }.max()
      if let end = fitting, !isWithinWord(place) {
        result += Anonymous.gap
        place = end
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }

  /// The place behind a spelling that begins somewhere; nil if it does not.
  private func end(of spelling: NameSpelling, at start: Int) -> Int? {
    var place = start
    for (index, step) in spelling.steps.enumerated() {
      var room = index == 0 ? 0 : step.gap
      while room > 0, place < text.count, folded[place] != step.letter,
        Self.separators.contains(text[place])
      {
        place += 1
        room -= 1
      }
      guard place < text.count, folded[place] == step.letter else { return nil }
      place += 1
    }
    return isWithinWord(place) ? nil : place
  }

  /// True between two letters or between two digits of ASCII: what stands there is part of another
  /// word or figure.
  private func isWithinWord(_ place: Int) -> Bool {
    guard place > 0, place < text.count else { return false }
    let (left, right) = (folded[place - 1], folded[place])
    guard left.isASCII, right.isASCII else { return false }
    return left.isLetter && right.isLetter || left.isNumber && right.isNumber
  }
}
