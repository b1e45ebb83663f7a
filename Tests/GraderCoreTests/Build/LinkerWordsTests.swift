import GraderCore
import Testing

/// The linker's errors without its words: they name files of the grader's cache.
@Suite struct LinkerWordsTests {
  private func words(_ output: String, own: String = "") -> String {
    LinkerWords(output: Array(output.utf8), sources: [own]).text
  }

  private static let twice = """
    ld.lld: error: duplicate symbol: chainrule_tick
    >>> defined at trap_report.c
    >>>            /var/cache/chainrule/runtime-46d0/objects/support-trap_report.o:(chainrule_tick)
    >>> defined at /tmp/chainrule.x/src/student.o
    """

  @Test func ownNamesAreNamed() {
    #expect(
      words(Self.twice, own: #"@_silgen_name("chainrule_tick") func tick() {}"#)
        == "error: `chainrule_tick` is defined twice in the program"
    )
    #expect(
      words("ld.lld: error: undefined symbol: gone", own: #"@_silgen_name("gone") func f()"#)
        == "error: `gone` is declared, and defined nowhere"
    )
  }

  @Test func namesOfOursAreNot() {
    #expect(
      words(Self.twice, own: "func tick() {}") == "error: a name is defined twice in the program"
    )
  }

  /// Whatever it says, and however often, no path of it is shown.
  @Test(arguments: [
    twice,
    "ld.lld: error: cannot open /var/cache/chainrule/kit-a1/Task.o: No such file",
    "ld.lld: error: undefined symbol: /var/cache/x\n>>> referenced by /var/cache/chainrule/main.o",
    "PLEASE submit a bug report\nStack dump: /var/cache/chainrule/x.o",
    "",
  ])
  func linkerPathsAreNeverShown(output: String) {
    let text = words(output + "\n" + output)
    #expect(text.hasPrefix("error: "))
    #expect(!text.contains("/"))
    #expect(!text.contains("\n"))
  }
}
