import GradeFormats
import GraderCore

/// The sections on how the class did in each test, and on its mistakes.
extension ClassPage {
  @MarkupBuilder var tests: [Markup] {
    let items = report.items.filter { !$0.counts.isEmpty || $0.count > 0 }
    let warned = items.count { $0.warning(analysis[$0.id]) != nil }
    if !items.isEmpty {
      Self.section("tests", "Tests") {
        Markup("p") {
          """
          Difficulty is the share of points that the class got. Item-rest is the correlation of a \
          test's points with the sum of all others: near 1 those who do well on the others do well \
          here, near 0 the test says nothing about that, and below 0 the weaker do better. Under \
          it stands where it may lie, as far as a class of this size can tell (95 %).
          """
          if warned > 0 {
            " "
            Markup("strong") {
              "\(warned) of \(items.count) \(warned == 1 ? "deserves" : "deserve") a look."
            }
          }
        }
        reliability
        Self.legend
        Self.wide("Tests") {
          Self.table(columns: Self.testColumns) { items.map(row) }
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
    column("Difficulty", isNumber: true), column("Item-rest", isNumber: true),
    column("Median time", isNumber: true),
  ]

  private func row(_ item: ClassReport.Item) -> Markup {
    let rest = analysis[item.id]
    return Markup("tr") {
      Markup("th", ["scope": "row"]) {
        "\(item.title) "
        if let warning = item.warning(rest) { Markup("span", ["class": "flag"]) { warning } }
        if let secrecy = item.secrecy { Markup("span", ["class": "note"]) { secrecy } }
      }
      Self.number("\(item.maxScore)")
      Markup("td") { Self.bar(item) }
      Self.number(item.difficulty.map(Self.percent) ?? "–")
      Self.correlation(rest)
      Self.number(item.medianSeconds.map(Self.seconds) ?? "–")
    }
  }

  @MarkupBuilder
  private static func bar(_ item: ClassReport.Item) -> [Markup] {
    let shares = VerdictGroup.judged.map { group in
      (group: group, count: item.counts.filter { $0.key.group == group }.values.reduce(0, +))
    }.filter { $0.count > 0 }
    let marked = item.count - shares.map(\.count).reduce(0, +)
    if marked == 0 {
      Markup("div", ["class": "stack", "aria-hidden": "true"]) {
        for share in shares {
          let width = figure(100 * Double(share.count) / Double(item.count))
          Markup("i", ["class": share.group.rawValue, "style": "width:\(width)%"])
        }
      }
    }
    let words = shares.map { "\($0.count) \($0.group.word)" }
    Markup("span", ["class": "counts"]) {
      let notJudged = item.counts[.notJudged].map { ["\($0) \(VerdictGroup.notJudged.word)"] } ?? []
      (words + notJudged + (marked > 0 ? ["\(marked) marked by people"] : []))
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
        counterexamples
      }
    }
  }

  @MarkupBuilder private var counterexamples: [Markup] {
    let groups = report.examples.most(10)
    if !groups.isEmpty || report.examples.remark != nil {
      Markup("h3") { "Counterexamples" }
      if !groups.isEmpty {
        Markup("p") { "The smallest inputs that were found, and how many students fail on each." }
      }
      if let remark = report.examples.remark { Markup("p") { remark } }
      for group in groups {
        if let example = CounterexampleText(group.row, isForStaff: true) {
          Markup("h4") {
            group.students == 1
              ? "1 student fails on this one: \(group.row.title)"
              : "\(group.students) students fail on this one: \(group.row.title)"
          }
          example.markup
        }
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
