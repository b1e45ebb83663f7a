import ClassCore
import Foundation
import Testing

/// Copies are found whatever a copier changes, and the handout is nobody's.
@Suite struct SimilarityTests {
  private static let original = """
    import CourseKit

    /// The mean of each column.
    public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
      var sums = Tensor<Double>(zeros: [x.shape[1]])
      for row in 0..<x.shape[0] {
        for column in 0..<x.shape[1] {
          sums[column] += x[row, column] // add
        }
      }
      let count = Double(x.shape[0])
      return sums.map { $0 / count }
    }

    func helper(_ values: [Double]) -> Double {
      var best = -Double.infinity
      for value in values where value > best { best = value }
      guard best.isFinite else { return 0 }
      return values.reduce(0) { $0 + exp($1 - best) }
    }
    """

  /// Other names, other figures, other layout, comments, and a text in between.
  private static let disguised = """
    /* mine /* all */ mine */
    func h2(_ zs: [Double]) -> Double {
      var top = -Double.infinity
      for z in zs where z > top { top = z }
      guard top.isFinite else { return 7 }
      return zs.reduce(1) { $0 + exp($1 - top) }
    }
    public func batchMean(_ input: Tensor<Double>) throws -> Tensor<Double> {
      var acc = Tensor<Double>(zeros: [input.shape[1]])
      for a in 0..<input.shape[0] { for b in 0..<input.shape[1] {
          acc[b] += input[a, b] } }
      let m = Double(input.shape[0])
      return acc.map { $0 / m }
    }
    """

  private static let other = """
    public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
      try x.sum(axis: 0) / Double(x.shape[0])
    }
    func softmax(_ logits: Tensor<Double>) throws -> Tensor<Double> {
      let largest = try logits.maximum(axis: 1, keepsDimension: true)
      let powers = try (logits - largest).exponential()
      let sums = try powers.sum(axis: 1, keepsDimension: true)
      precondition(sums.shape == largest.shape, "shapes \\(sums.shape) and \\("x" + "y")")
      if sums.isFinite { return try powers / sums } else { throw Failure.other("not finite") }
    }
    """

  /// Findings on the class of the page's tests.
  static var findings: SimilarityFindings {
    let texts = [original, disguised, other].map { ["Sources/BatchNorm/Forward.swift": $0] }
    var similarity = Similarity(handout: [])
    for (index, files) in (texts + [texts[0]]).enumerated() {
      similarity.add(index + 4, files: files)
    }
    return similarity.findings { texts[($0 - 4) % 3] }
  }

  @Test func disguiseDoesNotHelp() throws {
    let findings = Self.findings
    #expect(findings.compared == 4)
    #expect(findings.identical == [[4, 7]])
    #expect(findings.pairs.map { [$0.first, $0.second] } == [[4, 5]])
    let pair = try #require(findings.pairs.first)
    #expect(pair.share > 0.8)
    // Both functions are marked, in the order of the first file.
    let passages = try #require(pair.files.first).passages
    #expect(passages.count == 2)
    #expect(passages[0].first.contains(8) && passages[0].second.contains(10))
    #expect(passages[1].first.contains(18) && passages[1].second.contains(6))
    #expect(findings.sources.keys.sorted() == [4, 5])
  }

  /// Equal files need no second look, and are found all the same.
  @Test func knownFilesAreTheSame() {
    var (slow, quick) = (Similarity(handout: []), Similarity(handout: []))
    for (number, text) in [(3, Self.original), (5, Self.original), (7, Self.disguised)] {
      slow.add(number, files: ["a.swift": text])
      if number == 5 {
        quick.add(number, sameAs: 3)
      } else {
        quick.add(number, files: ["a.swift": text])
      }
    }
    quick.add(9, sameAs: 8)
    let (expected, found) = (slow.findings { _ in [:] }, quick.findings { _ in [:] })
    #expect(found.identical == [[3, 5]])
    #expect(found.identical == expected.identical)
    #expect(found.pairs.map(\.second) == expected.pairs.map(\.second))
    #expect(found.compared == 3)
  }

