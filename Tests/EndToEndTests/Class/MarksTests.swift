import Foundation
import Testing

/// The people's part as two teaching assistants do it: answers out, points and a word back, and the
/// final grade.
@Suite struct MarksTests {
  private let folder: TemporaryFolder

  /// A graded class of three: two wrote the same, one wrote nothing.
  init() throws {
    folder = try TemporaryFolder()
    try folder.shell(
      """
      mkdir class
      mkdir loose
      tar xzf '\(Repository.root)/Tests/Fixtures/Samples/a1-full-marks.tar.gz' -C loose
      echo 'Name: Annabel Poe' >> loose/a1-batch-norm/Derivation.md
      tar czf class/annabel.tar.gz -C loose .
      sed -i 's/Annabel Poe/Rob/' loose/a1-batch-norm/Derivation.md
      echo >> loose/a1-batch-norm/Sources/BatchNorm/Forward.swift
      tar czf class/robert.tar.gz -C loose .
      rm loose/a1-batch-norm/Derivation.md
      tar czf class/evelyn.tar.gz -C loose .
      """
    )
    let batch = try run("batch", "class", "-o", "results")
    try #require(batch.status == 0, "\(batch.errors)")
  }

  private func run(_ arguments: String...) throws -> Grading {
    let hasCourse = !["return", "total"].contains(arguments[0])
    let run = try Grading.run(arguments, course: hasCourse ? Repository.root : nil, in: folder)
    let results = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/results")
    #expect(results.filter { $0.hasPrefix("gradebook") } == ["gradebook.sqlite"])
    return run
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(folder.path)/\(path)", encoding: .utf8)
  }

  /// Fills the table: so many points for what two handed in, so many for what one did.
  private func fill(_ table: String, both: String, one: String, to filled: String) throws {
    let script = """
      import csv, sys
      rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8-sig")))
      with open(sys.argv[4], "w", newline="", encoding="utf-8") as file:
          out = csv.DictWriter(file, rows[0].keys())
          out.writeheader()
          for row in rows:
              pair = len(row["submissions"].split()) == 2
              row["points"] = sys.argv[2] if pair else sys.argv[3]
              row["comment"] = "Clear <b>steps</b>" if pair else ""
              out.writerow(row)
      """
    let python = try Program.run(
      "/usr/bin/env",
      [
        "python3", "-c", script, "\(folder.path)/\(table)", both, one,
        "\(folder.path)/\(filled)",
      ]
    )
    try #require(python.status == 0, "\(python.errors)")
  }

  /// A column of the class's table, by student.
  private func column(_ name: String) throws -> [String: String] {
    let back = try run("return", "results")
    try #require(back.status == 0, "\(back.errors)")
    let lines = try text("results/return/grades.csv").trimmingCharacters(in: ["\u{FEFF}"])
      .split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    let place = try #require(lines[0].firstIndex(of: name))
    return Dictionary(uniqueKeysWithValues: lines.dropFirst().map { ($0[0], $0[place]) })
  }

  @Test func answersOutAndMarksIn() throws {
    let out = try run("marks", "export", "results", "--seed", "3")
    #expect(out.status == 0, "\(out.errors)")
    #expect(out.output.contains("2 different answers"))
    let page = try text("results/marking/answers.html")
    for name in ["annabel", "robert", "evelyn", "Annabel Poe"] {
      #expect(!page.contains(name), "\(name) is on the page")
    }
    #expect(try column("total") == ["annabel": "", "robert": "", "evelyn": ""])

    try fill("results/marking/marks.csv", both: "21", one: "0", to: "wrong.csv")
    let wrong = try run("marks", "import", "results", "wrong.csv", "--marker", "Iris")
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("wrong.csv was not taken"))

    try fill("results/marking/marks.csv", both: "15", one: "0", to: "iris.csv")
    let first = try run("marks", "import", "results", "iris.csv", "--marker", "Iris")
    #expect(first.output.contains("3 marks by Iris, 3 of them new."), "\(first.errors)")
    #expect(try column("total") == ["annabel": "95", "robert": "95", "evelyn": "80"])

    let report = try run("report", "results")
    #expect(report.status == 0, "\(report.errors)")
    let feedback = try text("results/feedback/annabel.html")
    #expect(feedback.contains("Clear &lt;b&gt;steps&lt;/b&gt;"))
    #expect(feedback.contains("95 of 100"))
    #expect(try !text("results/feedback/evelyn.md").contains("steps"))
    #expect(try text("results/report.html").contains("95"))

    // The second marker gets what Iris had, and the grade is the mean.
    let rest = try run("marks", "export", "results", "--unmarked-by", "Iris")
    #expect(rest.output.contains("0 different answers"))
    _ = try run("marks", "export", "results", "--unmarked-by", "Otto")
    try fill("results/marking/marks.csv", both: "17", one: "0", to: "otto.csv")
    _ = try run("marks", "import", "results", "otto.csv", "--marker", "Otto")
    let agreement = try run("marks", "agreement", "results")
    #expect(agreement.output.contains("Iris and Otto, 3 answers"))
    #expect(try column("total") == ["annabel": "96", "robert": "96", "evelyn": "80"])

    // No grading touches what people gave.
    let again = try run("regrade", "results")
    #expect(again.status == 0, "\(again.errors)")
    #expect(try column("marks") == ["annabel": "16", "robert": "16", "evelyn": "0"])

    let sum = try run("total", "results", "results", "--drop-lowest", "1")
    #expect(sum.status == 0, "\(sum.errors)")
    #expect(sum.output.contains("annabel,,96,96,96,100,"))
  }
}
