import GradeFormats
import GraderCore

/// The sections on scores and on times, each with a histogram.
extension ClassPage {
  @MarkupBuilder var distribution: [Markup] {
    if let summary, best > 0 {
      let scores = report.rows.compactMap { $0.score?.value }
      let histogram = Histogram(scores, largest: best, classes: 20)
      Self.section("distribution", "Distribution") {
        Markup("p") {
          """
          Points that a machine gave to \(summary.count) submissions; who handed nothing in and \
          whose grade is withheld, or open as a whole, are not in it. The dashed line is the median.
          """
        }
        Markup("figure") {
          histogram.svg(id: "h", title: "Scores", unit: "points", median: summary.median)
          Markup("figcaption") { Self.quartiles(of: summary) }
        }
        histogram.table(unit: "points")
      }
    }
  }

  @MarkupBuilder
  private static func quartiles(of summary: Summary) -> [Markup] {
    let names = ["lowest", "lower quartile", "median", "upper quartile", "highest"]
    for (index, name) in names.enumerated() {
      if index > 0 { " · " }
      Markup("b") { figure(summary.quantile(Double(index) / 4)) }
      " \(name)"
    }
  }

  @MarkupBuilder var times: [Markup] {
    let seconds = report.rows.compactMap(\.seconds)
    if let summary = Summary(seconds), let longest = seconds.max(), longest > 0 {
      // One endless loop would leave all others in the first class.
      let end = min(longest, max(summary.quantile(0.95) * 1.25, 0.1))
      let histogram = Histogram(seconds, largest: end, classes: 20)
      Self.section("times", "Run times") {
        Markup("p") {
          """
          Time in tests per submission: median \(Self.seconds(summary.median)), 95 % below \
          \(Self.seconds(summary.quantile(0.95))), longest \(Self.seconds(longest)). What took \
          longer than the picture is wide counts in its last bar.
          """
        }
        Markup("figure") {
          histogram.svg(id: "r", title: "Run times", unit: "seconds", median: summary.median)
        }
        histogram.table(unit: "seconds")
        slowest
      }
    }
  }

  private var slowest: Markup {
    let items = report.items.filter { $0.longestSeconds != nil }
      .sorted { ($0.longestSeconds ?? 0) > ($1.longestSeconds ?? 0) }.prefix(5)
    let columns = [
      Self.column("Test"), Self.column("Median", isNumber: true),
      Self.column("Longest", isNumber: true),
    ]
    return Self.table(columns: columns, caption: "Tests that take longest") {
      for item in items {
        Markup("tr") {
          Self.rowTitle(item.title)
          Self.number(Self.seconds(item.medianSeconds ?? 0))
          Self.number(Self.seconds(item.longestSeconds ?? 0))
        }
      }
    }
  }

  static func seconds(_ value: Double) -> String {
    value < 1 ? "\(Int((value * 1000).rounded())) ms" : "\(figure(value)) s"
  }
}
