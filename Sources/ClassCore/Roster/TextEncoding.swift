package import Foundation

/// The encodings that people's files are in, told apart by which one gives words.
package enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case utf16 = "UTF-16"
  case utf32 = "UTF-32"
  /// The encoding of Japanese mail.
  case iso2022JP = "ISO-2022-JP"
  /// The code page of Excel in western Europe.
  case windows1252 = "Windows-1252"
  /// The code page of Windows in Japan.
  case shiftJIS = "Shift_JIS"

  /// The text of some bytes, without a mark of the byte order, and the encoding that it was read
  /// in; nil if no encoding gives words.
  package static func text(of data: Data) -> (text: String, encoding: TextEncoding)? {
    if data.starts(with: [0xFF, 0xFE, 0, 0]) || data.starts(with: [0, 0, 0xFE, 0xFF]) {
      return String(data: data, encoding: .utf32).map { (withoutMark($0), .utf32) }
    }
    if let text = wide(data) { return (text, .utf16) }
    if let text = String(validating: data, as: UTF8.self) {
      // Bytes of ASCII alone, of which escapes make Japanese.
      if text.contains("\u{1B}$"), let text = String(data: data, encoding: .iso2022JP) {
        return (text, .iso2022JP)
      }
      return (withoutMark(text), .utf8)
    }
    let japanese = String(data: data, encoding: .shiftJIS).map { _ in Japanese.share(of: data) }
    let western = String(data: data, encoding: .windowsCP1252).map { _ in Western.share(of: data) }
    // Neither may be right: Cyrillic, Greek, Chinese or Korean makes no words in both.
    let best = max(japanese ?? 0, western ?? 0)
    guard best > 0.5, japanese != western, best == japanese || best > 0.75 else { return nil }
    let encoding: TextEncoding = japanese == best ? .shiftJIS : .windows1252
    let text = String(data: data, encoding: encoding == .shiftJIS ? .shiftJIS : .windowsCP1252)
    return text.map { ($0, encoding) }
  }

  /// UTF-16 with a mark, or with a zero in most pairs of bytes.
  private static func wide(_ data: Data) -> String? {
    if data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) {
      let text = String(data: data, encoding: .utf16)
      return text.map(withoutMark)
    }
    guard data.count > 1, data.count.isMultiple(of: 2) else { return nil }
    var zeros = [0, 0]
    for (place, byte) in data.enumerated() where byte == 0 { zeros[place % 2] += 1 }
    let half = data.count / 2
    if zeros[1] * 2 > half, zeros[0] == 0 {
      return String(data: data, encoding: .utf16LittleEndian)
    }
    if zeros[0] * 2 > half, zeros[1] == 0 { return String(data: data, encoding: .utf16BigEndian) }
    return nil
  }

  private static func withoutMark(_ text: String) -> String {
    let isMarked = text.unicodeScalars.first == "\u{FEFF}"
    return isMarked ? String(text.unicodeScalars.dropFirst()) : text
  }

  private static func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Bytes read as Windows-1252.
  private enum Western {
    /// The share of the bytes beyond ASCII that are letters in words, or signs that stand where
    /// such signs do.
    static func share(of data: Data) -> Double {
      let bytes = [UInt8](data)
      let high = bytes.indices.filter { bytes[$0] >= 0x80 }
      let good = high.count { isLetter(bytes[$0]) ? isInWord(bytes, $0) : isSign(bytes, $0) }
      return high.isEmpty ? 0 : Double(good) / Double(high.count)
    }

    private static let capitals: Set<UInt8> = Set(0xC0...0xDE).union([0x8A, 0x8C, 0x8E, 0x9F])
      .subtracting([0xD7])

    private static func isLetter(_ byte: UInt8) -> Bool {
      TextEncoding.isLetter(byte) || byte >= 0xC0 && byte != 0xD7 && byte != 0xF7
        || [0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F].contains(byte)
    }

    /// True if a letter with an accent stands in a word with letters of ASCII, or alone.
    ///
    /// Other alphabets have words without any. No capital stands behind a small letter.
    private static func isInWord(_ bytes: [UInt8], _ place: Int) -> Bool {
      let start = bytes[..<place].lastIndex { !isLetter($0) }.map { $0 + 1 } ?? 0
      let end = bytes[place...].firstIndex { !isLetter($0) } ?? bytes.count
      if end - start == 1 { return true }
      let small = 0x61...0x7A as ClosedRange<UInt8>
      if place > start, capitals.contains(bytes[place]), small.contains(bytes[place - 1]) {
        return false
      }
      let word = bytes[start..<end]
      let plain = word.count { TextEncoding.isLetter($0) }
      return plain > 0 ? plain * 3 >= word.count : word.count < 4 && word.allSatisfy(usual.contains)
    }

    /// Letters that stand together without others: those of German, and the most frequent ones of
    /// French.
    private static let usual: Set<UInt8> = [
      0xC4, 0xD6, 0xDC, 0xE4, 0xF6, 0xFC, 0xDF, 0xE9, 0xE8, 0xE0, 0xE7,
    ]

    /// True if a quote, a dash or another sign stands where it does in texts.
    private static func isSign(_ bytes: [UInt8], _ place: Int) -> Bool {
      let before = place > 0 ? bytes[place - 1] : 0x20
      let after = place + 1 < bytes.count ? bytes[place + 1] : 0x20
      switch bytes[place] {
      // The apostrophe, dashes and three dots stand anywhere, quotes round words.
      case 0x85, 0x92, 0x96, 0x97, 0xA0, 0xAB, 0xBB, 0xB7: return true
      case 0x82, 0x84, 0x91, 0x93, 0xA1, 0xBF: return !isLetter(before)
      case 0x94: return !isLetter(after)
      // Powers and ordinals stand behind a letter or two.
      case 0xAA, 0xB2, 0xB3, 0xB9, 0xBA:
        let word = bytes[..<place].reversed().prefix(while: isLetter).count
        return word < 3 && !isLetter(after) && before < 0x80
      case 0x80, 0xA2...0xA9, 0xAC...0xB1, 0xB5, 0xB6, 0xBC...0xBE, 0x86, 0x95, 0x87, 0x89, 0x8B,
        0x99, 0x9B, 0xD7, 0xF7:
        return before < 0x80 && after < 0x80 && !(isLetter(before) && isLetter(after))
      default: return false
      }
    }
  }

  /// Bytes read as Shift_JIS.
  private enum Japanese {
    /// The share of the characters beyond ASCII that are kana, signs or common kanji, or rare kanji
    /// beside other characters of Japanese.
    static func share(of data: Data) -> Double {
      let kinds = kinds(of: [UInt8](data))
      if isPerhapsEUC(kinds) { return 0 }
      var (good, all) = (0, 0)
      for (place, kind) in kinds.enumerated() where kind != .letter && kind != .other {
        all += 1
        let beside = [place - 1, place + 1].filter(kinds.indices.contains).map { kinds[$0] }
        let isInWord = beside.contains(.letter)
        switch kind {
        case .common: good += 1
        case .rare: if !isInWord, !beside.contains(.half) { good += 1 }
        case .half: if !isInWord, !beside.contains(.rare), beside.contains(.half) { good += 1 }
        case .letter, .other: break
        }
      }
      return all == 0 ? 0 : Double(good) / Double(all)
    }

    /// True if all are kana of half width in even numbers, as two bytes for each kanji look.
    private static func isPerhapsEUC(_ kinds: [Kind]) -> Bool {
      guard kinds.contains(.half), !kinds.contains(.common), !kinds.contains(.rare) else {
        return false
      }
      return kinds.split { $0 != .half }.allSatisfy { $0.count.isMultiple(of: 2) }
    }

    private enum Kind { case letter, other, common, rare, half }

    private static func kinds(of bytes: [UInt8]) -> [Kind] {
      var kinds: [Kind] = []
      var place = 0
      while place < bytes.count {
        let byte = bytes[place]
        switch byte {
        case 0x81...0x98:
          // A letter of ASCII as the second byte, and others beside it, are a word in Latin.
          kinds.append(place + 1 < bytes.count && isLetter(bytes[place + 1]) ? .rare : .common)
          place += 1
        case 0x99...0x9F, 0xE0...0xFC:
          kinds.append(.rare)
          place += 1
        case 0xA1...0xDF: kinds.append(.half)
        default: kinds.append(isLetter(byte) ? .letter : .other)
        }
        place += 1
      }
      return kinds
    }
  }
}
