import ClassCore
import Foundation
import GraderCore
import Testing

/// An answer is the same whatever program wrote it.
@Suite struct WrittenTextTests {
  private static let text = "# Derivation\nKettenregel für x: über drei Wege.\n"

  @Test func oneTextInAllEncodings() throws {
    let windows = Self.text.replacing("\n", with: "\r\n")
    let files: [[UInt8]] = [
      Array(windows.utf8), Array(Self.text.replacing("\n", with: "\r").utf8),
      [0xEF, 0xBB, 0xBF] + Array(Self.text.utf8),
      [0xFF, 0xFE] + Array(try #require(windows.data(using: .utf16LittleEndian))),
      Array(try #require(Self.text.data(using: .windowsCP1252))),
      Array(Self.text.decomposedStringWithCanonicalMapping.utf8),
    ]
    for file in files { #expect(WrittenText.text(of: file) == Self.text) }
  }

  @Test func japanese() throws {
    let data = try #require("# 導出\r\n連鎖律により三つの道がある。\r\n".data(using: .shiftJIS))
    #expect(WrittenText.text(of: Array(data)) == "# 導出\n連鎖律により三つの道がある。\n")
  }

  @Test func unknown() {
    let text = WrittenText.text(of: [0xFF, 0x80, 0xFF, 0x81])
    #expect(text.hasPrefix("(The file is neither UTF-8 nor in another known encoding.)\n"))
  }

  @Test func handoutsOwnMarkers() {
    let text = "# A\n<!-- handout\nWhy?\n-->\nBecause.\n<!-- /handout -->\n--> x\n"
    #expect(WrittenText.text(of: Array(text.utf8)) == "# A\nWhy?\nBecause.\n--> x\n")
  }

  @Test func escapesStayVisible() {
    #expect(WrittenText.text(of: Array("a\u{1B}[31m\u{202E}b".utf8)) == #"a\u{1b}[31m\u{202e}b"#)
  }
}
