package import Foundation

/// The encodings that people's files are in, told apart by which one gives words.
package enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case utf16 = "UTF-16"
  /// The code page of Excel in western Europe.
  case windows1252 = "Windows-1252"
  /// The code page of Windows in Japan.
  case shiftJIS = "Shift_JIS"

  /// The text of some bytes, without a mark of the byte order, and the encoding that it was read
  /// in; nil if no encoding gives words.
  package static func text(of data: Data) -> (text: String, encoding: TextEncoding)? {
    if let text = wide(data) { return (text, .utf16) }
    if let text = String(validating: data, as: UTF8.self) {
      return (withoutMark(text), .utf8)
    }
    let japanese = String(data: data, encoding: .shiftJIS).map { _ in Japanese.share(of: data) }
    let western = String(data: data, encoding: .windowsCP1252).map { _ in Western.share(of: data) }
    // Neither may be right: Cyrillic or Greek makes no words in both.
    let best = max(japanese ?? 0, western ?? 0)
    guard best > 0.5, japanese != western else { return nil }
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
    /// The share of the bytes beyond ASCII that are letters beside letters of ASCII, or signs that
    /// stand between words.
    static func share(of data: Data) -> Double {
      let bytes = [UInt8](data)
      var (good, all) = (0, 0)
      for (place, byte) in bytes.enumerated() where byte >= 0x80 {
        all += 1
        let before = place > 0 ? bytes[place - 1] : nil
        let after = place + 1 < bytes.count ? bytes[place + 1] : nil
        switch byte {
        case 0xD7, 0xF7: break
        case 0xC0...0xFF, 0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F:
          if isInWord(bytes, place) { good += 1 }
        // Quotes, dashes, the sign of the euro, degrees and such, but not within a word.
        case 0x80, 0x85, 0x91...0x97, 0xA0...0xBF:
          if !(isLetter(before) && isLetter(after)) || byte == 0x92 { good += 1 }
        default: break
        }
      }
      return all == 0 ? 0 : Double(good) / Double(all)
    }

    /// True if a letter with an accent stands in a word with letters of ASCII, or in a very short
    /// one: other alphabets have words without any.
    private static func isInWord(_ bytes: [UInt8], _ place: Int) -> Bool {
      let isPart = { (byte: UInt8) in
        isLetter(byte) || byte >= 0xC0 && byte != 0xD7 && byte != 0xF7
          || [0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F].contains(byte)
      }
      let start = bytes[..<place].lastIndex { !isPart($0) }.map { $0 + 1 } ?? 0
      let end = bytes[place...].firstIndex { !isPart($0) } ?? bytes.count
      return bytes[start..<end].contains(where: isLetter) || end - start < 4
    }
  }

  /// Bytes read as Shift_JIS.
  private enum Japanese {
    /// The share of the characters beyond ASCII that are kana, signs or common kanji, or rare kanji
    /// beside other characters of Japanese.
    static func share(of data: Data) -> Double {
      let kinds = kinds(of: [UInt8](data))
      var (good, all) = (0, 0)
      for (place, kind) in kinds.enumerated() where kind != .letter && kind != .other {
        all += 1
        let beside = [place - 1, place + 1].filter(kinds.indices.contains).map { kinds[$0] }
        let isInWord = beside.contains(.letter)
        switch kind {
        case .common: good += 1
        case .rare: if !isInWord { good += 1 }
        case .half: if !isInWord, !beside.contains(.rare), beside.contains(.half) { good += 1 }
        case .letter, .other: break
        }
      }
      return all == 0 ? 0 : Double(good) / Double(all)
    }

    private enum Kind { case letter, other, common, rare, half }

    private static func kinds(of bytes: [UInt8]) -> [Kind] {
      var kinds: [Kind] = []
      var place = 0
      while place < bytes.count {
        let byte = bytes[place]
        switch byte {
        case 0x81...0x98:
          // Latin letters on both sides make it no word of Japanese.
          kinds.append(.common)
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
