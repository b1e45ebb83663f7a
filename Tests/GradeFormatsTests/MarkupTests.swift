import GradeFormats
import TestSupport
import Testing

/// Markup whose words are words, wherever they come from.
@Suite struct MarkupTests {
  @Test func wordsAreEscaped() {
    let piece = Markup("p") {
      "1 < 2 & \"3\""
      Markup("b") { "</p>" }
    }
    #expect(piece.render() == "<p>1 &lt; 2 &amp; &quot;3&quot;<b>&lt;/p&gt;</b></p>")
  }

  @Test func valuesAreEscaped() {
    let piece = Markup("input", ["value": "\"><b>\r\n\t", "id": nil, "hidden": ""])
    #expect(piece.render() == "<input value=\"&quot;&gt;&lt;b&gt;&#10;&#9;\" hidden=\"\">")
  }

  @Test func charactersThatXMLForbidsAreReplaced() {
    #expect(Markup(words: "a\u{0}\u{b}\u{202e}\u{ffff}\tb\n").render() == "a����\tb\n")
    let hidden = "\u{200b}\u{200e}\u{2028}\u{61c}\u{feff}\u{e0041}"
    #expect(Markup(words: hidden).render() == "������")
    #expect(Markup(words: "👨\u{200d}👩").render() == "👨\u{200d}👩")
  }

  @Test func choicesAndLoops() {
    func list(_ items: [String]) -> String {
      Markup("ul") {
        if items.isEmpty { "none" } else { "some" }
        for item in items { Markup("li") { item } }
      }.render()
    }
    #expect(list([]) == "<ul>none</ul>")
    #expect(list(["a", "b"]) == "<ul>some<li>a</li><li>b</li></ul>")
  }

  /// Space between these elements means nothing; between others it would be seen.
  @Test func onlyBlocksStandOnLinesOfTheirOwn() {
    let page = Markup("main") {
      Markup("p") { Markup("b") { "a" } }
      Markup("p")
    }
    #expect(page.render() == "<main>\n<p><b>a</b></p>\n<p></p>\n</main>")
  }

  @Test func factsCannotEndTheirScript() throws {
    let facts = ["a": Hostile.text, "b": "<!--<script>"]
    let script = try Markup.facts(id: "data", facts).render()
    let begin = "<script type=\"application/json\" id=\"data\">"
    #expect(script.hasPrefix(begin) && script.hasSuffix("</script>"))
    let text = script.dropFirst(begin.count).dropLast("</script>".count)
    #expect(!text.contains("<"))
    let python = "import json,sys; print(json.load(open(sys.argv[1]))['b'])"
    let answer = try Checker.run("python3", ["-c", python, "@0"], on: String(text))
    #expect(answer.output == "<!--<script>\n")
  }

  @Test func styleIsNotEscaped() {
    #expect(Markup.style("a > b { }").render() == "<style>a > b { }</style>")
    #expect(Markup.script("1 < 2").render() == "<script>1 < 2</script>")
  }

  @Test func styleAndScriptThatEndThemselvesAreRefused() async {
    await #expect(processExitsWith: .failure) { _ = Markup.style("</STYLE>") }
    await #expect(processExitsWith: .failure) { _ = Markup.script("'</script>'") }
    await #expect(processExitsWith: .failure) { _ = Markup.script("'<!--'") }
  }
}
