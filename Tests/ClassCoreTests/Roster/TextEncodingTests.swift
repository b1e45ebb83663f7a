import ClassCore
import Foundation
import Testing

/// The encoding that gives words is the right one; the others give none.
@Suite struct TextEncodingTests {
  private static let western = [
    "Number,Name\r\n1,Rémi Leroy\r\n2,Ben Cole\r\n", "1,Jörg Müller\n", "Zoë, Seán, Núñez",
    "Kettenregel für x: über drei Wege, danach ausklammern.\n",
    "l’été — « déjà vu » 5 €\n", "Größe: ÄÖÜ\n", "Ünal Öztürk\n", "Ñandú, Ibáñez\n",
  ]
  private static let japanese = [
    "学籍番号,氏名\r\n03240396,山田 太郎\r\n03240397,髙橋 花子\r\n",
    "# 導出\r\n連鎖律により三つの道がある。\r\n",
    "ﾔﾏﾀﾞ ﾀﾛｳ,山田 太郎\n", "dJ/dxは和を取る。\n", "提出",
  ]

  @Test(arguments: western) func westernEurope(text: String) throws {
    let data = try #require(text.data(using: .windowsCP1252))
    let read = try #require(TextEncoding.text(of: data))
    #expect(read.text == text)
    #expect(read.encoding == .windows1252)
  }

  @Test(arguments: japanese) func japan(text: String) throws {
    let data = try #require(text.data(using: .shiftJIS))
    let read = try #require(TextEncoding.text(of: data))
    #expect(read.text == text)
    #expect(read.encoding == .shiftJIS)
  }

  @Test(arguments: western + japanese) func unicode(text: String) throws {
    let plain = Data(text.utf8)
    #expect(TextEncoding.text(of: plain)?.text == text)
    #expect(TextEncoding.text(of: [0xEF, 0xBB, 0xBF] + plain)?.text == text)
    let little = try #require(text.data(using: .utf16LittleEndian))
    #expect(TextEncoding.text(of: [0xFF, 0xFE] + little)?.text == text)
    let big = try #require(text.data(using: .utf16BigEndian))
    #expect(TextEncoding.text(of: [0xFE, 0xFF] + big)?.text == text)
  }

  @Test func wideWithoutAMark() throws {
    let data = try #require("Number,Name\n1,Ada\n".data(using: .utf16LittleEndian))
    #expect(TextEncoding.text(of: data)?.text == "Number,Name\n1,Ada\n")
  }

  /// Better no names than wrong ones.
  @Test func neither() throws {
    let cyrillic = try #require("1,Иван Петров\n2,Ольга Петрова\n".data(using: .windowsCP1251))
    #expect(TextEncoding.text(of: cyrillic) == nil)
  }
}
