import ClassCore
import Foundation
import GraderCore
import TestSupport
import Testing

/// Answers without names, the table that comes back, and how far two people agree.
@Suite struct MarkingTests {
  private static let item = MarkingPacket.Item(
    id: "written",
    title: "Written <derivation>",
    points: Points(hundredths: 2000)
  )

  private static func packet(_ texts: [String], seed: UInt64 = 7) -> MarkingPacket {
    MarkingPacket(
      title: "A1",
      texts: texts.enumerated().map { index, text in
        .init(item: item, submission: "sha256:\(index)", text: text)
      },
      seed: seed
    )
  }

  private static let most = ["written": Points(hundredths: 2000)]

  @Test func equalAnswersAreOne() {
    let packet = Self.packet(["a  \n\n", "b", "\r\na", "a"])
    #expect(packet.answers.count == 2)
    let same = packet.answers.first { $0.text == "a" }
    #expect(same?.submissions == ["sha256:0", "sha256:2", "sha256:3"])
  }

  @Test func orderIsRandomAndTheSameForASeed() {
    let texts = (0..<40).map { "answer \($0)" }
    let order = Self.packet(texts).answers.map(\.text)
    #expect(order == Self.packet(texts.reversed().reversed()).answers.map(\.text))
    #expect(order != Self.packet(texts, seed: 8).answers.map(\.text))
    #expect(order != texts && order.sorted() == texts.sorted())
  }

  @Test func pageTellsNoNameAndHoldsNoMarkup() throws {
    let page = Self.packet([Hostile.text, "", "x"]).page
    let answer = try Checker.run("python3", [Checker.fixture("check_html.py"), "@0"], on: page)
    #expect(answer.status == 0, "\(answer.output)")
    #expect(!answer.output.contains("script=") && !answer.output.contains("img="))
    #expect(!page.contains("sha256:0"))
  }

  @Test func tableComesBack() throws {
    let packet = Self.packet(["a", "b", "a"])
    // Filled in by a real reader and writer of tables.
    let script = """
      import csv, sys
      rows = list(csv.DictReader(open(sys.argv[1], newline="")))
      out = csv.DictWriter(sys.stdout, list(reversed(rows[0].keys())), delimiter=";")
      out.writeheader()
      for row in rows:
          row["points"] = "12,5" if " " in row["submissions"] else ""
          row["comment"] = "good; \\"really\\"\\nyes"
          out.writerow(row)
      """
    let filled = try Checker.run("python3", ["-c", script, "@0"], on: packet.table)
    let table = MarkingTable(
      filled.output,
      most: Self.most,
      submissions: ["sha256:0", "sha256:1", "sha256:2"],
      marker: "ta"
    )
    #expect(table.problems == [])
    #expect(table.empty == 1)
    #expect(table.marks.map(\.submission) == ["sha256:0", "sha256:2"])
    #expect(table.marks.map(\.marker) == ["ta", "ta"])
    #expect(table.marks.first?.points == Points(hundredths: 1250))
    #expect(table.marks.first?.comment.contains("good; \"really\"") == true)
  }

  /// Spreadsheets cut a cell after 32,767 characters, and with it a digest.
  @Test func aTemplateThatAThousandLeftUntouchedFitsTheCellsOfASpreadsheet() throws {
    let digests = (1000..<2200).map { "sha256:" + String(repeating: "0", count: 60) + "\($0)" }
    let packet = MarkingPacket(
      title: "A1",
      texts: digests.map { .init(item: Self.item, submission: $0, text: "same") },
      seed: 7
    )
    #expect(packet.answers.count == 1)
    #expect(packet.page.contains("1200 submissions say the same; the table has 3 rows for them."))
    let rows = packet.table.split(whereSeparator: \.isNewline)
    #expect(rows.count == 4)
    #expect(rows.allSatisfy { $0.count < 32_767 })
    let table = MarkingTable(
      packet.table.replacing(",20,,,", with: ",20,15,,"),
      most: Self.most,
      submissions: Set(digests),
      marker: "ta"
    )
    #expect(table.problems == [])
    #expect(Set(table.marks.map(\.submission)) == Set(digests))
    #expect(table.marks.count == 1200)
  }

  @Test(arguments: [
    ("written,21,,sha256:0", "Row 2: 21 points is not between 0 and 20."),
    ("written,-1,,sha256:0", "Row 2: -1 points is not between 0 and 20."),
    ("written,much,,sha256:0", "Row 2: much is no number of points."),
    ("written,nan,,sha256:0", "Row 2: nan is no number of points."),
    ("written,1.005,,sha256:0", "Row 2: 1.005 is no number of points."),
    ("other,1,,sha256:0", "Row 2: there is no item other to mark."),
    ("written,1,,sha256:9", "Row 2: there is no submission sha256:9."),
    ("written,1,,", "Row 2: it names no submission."),
    ("written,1,,sha256:0\nwritten,2,,sha256:0", "written of sha256:0 has two different marks."),
  ])
  func whatIsRefused(row: String, says: String) {
    let table = MarkingTable(
      "item,points,comment,submissions\n\(row)\n",
      most: Self.most,
      submissions: ["sha256:0"],
      marker: "ta"
    )
    #expect(table.problems == [says])
    #expect(table.marks == [])
  }

  @Test func tableWithoutItsColumns() {
    let table = MarkingTable("a,b\n1,2\n", most: Self.most, submissions: [], marker: "ta")
    #expect(table.problems == ["The table needs the columns item, points and submissions."])
  }

  // MARK: Agreement

  private static func pairs(_ values: [(Double, Double)]) -> [(first: Points, second: Points)] {
    values.map {
      (Points(hundredths: Int($0.0 * 100)), Points(hundredths: Int($0.1 * 100)))
    }
  }

  /// By hand: differences 0, 0, 1, -2; observed 5/4; means 2.5 and 2.75, squares 7.5 and 9.75,
  /// expected 7.5 - 13.75 + 9.75 = 3.5; kappa 1 - 1.25/3.5.
  @Test func agreementByHand() throws {
    let agreement = try #require(Agreement(Self.pairs([(1, 1), (2, 2), (4, 3), (3, 5)])))
    #expect(agreement.exact == 0.5)
    #expect(agreement.withinOne == 0.75)
    #expect(agreement.meanDifference == -0.25)
    #expect(abs((agreement.kappa ?? 0) - (1 - 1.25 / 3.5)) < 1e-12)
  }

  @Test func agreementAtTheEnds() {
    #expect(Agreement([]) == nil)
    #expect(Agreement(Self.pairs([(1, 1), (2, 2)]))?.kappa == 1)
    #expect(Agreement(Self.pairs([(2, 2), (2, 2)]))?.kappa == nil)
  }
}
