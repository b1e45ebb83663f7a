import Foundation
import GradeFormats
import GraderCore

/// The class report as one page that needs nothing from elsewhere.
package struct ClassPage: Sendable {
  let report: ClassReport
  let similar: SimilarityFindings?
  let summary: Summary?
  let best: Double

  /// A page on a class.
  ///
  /// - Parameters:
  ///   - report: The class's figures.
  ///   - similar: What comparing the submissions came to; nil if nobody compared them.
  package init(_ report: ClassReport, similar: SimilarityFindings? = nil) {
    self.report = report
    self.similar = similar
    let scores = report.rows.compactMap { $0.score?.value }
    summary = Summary(scores)
    best = max(report.rows.compactMap { $0.maxScore?.value }.max() ?? 0, scores.max() ?? 0)
  }

  /// The page's text.
  ///
  /// - Parameter sha256: The digest of bytes in hexadecimal, by which the page allows its own
  ///   script and no other.
  /// - Returns: HTML.
  /// - Throws: `EncodingError`.
  package func html(sha256: ([UInt8]) -> String) throws -> String {
    let script = PackageResources.report_js
    let data = try JSONText.withinScript(PageData(report))
    let pairs = try JSONText.withinScript(PairData(similar))
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; script-src 'sha256-\(Self.base64(sha256(script)))'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>\(Escaped.markup(report.title)): class report</title>
      <style>
      \(String(decoding: PackageResources.report_css, as: UTF8.self))
      </style>
      </head>
      <body>
      \(header)
      <main>
      \(sections.joined(separator: "\n"))
      </main>
      <footer><p>Made by Chainrule on \(Escaped.markup(report.date)). This page holds personal \
      data and works offline.</p></footer>
      <dialog id="details" aria-labelledby="details-title"></dialog>
      <script type="application/json" id="data">\(data)</script>
      <script type="application/json" id="pairs">\(pairs)</script>
      <script>\(String(decoding: script, as: UTF8.self))</script>
      </body>
      </html>
      """
  }

  private static func base64(_ hex: String) -> String {
    let digits = Array(hex)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }

  private var sections: [String] {
    [overview, distribution, tests, mistakes, times, similarity, table].filter { !$0.isEmpty }
  }

  // MARK: Head

  private var header: String {
    """
    <a class="skip" href="#students">Skip to the table of students</a>
    <header>
    <p class="kicker">Class report · \(Escaped.markup(report.date))</p>
    <h1>\(Escaped.markup(report.title))</h1>
    <nav aria-label="Sections"><a href="#distribution">Distribution</a>\
    <a href="#tests">Tests</a><a href="#mistakes">Mistakes</a><a href="#times">Run times</a>\
    \(similar == nil ? "" : "<a href=\"#similar\">Similar pairs</a>")\
    <a href="#students">Students</a>
    <label class="toggle"><input type="checkbox" id="anonymous"> Hide names</label></nav>
    </header>
    """
  }

  private var overview: String {
    let rows = report.rows
    var tiles = [("\(rows.count { $0.state != .nothing })", "handed in, of \(rows.count)")]
    if let summary {
      tiles.append((Self.figure(summary.median), "median, of \(Self.figure(best)) points"))
      tiles.append(("\(Self.figure(summary.mean))", "mean, ± \(Self.figure(summary.deviation))"))
      let full = rows.count { $0.score != nil && $0.score == $0.maxScore }
      tiles.append(("\(full)", "with full marks"))
    }
    let broken = rows.count { $0.state == .didNotBuild || $0.state == .unreadable }
    tiles.append(("\(broken)", "did not build or could not be read"))
    tiles.append(("\(rows.count { $0.state == .withheld })", "withheld: our fault, to be rerun"))
    let waiting = report.items.filter(\.isPending)
    if !waiting.isEmpty {
      let verb = waiting.count == 1 ? "item waits" : "items wait"
      tiles.append(("\(waiting.count)", "\(verb) for people"))
    }
    let text = tiles.map { "<div><dt>\($1)</dt><dd>\($0)</dd></div>" }.joined()
    return """
      <section aria-label="Key figures">\(mixture)<dl class="tiles">\(text)</dl></section>
      """
  }

  /// A warning where the figures below are of several assignments, which says nothing of any.
  private var mixture: String {
    guard report.assignments.count > 1 else { return "" }
    let counts = report.assignments.sorted { $0.key < $1.key }
      .map { "\(Escaped.markup($0.key)): \($0.value)" }.joined(separator: ", ")
    return """
      <p class="warning"><strong>Grades of \(report.assignments.count) assignments are mixed \
      here</strong> (\(counts)), and all figures below with them. Grade each assignment into a \
      folder of its own.</p>
      """
  }

  /// A number with two decimals at most.
  static func figure(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (hundredths / 100, abs(hundredths % 100))
    if rest == 0 { return "\(whole)" }
    let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return (hundredths < 0 && whole == 0 ? "-" : "") + "\(whole).\(digits)"
  }

  /// A share in whole per cent.
  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
