import GradeFormats
import GraderCore

/// The sections of the page: scores, tests, mistakes and times.
extension ClassPage {
  var distribution: String {
    guard let summary, best > 0 else { return "" }
    let scores = report.rows.compactMap { $0.score?.value }
    let histogram = Histogram(scores, largest: best, classes: 20)
    let quartiles = [0.0, 0.25, 0.5, 0.75, 1].map { Self.figure(summary.quantile($0)) }
    let names = ["lowest", "lower quartile", "median", "upper quartile", "highest"]
    let figures = zip(names, quartiles).map { "<b>\($1)</b> \($0)" }.joined(separator: " · ")
    return """
      <section id="distribution"><h2>Distribution</h2>
      <p>Points that a machine gave to \(summary.count) submissions; who handed nothing in and \
      whose grade is withheld are not in it. The dashed line is the median.</p>
      <figure>\(histogram.svg(id: "h", title: "Scores", unit: "points", median: summary.median))
      <figcaption>\(figures)</figcaption></figure>
      \(histogram.table(unit: "points"))
      </section>
      """
  }

  // MARK: Tests

  var tests: String {
    let items = report.items.filter { $0.count > 0 }
    guard !items.isEmpty else { return "" }
    let warned = items.count { $0.warning != nil }
    let remark =
      warned == 0 ? "" : " <strong>\(warned) of \(items.count) deserve a look.</strong>"
    return """
      <section id="tests"><h2>Tests</h2>
      <p>Difficulty is the share of points that the class got. Discrimination is the correlation \
      of a test's points with the sum of all others: near 0 or below, it does not tell who \
      understood.\(remark)</p>
      <ul class="legend" aria-hidden="true">\(Self.legend)</ul>
      <div class="wide" tabindex="0" role="region" aria-label="Tests">
      <table><thead><tr><th scope="col">Test</th><th scope="col" class="num">Points</th>\
      <th scope="col">Results</th><th scope="col" class="num">Difficulty</th>\
      <th scope="col" class="num">Discrimination</th><th scope="col" class="num">Median time</th>\
      </tr></thead><tbody>
      \(items.map(Self.row).joined(separator: "\n"))
      </tbody></table></div></section>
      """
  }

  private static var legend: String {
    VerdictGroup.judged.map { "<li><i class=\"\($0.rawValue)\"></i>\($0.word)</li>" }.joined()
  }

  private static func row(_ item: ClassReport.Item) -> String {
    let shares = VerdictGroup.judged.map { group in
      (group: group, count: item.counts.filter { $0.key.group == group }.values.reduce(0, +))
    }.filter { $0.count > 0 }
    let bar = shares.map { share in
      let width = figure(100 * Double(share.count) / Double(item.count))
      return "<i class=\"\(share.group.rawValue)\" style=\"width:\(width)%\"></i>"
    }.joined()
    let words = shares.map { "\($0.count) \($0.group.word)" }
    let warning = item.warning.map { "<span class=\"flag\">\($0)</span>" } ?? ""
    let hidden = item.isHidden ? "<span class=\"note\">hidden from students</span>" : ""
    let discrimination = item.discrimination.map(figure) ?? "–"
    return """
      <tr><th scope="row">\(Escaped.markup(item.title)) \(warning)\(hidden)</th>\
      <td class="num">\(item.maxScore)</td>\
      <td><div class="stack" aria-hidden="true">\(bar)</div>\
      <span class="counts">\(words.joined(separator: ", "))</span></td>\
      <td class="num">\(item.difficulty.map(percent) ?? "–")</td>\
      <td class="num">\(discrimination)</td>\
      <td class="num">\(item.medianSeconds.map(seconds) ?? "–")</td></tr>
      """
  }

  static func seconds(_ value: Double) -> String {
    value < 1 ? "\(Int((value * 1000).rounded())) ms" : "\(figure(value)) s"
  }

  // MARK: Mistakes

  var mistakes: String {
    let kinds = report.diagnoses.kinds.sorted {
      ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue)
    }
    guard !kinds.isEmpty else {
      return "<section id=\"mistakes\"><h2>Mistakes</h2><p>Nobody made any.</p></section>"
    }
    let list = kinds.map { kind, count in
      "<li><b>\(count)</b> \(GradeNarrative.word(kind))</li>"
    }.joined()
    let most = report.diagnoses.most(20)
    let largest = Double(most.first?.count ?? 1)
    let rows = most.map { key, count in
      let width = Self.figure(100 * Double(count) / largest)
      let words = Escaped.markup(StaffText.gist(of: key.mistake))
      let text = key.mistake.isNamed ? "<b>\(words)</b>" : words
      return "<tr><td class=\"num\">\(count)</td>"
        + "<td class=\"meter\" aria-hidden=\"true\"><i style=\"width:\(width)%\"></i></td>"
        + "<td>\(text)</td><td>\(Escaped.markup(key.title))</td></tr>"
    }
    return """
      <section id="mistakes"><h2>Mistakes</h2>
      <p>How tests were lost, over all submissions, and what the grader said most often. Bold: the \
      answer was the one that a known slip gives. Figures are left out.</p>
      <ul class="kinds">\(list)</ul>
      <div class="wide" tabindex="0" role="region" aria-label="Most frequent diagnoses"><table>
      <thead><tr><th scope="col" class="num">Times</th><th scope="col" class="meter" \
      aria-hidden="true"></th><th scope="col">Diagnosis</th><th scope="col">Test</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></section>
      """
  }

  // MARK: Times

  var times: String {
    let seconds = report.rows.compactMap(\.seconds)
    guard let summary = Summary(seconds), let longest = seconds.max(), longest > 0 else {
      return ""
    }
    // One endless loop would leave all others in the first class.
    let end = min(longest, max(summary.quantile(0.95) * 1.25, 0.1))
    let histogram = Histogram(seconds, largest: end, classes: 20)
    let items = report.items.filter { $0.longestSeconds != nil }
      .sorted { ($0.longestSeconds ?? 0) > ($1.longestSeconds ?? 0) }.prefix(5)
    let rows = items.map { item in
      "<tr><th scope=\"row\">\(Escaped.markup(item.title))</th>"
        + "<td class=\"num\">\(Self.seconds(item.medianSeconds ?? 0))</td>"
        + "<td class=\"num\">\(Self.seconds(item.longestSeconds ?? 0))</td></tr>"
    }.joined()
    return """
      <section id="times"><h2>Run times</h2>
      <p>Time in tests per submission: median \(Self.seconds(summary.median)), 95 % below \
      \(Self.seconds(summary.quantile(0.95))), longest \(Self.seconds(longest)). What took longer \
      than the picture is wide counts in its last bar.</p>
      <figure>\(histogram.svg(id: "r", title: "Run times", unit: "seconds", median: summary.median))
      </figure>\(histogram.table(unit: "seconds"))
      <table class="small"><caption>Tests that take longest</caption><thead><tr>\
      <th scope="col">Test</th><th scope="col" class="num">Median</th>\
      <th scope="col" class="num">Longest</th></tr></thead><tbody>\(rows)</tbody></table>
      </section>
      """
  }
}
