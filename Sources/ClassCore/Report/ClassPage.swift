import Foundation
import GradeFormats
import GraderCore

/// The class report as one page that needs nothing from elsewhere.
package struct ClassPage: Sendable {
  let report: ClassReport
  let similar: SimilarityFindings?
  let analysis: ItemAnalysis
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
    analysis = report.analysis
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
    let page = HTMLPage(
      title: "\(report.title): class report",
      style: String(decoding: PackageResources.report_css, as: UTF8.self)
        + CounterexampleText.style,
      scriptDigest: Self.base64(sha256(script))
    )
    let data = try Markup.facts(id: "data", PageData(report, analysis))
    let pairs = try Markup.facts(id: "pairs", PairData(similar))
    return page.html {
      header
      main
      Markup("footer") {
        Markup("p") {
          """
          Made by Chainrule on \(report.date). This page holds personal data and works offline.
          """
        }
      }
      Markup("dialog", ["id": "details", "aria-labelledby": "details-title"])
      data
      pairs
      Markup.script(String(decoding: script, as: UTF8.self))
    }
  }

  private static func base64(_ hex: String) -> String {
    let digits = Array(hex)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }

  private var main: Markup {
    Markup("main") {
      overview
      distribution
      tests
      mistakes
      times
      similarity
      table
    }
  }

  // MARK: Head

  @MarkupBuilder private var header: [Markup] {
    Markup("a", ["class": "skip", "href": "#students"]) { "Skip to the table of students" }
    Markup("header") {
      Markup("p", ["class": "kicker"]) { "Class report · \(report.date)" }
      Markup("h1") { report.title }
      Markup("nav", ["aria-label": "Sections"]) {
        Markup("a", ["href": "#distribution"]) { "Distribution" }
        Markup("a", ["href": "#tests"]) { "Tests" }
        Markup("a", ["href": "#mistakes"]) { "Mistakes" }
        Markup("a", ["href": "#times"]) { "Run times" }
        if similar != nil { Markup("a", ["href": "#similar"]) { "Similar pairs" } }
        Markup("a", ["href": "#students"]) { "Students" }
        Markup("label", ["class": "toggle"]) {
          Markup("input", ["type": "checkbox", "id": "anonymous"])
          " Hide names"
        }
      }
    }
  }

  private var overview: Markup {
    Markup("section", ["aria-label": "Key figures"]) {
      mixture
      Markup("dl", ["class": "tiles"]) {
        for (figure, words) in tiles {
          Markup("div") {
            Markup("dt") { words }
            Markup("dd") { figure }
          }
        }
      }
      if let clocks = report.clocks.sentence {
        Markup("p", ["class": "note"]) { clocks }
      }
    }
  }

  private var tiles: [(figure: String, words: String)] {
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
    let open = rows.count { $0.state == .notTakenIn || $0.state == .notGraded }
    if open > 0 { tiles.append(("\(open)", "not taken in or not graded, so open")) }
    let waiting = report.items.filter { $0.waiting > 0 }
    if !waiting.isEmpty {
      let verb = waiting.count == 1 ? "item waits" : "items wait"
      tiles.append(("\(waiting.count)", "\(verb) for people"))
    }
    return tiles
  }

  /// A warning where the figures below are of several assignments, which says nothing of any.
  @MarkupBuilder private var mixture: [Markup] {
    let counts = report.assignments.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    if counts.count > 1 {
      Markup("p", ["class": "warning"]) {
        Markup("strong") { "Grades of \(counts.count) assignments are mixed here" }
        """
         (\(counts.joined(separator: ", "))), and all figures below with them. Grade each \
        assignment into a folder of its own.
        """
      }
    }
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
