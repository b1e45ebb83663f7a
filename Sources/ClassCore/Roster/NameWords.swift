import Foundation

/// The words of a name in a listing, and the texts of runs of them.
struct NameWords {
  private let text: String
  private let places: [Range<String.Index>]

  /// More words are no name of a file that people give.
  private static let most = 40

  /// Splits as people do: at everything that is neither letter nor digit, and where Chinese,
  /// Japanese or Korean letters meet others.
  init(_ name: some StringProtocol) {
    text = NameKey.visible(name).precomposedStringWithCompatibilityMapping
    var places: [Range<String.Index>] = []
    var last: Character?
    for place in text.indices {
      let character = text[place]
      defer { last = character }
      guard character.isLetter || character.isNumber else { continue }
      let end = text.index(after: place)
      if let last, last.isLetter || last.isNumber, last.isEastAsian == character.isEastAsian,
        let word = places.popLast()
      {
        places.append(word.lowerBound..<end)
      } else {
        places.append(place..<end)
      }
    }
    self.places = Array(places.prefix(Self.most))
  }

  var count: Int { places.count }

  /// The text from the first word of a run to its last, with what stands between.
  subscript(run: Range<Int>) -> Substring {
    text[places[run.lowerBound].lowerBound..<places[run.upperBound - 1].upperBound]
  }
}

extension Character {
  /// True for letters that are written without blanks between names and other words.
  fileprivate var isEastAsian: Bool {
    switch unicodeScalars.first?.value ?? 0 {
    case 0x2E80...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
