import Foundation
import GradeFormats

/// Figures on how well the tests measure, with a sentence of help for each.
extension ClassPage {
  @MarkupBuilder var reliability: [Markup] {
    Markup("dl", ["class": "tiles wordy"]) {
      Self.measure(
        "Cronbach's alpha",
        analysis.alpha,
        help: """
          says how much of the differences between scores would come back with other tests of this \
          kind: 1 is all, 0 is chance; 0.7 is often called fair, 0.9 high.
          """
      ) { Self.decimals($0) }
      Self.measure(
        "The standard error of a score",
        analysis.standardError,
        help: """
          says how far chance moves it: two times in three no further than this from what the same \
          student would get on average over tests of this kind.
          """
      ) { "± \(Self.figure($0)) points" }
    }
    Markup("p") { scope }
  }

  private static func measure(
    _ name: String,
    _ value: Result<Double, Unmeasured>,
    help: String,
    words: (Double) -> String
  ) -> Markup {
    Markup("div") {
      Markup("dt") {
        Markup("b") { name }
        switch value {
        case .success: " \(help)"
        case .failure(let reason): ": \(reason.words)"
        }
      }
      Markup("dd") { (try? value.get()).map(words) ?? "–" }
    }
  }

  /// The tests and submissions that these figures are about.
  private var scope: String {
    let others = [
      (analysis.untried, "of which nothing could be tried"),
      (analysis.ofOtherTests, "graded by other tests"),
    ]
    let left = others.filter { $0.0 > 0 }.map { "\($0) \($1)" }.joined(separator: " and ")
    return """
      Both are about \(analysis.tests) tests and \(analysis.submissions) submissions\
      \(left.isEmpty ? "" : ", without \(left)"). Tests that build on one another fail together, \
      which makes alpha too high and the error too small.
      """
  }

  /// A cell with a test's correlation, and the interval or why there is none.
  static func correlation(_ rest: ItemRest) -> Markup {
    let range: String
    switch rest.interval {
    case .success(let interval):
      range = "\(decimals(interval.lowerBound)) to \(decimals(interval.upperBound))"
    case .failure(let reason): range = reason.words
    }
    return Markup("td", ["class": "num"]) {
      (try? rest.correlation.get()).map(decimals) ?? "–"
      Markup("span", ["class": "counts"]) { range }
    }
  }

  /// A number with two decimals, which stand in line with each other.
  private static func decimals(_ value: Double) -> String {
    // Zero is added to what is rounded, lest a minus stand before it.
    String(format: "%.2f", (value * 100).rounded() / 100 + 0)
  }
}
