import Foundation
import Testing

/// Every transcript in a page shows what its command says today.
@Suite struct TranscriptTests {
  @Test func transcriptsAreFound() {
    #expect(Transcript.all.contains { $0.page == "README.md" })
    #expect(Transcript.all.allSatisfy { $0.language == "console" }, "a transcript is `console`")
  }

  @Test(arguments: Transcript.all.filter { !$0.isOfStudents })
  func graderSaysIt(transcript: Transcript) throws {
    let words = transcript.command.split(separator: " ").map(String.init)
    let program = try #require(
      [["swift", "run", "grader"], ["grader"]].first { words.starts(with: $0) },
      "no test runs this command"
    )
    let arguments = Array(words.dropFirst(program.count))
    // A grade's numbers are drawn by a seed.
    let isGrade = arguments.first.map { $0.contains(".") } ?? false
    #expect(!isGrade || arguments.contains("--seed"), "the grade has no seed")
    let run = try Program.run(
      Program.beside("grader"),
      arguments,
      environment: ["CHAINRULE_COURSE": Repository.root],
      in: Repository.root,
      // The hidden suite may have to be built first.
      longest: 900
    )
    // The pages are of a machine that holds the strongest jail.
    let output = run.output.replacing("jail L2", with: "jail L3")
    let difference = transcript.difference(from: output)
    #expect(difference == nil, "the whole output:\n\(run.output)\(run.errors)")
  }

  /// Students' programs are built with the solution in place of their stubs.
  @Test(
    .beyondTheSample(cases: Transcript.all.count(where: \.isOfStudents)),
    arguments: Transcript.all.filter(\.isOfStudents)
  )
  func studentsProgramSaysIt(transcript: Transcript) throws {
    let name = try #require(transcript.page.split(separator: "/").dropFirst().first)
    let folder = try TemporaryFolder()
    try folder.shell(
      "tar -C '\(Repository.root)/assignments' --exclude='.*' -c CourseKit \(name) | tar -x"
        + " && cp -r '\(Repository.root)/reference/\(name)/Solution/.' \(name)"
    )
    let run = try Program.run(
      "/bin/sh",
      ["-c", transcript.command],
      in: "\(folder.path)/\(name)",
      longest: 900
    )
    let difference = transcript.difference(from: run.output)
    #expect(difference == nil, "the whole output:\n\(run.output)\(run.errors)")
  }

  /// The blocks of a page, and the transcripts among them.
  @Test func blocksOfAPage() {
    let page = """
      $ not in a block
      ```console
      $ a
      1

      $ b
      ```
      - ~~~
        $ c
        ~~~
      ```sh
      d
      ```
      """
    let found = Transcript.find(in: page, of: "p")
    #expect(found.map(\.command) == ["a", "b", "c"])
    #expect(found.map(\.shown) == [["1", ""], [], []])
    #expect(found.map(\.language) == ["console", "console", ""])
  }

  @Test(arguments: [
    ("a\nb", "a\nb\n", nil), ("a", "a\nb\n", "the page ends before: b"),
    ("a\nb", "a\n", "the page goes on with: b"), ("a", "b\n", "the page: a\nin truth: b"),
    ("a 0.1 s", "a 0.2 s\n", "the page: a 0.1 s\nin truth: a 0.2 s"),
    ("a ... s", "a 0.2 s\n", nil), ("a ... s", "a\n", "the page: a ... s\nin truth: a"),
    ("a\n...\nd", "a\nb\nc\nd\n", nil), ("a\n...", "a\n", nil),
    ("a\n...\nd", "a\nb\n", "nothing real follows the lines left out"),
  ])
  func comparison(shown: String, output: String, difference: String?) {
    let lines = shown.split(separator: "\n").map(String.init)
    let transcript = Transcript(page: "p", language: "console", command: "a", shown: lines)
    #expect(transcript.difference(from: output) == difference)
  }
}
