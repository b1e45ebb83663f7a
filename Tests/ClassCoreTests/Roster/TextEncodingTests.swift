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

  @Test func lessCommon() throws {
    let mail = try #require("学籍番号,氏名\n1,山田\n".data(using: .iso2022JP))
    #expect(TextEncoding.text(of: mail)?.text == "学籍番号,氏名\n1,山田\n")
    let wide = try #require("Number,Name\n1,Éloïse\n".data(using: .utf32))
    #expect(TextEncoding.text(of: wide)?.text == "Number,Name\n1,Éloïse\n")
    let short = try #require("number,name\n1,山田\n".data(using: .shiftJIS))
    #expect(TextEncoding.text(of: short)?.encoding == .shiftJIS)
  }

  /// Better no names than wrong ones: Russian, Polish and French of other systems, Chinese, Korean,
  /// and Japanese in EUC.
  @Test(arguments: [
    "1,\u{C8}\u{E2}\u{E0}\u{ED} \u{CF}\u{E5}\u{F2}\u{F0}\u{EE}\u{E2}\n",
    "1,\u{E9}\u{D7}\u{C1}\u{CE} \u{F0}\u{C5}\u{D4}\u{D2}\u{CF}\u{D7}\n",
    "1,\u{A3}ukasz Wo\u{9F}niak\n2,\u{AF}aneta \u{C6}wik\n", "1,Pawe\u{B3} W\u{B9}sik\n",
    "1,\u{83}lo\u{95}se D\u{9E}pont\n2,No\u{91}l \u{82}elik\n",
    "\u{D1}\u{A7}\u{BA}\u{C5},\u{D0}\u{D5}\u{C3}\u{FB}\n1,\u{CD}\u{F5}\u{CE}\u{B0}\n",
    "1,\u{D5}\u{C5}\u{C8}\u{FD}\u{B7}\u{E1}\n2,\u{C0}\u{EE}\u{C4}\u{C8}\n",
    "1,\u{B1}\u{E8}\u{C3}\u{B6}\u{BC}\u{F6}\n2,\u{B9}\u{DA}\u{BF}\u{B5}\u{C8}\u{F1}\n",
    "1,\u{BB}\u{B3}\u{C5}\u{C4} \u{C2}\u{C0}\u{CF}\u{BA}\n",
  ])
  func noneOfThem(bytes: String) {
    #expect(TextEncoding.text(of: Data(bytes.unicodeScalars.map { UInt8($0.value) })) == nil)
  }

  /// Better no names than wrong ones.
  @Test func neither() throws {
    let cyrillic = try #require("1,Иван Петров\n2,Ольга Петрова\n".data(using: .windowsCP1251))
    #expect(TextEncoding.text(of: cyrillic) == nil)
  }
}
