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
    let words = FileNames.words(NameKey.visible(name)).map(String.init)
    guard !words.isEmpty, words.count < 8 else { return [] }
    let letters = words.joined().count
    // What is short may be a word of the answer, unless it is Chinese or Japanese.
    let isShort = letters < (words.joined().allSatisfy(\.isASCII) ? 5 : 2)
    let latin = latin(words)
    return (isShort ? [] : orders(of: words).map { spelled($0, gap: 3) })
      + initials(words) + (latin.isEmpty ? [] : orders(of: latin).map { spelled($0, gap: 3) })
  }

  /// The words from each of them on in a circle, and the other way round.
  private static func orders(of words: [String]) -> [[String]] {
    let turned = words.indices.map { Array(words[$0...] + words[..<$0]) }
    return Array(Set(turned + [words.reversed()]))
  }

  /// `J. Doe` and `Doe, J.` of Jane Doe; whichever is the family name.
  private static func initials(_ words: [String]) -> [NameSpelling] {
    guard words.count > 1, let first = words.first, let last = words.last else { return [] }
    return [(first, last), (last, first)].flatMap { given, family -> [NameSpelling] in
      let isAlphabetic = family.unicodeScalars.allSatisfy { $0.value < 0x2E80 }
      guard family.count > 2, isAlphabetic, let initial = given.first else { return [] }
      let letter = Step(letter: folded(initial), gap: 0)
      let dot = Step(letter: ".", gap: 0)
      let name = spelled([family], gap: 0).steps
      var (before, after) = (name, [letter, dot])
      before[0].gap = 2
      after[0].gap = 3
      return [NameSpelling([letter, dot] + before), NameSpelling(name + after)]
    }
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

  /// A number with hyphens and blanks anywhere in it, and without the zeros at its start.
  private static func numbers(_ id: String) -> [NameSpelling] {
    let number = StudentNumber.normalized(id)
    let bare = number.drop { $0 == "0" }
    guard bare.count(where: \.isNumber) > 3, !number.contains("@") else { return [] }
    return [Array(number), Array(bare)].map { digits in
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
  private static let separators = Set<Character>(" \t\n,、，.．・-‐‑‒–—−ー_/|*`+\u{3000}")

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
