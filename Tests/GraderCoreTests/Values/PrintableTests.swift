import GraderCore
import Testing

/// Text of untrusted programs cannot steer a terminal, hide itself, or go on for ever.
@Suite struct PrintableTests {
  @Test(arguments: [
    ("plain äöü 漢字 🎓", "plain äöü 漢字 🎓"),
    ("\u{1B}[31mred\u{7}", #"\u{1b}[31mred\u{7}"#),
    ("a\nb\tc\r\n", #"a\u{a}b\u{9}c\u{d}\u{a}"#),
    ("\u{0}\u{7F}\u{9B}", #"\u{0}\u{7f}\u{9b}"#),
    ("right\u{202E}tfel\u{2066}", #"right\u{202e}tfel\u{2066}"#),
    ("zero\u{200B}width\u{FEFF}", #"zero\u{200b}width\u{feff}"#),
    ("tag\u{E0041}", #"tag\u{e0041}"#),
    ("line\u{2028}paragraph\u{2029}", #"line\u{2028}paragraph\u{2029}"#),
    ("filler\u{115F}\u{1160}\u{3164}\u{FFA0}", #"filler\u{115f}\u{1160}\u{3164}\u{ffa0}"#),
    ("blank\u{2800}", #"blank\u{2800}"#),
    ("private\u{E000}", #"private\u{e000}"#),
    ("", ""),
  ])
  func line(text: String, shown: String) {
    #expect(Printable.line(text) == shown)
  }

  @Test func blocksKeepLinesAndTabs() {
    #expect(Printable.block("a\n\tb\r\u{1B}") == "a\n\tb" + #"\u{d}\u{1b}"#)
  }

  @Test func bytesThatAreNotText() {
    #expect(
      Printable.block([0x61, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80])
        == "a\u{FFFD}\u{FFFD}(\u{FFFD}\u{FFFD}\u{FFFD}"
    )
  }

  @Test func cuts() {
    #expect(Printable.line("abcdef", longest: 6) == "abcdef")
    #expect(Printable.line("abcdef", longest: 4) == "abcd … (2 more characters)")
    #expect(Printable.block("a\nb\nc", longest: 3) == "a\nb … (2 more characters)")
  }

  @Test(arguments: [
    ("submit.tar.gz", "submit.tar.gz"), ("a b.zip", "'a b.zip'"), ("", "''"),
    ("$(id)`id`;\"x\"", "'$(id)`id`;\"x\"'"), ("it's", #"'it'\''s'"#),
    ("--seed", "./'--seed'"), ("ü.zip", "'ü.zip'"),
    // A mark makes one character with the quote before it, and the shell reads two.
    ("a'\u{301};id", "'a'\\''\u{301};id'"), ("-\u{301}-seed", "./'-\u{301}-seed'"),
  ])
  func shellWord(text: String, word: String) {
    #expect(ShellWord.quoted(text) == word)
  }
}
