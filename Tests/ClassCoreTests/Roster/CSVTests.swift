import ClassCore
import Testing

@Suite struct CSVTests {
  @Test(
    arguments: [
      ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
      ("a,b\rc,d", [["a", "b"], ["c", "d"]]),
      ("\u{FEFF}a;b\n\n1,5;2\n3,5;4", [["a", "b"], ["1,5", "2"], ["3,5", "4"]]),
      ("a\tb\n\"x\ty\"\tz", [["a", "b"], ["x\ty", "z"]]),
      ("\"a \"\"q\"\"\",\"l1\r\nl2\"\n", [["a \"q\"", "l1\r\nl2"]]),
      ("a,,\n", [["a", "", ""]]),
      ("a\"b,c\n", [["a\"b", "c"]]),
      ("", []),
    ] as [(String, [[String]])]
  )
  func reading(text: String, rows: [[String]]) throws {
    #expect(try CSV.rows(in: text) == rows)
  }

  @Test func openQuote() {
    #expect(throws: CSV.Problem.openQuote(line: 3)) { try CSV.rows(in: "a\r\nb\r\n\"c") }
    let words = "a quoted field that begins on line 3 never ends"
    #expect("\(CSV.Problem.openQuote(line: 3))" == words)
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+a", "'+a"), ("-a", "'-a"), ("@x", "'@x"), ("-1.5", "-1.5"),
    ("\tx", "'\tx"), ("＝1", "'＝1"), ("a=b", "a=b"), ("", ""), (" =1+1", "' =1+1"),
    ("\u{A0}@x", "'\u{A0}@x"), ("\u{200B}=1", "'\u{200B}=1"), ("\u{FEFF}+a", "'\u{FEFF}+a"),
    ("\n=1", "'\n=1"), ("\u{3000}＋a", "'\u{3000}＋a"), (" -1.5", " -1.5"), ("-", "-"),
    ("'=1", "'=1"),
  ])
  func formulas(field: String, written: String) {
    #expect(CSV.harmless(field) == written)
    #expect(CSV.harmless(CSV.harmless(field)) == written)
    if !field.hasPrefix("'") { #expect(CSV.bare(written) == field) }
  }

  @Test func onlyAGuardIsTakenAway() {
    for field in ["'", "'tis", "'=", "", "x'=1"] { #expect(CSV.bare(field) == field) }
  }

  /// A mark makes one character with the sign before it.
  @Test func signsWithMarks() throws {
    let rows = [
      ["\"\u{5BD}\"b", " \u{301}", ",\u{301}", "'\u{301}=1", "a\n\u{301}"], ["-\u{301}1"],
    ]
    #expect(try CSV.rows(in: CSV.text(rows)).map { $0.map(CSV.bare) } == rows)
    #expect(try CSV.rows(in: CSV.verbatim(rows)) == rows)
    #expect(
      try CSV.rows(in: "a;\u{301};b\n\"x\"\u{301};2") == [
        ["a", "\u{301}", "b"], ["x\u{301}", "2"],
      ]
    )
  }

  @Test func writing() throws {
    let rows = [
      ["a,b", "say \"x\"", "two\nlines", " space", "=cmd|x", "山田"], ["", "-3", "", "", "", ""],
    ]
    let text = CSV.text(rows)
    #expect(text.hasSuffix("\r\n"))
    var expected = rows
    expected[0][4] = "'=cmd|x"
    #expect(try CSV.rows(in: CSV.text([["\u{FEFF}a", "b"]])) == [["\u{FEFF}a", "b"]])
    #expect(try CSV.rows(in: text) == expected)
    #expect(try CSV.rows(in: CSV.verbatim(rows)) == rows)
  }
}
