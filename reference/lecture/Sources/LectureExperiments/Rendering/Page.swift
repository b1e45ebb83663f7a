internal import LectureCharts

/// The page: all accounts in one file that needs no other, on screen and on paper.
package struct Page: Sendable {
  private let reports: [Report]
  private let setting: String

  /// A page of these accounts; `setting` says in a sentence with which seed and data.
  package init(_ reports: [Report], setting: String) {
    (self.reports, self.setting) = (reports, setting)
  }

  /// The file's content.
  package func render() -> String {
    let head = Markup.tag(
      "head",
      [:],
      [
        .tag("meta", ["charset": "utf-8"]),
        .tag(
          "meta",
          ["name": "viewport", "content": "width=device-width, initial-scale=1"]
        ),
        .tag("meta", ["name": "color-scheme", "content": "light dark"]),
        .tag("title", [:], text: "Deep Learning 2: the experiments"),
        .tag("style", [:], [.verbatim("\n" + Theme.variables + Theme.marks + PageStyle.rules)]),
      ]
    )
    let page = Markup.tag("html", ["lang": "en"], [head, body])
    return "<!DOCTYPE html>\n" + page.render() + "\n"
  }

  private var chapters: [(chapter: Chapter, reports: [Report])] {
    Chapter.allCases.map { chapter in
      (chapter, reports.filter { $0.experiment.chapter == chapter })
    }.filter { !$0.reports.isEmpty }
  }

  private var body: Markup {
    .tag(
      "body",
      [:],
      [
        .tag("a", ["class": "skip", "href": "#experiments"], text: "Skip to the experiments"),
        .tag("header", [:], introduction), contents,
        .tag(
          "main",
          ["id": "experiments"],
          chapters.enumerated().map { chapter($1.chapter, $1.reports, number: $0 + 1) }
        ),
        .tag("footer", [:], [.tag("p", [:], text: setting)]),
      ]
    )
  }

  private var introduction: [Markup] {
    [
      .tag("h1", [:], text: "Deep Learning 2: the experiments"),
      .tag(
        "p",
        ["class": "lead"],
        text: "Initialization, normalization and neural nets for images: what the slides claim, "
          + "measured again, with our numbers beside the slides’."
      ),
      .tag("p", [:], text: setting),
    ] + ([tally].compactMap(\.self) + sources).map { .tag("p", [:], text: $0) }
  }

  /// Explanations of the columns whose names do not say it all, a paragraph for each.
  private var sources: [String] {
    let used = Set(reports.flatMap(\.findings.explanations))
    return Source.allCases.compactMap(\.explanation).filter(used.contains)
  }

  /// The number of values that agree, in a sentence; nil where there is none to judge.
  private var tally: String? {
    let rows = reports.flatMap(\.findings.comparisons).filter { $0.agreement != .open }
    if rows.isEmpty { return nil }
    let equal = rows.count { $0.agreement == .equal }
    let faults = rows.count { $0.agreement.isFault }
    return "Numbers that have something to be held against: \(rows.count). Equal in every printed "
      + "digit: \(equal); within the stated tolerance: \(rows.count - equal - faults); "
      + (faults == 0 ? "none disagrees." : "disagreeing: \(faults).")
  }

  private var contents: Markup {
    .tag(
      "nav",
      ["aria-labelledby": "contents"],
      [
        .tag("h2", ["id": "contents"], text: "Contents"),
        .tag(
          "ol",
          [:],
          chapters.map { entry in
            .tag(
              "li",
              [:],
              [
                .text(entry.chapter.rawValue),
                .tag("ul", [:], entry.reports.map { .tag("li", [:], [link(to: $0)]) }),
              ]
            )
          }
        ),
      ]
    )
  }

  private func link(to report: Report) -> Markup {
    .tag("a", ["href": "#" + report.experiment.name], text: report.experiment.title)
  }

  private func chapter(_ chapter: Chapter, _ reports: [Report], number: Int) -> Markup {
    .tag(
      "section",
      ["aria-labelledby": "chapter-\(number)"],
      [.tag("h2", ["id": "chapter-\(number)"], text: "\(number)  \(chapter.rawValue)")]
        + reports.map(article)
    )
  }

  private func article(_ report: Report) -> Markup {
    let experiment = report.experiment
    return .tag(
      "article",
      ["id": experiment.name, "aria-labelledby": experiment.name + "-heading"],
      [
        .tag(
          "h3",
          ["id": experiment.name + "-heading"],
          [
            .text(experiment.title + " "),
            .tag("span", ["class": "slides"], text: experiment.slides),
          ]
        ), .tag("p", ["class": "claim"], BlockMarkup.inline(experiment.claim)),
      ]
        + BlockMarkup(experiment: experiment.name).markup(of: report.findings.blocks)
    )
  }
}

/// An experiment and what it found.
package struct Report: Sendable {
  package let experiment: Experiment
  package let findings: Findings

  package init(experiment: Experiment, findings: Findings) {
    (self.experiment, self.findings) = (experiment, findings)
  }

  /// The figures as files: a name without folder, and the content.
  package var figureFiles: [(name: String, content: String)] {
    findings.blocks.flatMap { block -> [(name: String, content: String)] in
      guard case .figure(let figure) = block else { return [] }
      return figure.pictures.enumerated().map { index, picture in
        let number = figure.pictures.count > 1 ? "-\(index + 1)" : ""
        return ("\(experiment.name)-\(figure.name)\(number).svg", picture.file())
      }
    }
  }

  /// The number of values that are not as they should be.
  package var faults: Int { findings.comparisons.count { $0.agreement.isFault } }
}
