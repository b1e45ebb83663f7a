import GradeFormats
import GraderCore

/// The sections on how the class did in each test, and on its mistakes.
extension ClassPage {
  @MarkupBuilder var tests: [Markup] {
    let items = report.items.filter { !$0.counts.isEmpty }
    let warned = items.count { $0.warning != nil }
    if !items.isEmpty {
      Self.section("tests", "Tests") {
        Markup("p") {
          """
          Difficulty is the share of points that the class got. Discrimination is the correlation \
          of a test's points with the sum of all others: near 0 or below, it does not tell who \
          understood.
          """
          if warned > 0 {
            " "
            Markup("strong") { "\(warned) of \(items.count) deserve a look." }
          }
        }
        Self.legend
        Self.wide("Tests") {
          Self.table(columns: Self.testColumns) { items.map(Self.row) }
        }
      }
    }
  }

  private static var legend: Markup {
    Markup("ul", ["class": "legend", "aria-hidden": "true"]) {
      for group in VerdictGroup.judged {
        Markup("li") {
          Markup("i", ["class": group.rawValue])
          group.word
        }
      }
    }
  }

  private static let testColumns = [
    column("Test"), column("Points", isNumber: true), column("Results"),
    column("Difficulty", isNumber: true), column("Discrimination", isNumber: true),
    column("Median time", isNumber: true),
  ]

  private static func row(_ item: ClassReport.Item) -> Markup {
    Markup("tr") {
      Markup("th", ["scope": "row"]) {
        "\(item.title) "
        if let warning = item.warning { Markup("span", ["class": "flag"]) { warning } }
        if let secrecy = item.secrecy { Markup("span", ["class": "note"]) { secrecy } }
      }
      number("\(item.maxScore)")
      Markup("td") { bar(item) }
      number(item.difficulty.map(percent) ?? "–")
      number(item.discrimination.map(figure) ?? "–")
      number(item.medianSeconds.map(seconds) ?? "–")
    }
  }

  @MarkupBuilder
  private static func bar(_ item: ClassReport.Item) -> [Markup] {
    let shares = VerdictGroup.judged.map { group in
      (group: group, count: item.counts.filter { $0.key.group == group }.values.reduce(0, +))
    }.filter { $0.count > 0 }
    Markup("div", ["class": "stack", "aria-hidden": "true"]) {
      for share in shares {
        let width = figure(100 * Double(share.count) / Double(item.count))
        Markup("i", ["class": share.group.rawValue, "style": "width:\(width)%"])
      }
    }
    Markup("span", ["class": "counts"]) {
      let notJudged = item.counts[.notJudged].map { [($0, VerdictGroup.notJudged.word)] } ?? []
      (shares.map { ($0.count, $0.group.word) } + notJudged).map { "\($0) \($1)" }
        .joined(separator: ", ")
    }
  }

  // MARK: Mistakes

  var mistakes: Markup {
    let kinds = report.diagnoses.kinds.sorted {
      ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue)
    }
    return Self.section("mistakes", "Mistakes") {
      if kinds.isEmpty {
        Markup("p") { "Nobody made any." }
      } else {
        Markup("p") {
          """
          How tests were lost, over all submissions, and what the grader said most often. Bold: \
          the answer was the one that a known slip gives. Figures are left out.
          """
        }
        Markup("ul", ["class": "kinds"]) {
          for (kind, count) in kinds {
            Markup("li") {
              Markup("b") { "\(count)" }
              " \(GradeNarrative.word(kind))"
            }
          }
        }
        Self.wide("Most frequent diagnoses") { diagnoses }
      }
    }
  }

  private var diagnoses: Markup {
    let most = report.diagnoses.most(20)
    let largest = Double(most.first?.count ?? 1)
    let meter = Markup("th", ["scope": "col", "class": "meter", "aria-hidden": "true"])
    let columns = [
      Self.column("Times", isNumber: true), meter, Self.column("Diagnosis"), Self.column("Test"),
    ]
    return Self.table(columns: columns) {
      for (key, count) in most {
        let width = Self.figure(100 * Double(count) / largest)
        Markup("tr") {
          Self.number("\(count)")
          Markup("td", ["class": "meter", "aria-hidden": "true"]) {
            Markup("i", ["style": "width:\(width)%"])
          }
          Markup("td") {
            let words = StaffText.gist(of: key.mistake)
            if key.mistake.isNamed { Markup("b") { words } } else { words }
          }
          Markup("td") { key.title }
        }
      }
    }
  }
}