  @Test func handoutIsNobodys() {
    var similarity = Similarity(handout: [Self.original])
    similarity.add(0, files: ["a": Self.original])
    similarity.add(1, files: ["a": Self.disguised])
    similarity.add(2, files: ["a": Self.original + Self.other])
    let findings = similarity.findings { _ in [:] }
    #expect(findings.compared == 1)
    #expect(findings.pairs == [])
  }

  @Test func strangersAreNoPair() {
    var similarity = Similarity(handout: [])
    similarity.add(0, files: ["a": Self.original])
    similarity.add(1, files: ["a": Self.other])
    #expect(similarity.findings(threshold: 0.3) { _ in [:] }.pairs == [])
  }

  /// A class in which nearly everybody hands in the same with one change is seen as such.
  @Test func copiesOfTheMajorityAreSeen() {
    var similarity = Similarity(handout: [])
    for index in 0..<30 {
      let change = "func own\(index)() { " + String(repeating: "x += ", count: index) + "y }"
      similarity.add(index, files: ["a": Self.original + change])
    }
    #expect(similarity.findings { _ in [:] }.pairCount == 30 * 29 / 2)
  }

  /// Code that everybody writes makes no pair of those who have enough of their own besides.
  @Test func whatEverybodyWritesIsNoHint() {
    let signs = ["+", "-", "*", "/", "%"]
    var similarity = Similarity(handout: [])
    for index in 0..<30 {
      let own = (0..<160).map { place in
        let brackets = (place * (index + 3)) % 7 < 3 ? "[a]" : "(b)"
        return "f\(brackets) \(signs[(place * index + place / 3) % 5]) "
      }
      similarity.add(index, files: ["a": Self.original, "b": own.joined()])
    }
    #expect(similarity.findings(threshold: 0.9) { _ in [:] }.pairCount < 30)
  }

  // MARK: Tokens

  private static func values(_ text: String) -> [UInt64] { SwiftTokens(text).tokens.map(\.value) }

  @Test(arguments: [
    ("let a = 1", "let bcd = 0x1f.8p-3"), ("f(\"x\")", "g(#\"a \" \\( \"#)"),
    ("x /* a /* b */ c */ + y", "x+y // z"), ("`class`.b", "a.b"),
    ("s(\"a \\(f(\"b\\(c)\")) d\")", "s(\"\")"), ("s(\"\"\"\n \"q\" \n\"\"\")", "s(\"\")"),
  ])
  func whatIsTheSame(one: String, other: String) {
    #expect(Self.values(one) == Self.values(other))
  }

  @Test(arguments: [
    ("a.sum", "a.mean"), ("a + b", "a - b"), ("let a", "var a"), ("f(a)", "f[a]"), ("1", "a"),
    ("\"a", "a"),
  ])
  func whatDiffers(one: String, other: String) {
    #expect(Self.values(one) != Self.values(other))
  }

  @Test func lines() {
    let text = "a\n/* \n */ b \"\"\"\n x\n\"\"\" c \"\\(\n1)\" d"
    #expect(SwiftTokens(text).tokens.map(\.line) == [1, 3, 3, 5, 5, 6])
  }

  /// The guarantee of winnowing: a shared passage of so many tokens is found, wherever it stands.
  @Test func sharedPassageIsAlwaysFound() {
    let shared = SwiftTokens(Self.original).tokens
    let needed = Fingerprints.length + Fingerprints.window - 1
    let before = SwiftTokens(Self.other).tokens
    for start in stride(from: 0, to: shared.count - needed, by: 3) {
      let passage = Array(shared[start..<(start + needed)])
      for shift in 0..<12 {
        let one = Set(Fingerprints.chosen(before.prefix(20) + passage).map(\.hash))
        let two = Fingerprints.chosen(before.suffix(20 + shift) + passage).map(\.hash)
        #expect(two.contains(where: one.contains))
      }
    }
  }
}
