import Testing

@testable import GraderCore

/// Words of planted mistakes, which say where to look and not what stands there.
@Suite struct SlipWordsTests {
  private static let solution = """
    let root = (variance + epsilon).squareRoot()
    return -0.5 * sum / (root * root * root)
    return direct + throughVariance + throughMean
    return (dU, try gradGamma(dU: dU, xHat: xHat))
    let z2 = try linear(a1, w: p.w2)
    return x.mean(axis: 0)
    let loss = squares / (2 * n)
    """
  private static let handout = ["J is 1/(2n) times the sum (7), for batches of 300 and of 10."]

  /// What the words for a change of the solution tell.
  private func told(_ words: String, _ old: String, _ new: String) -> [String] {
    var mutant = Mutant(replace: old, with: new)
    mutant.slip = words
    return SlipWords(handout: Self.handout).telling(of: mutant, in: Self.solution)
  }

  @Test(arguments: [
    ("the power is off, (root * root * root) stands there", ["root * root * root"]),
    ("the power is off, root*root stands there", ["root*root"]),
    ("the power lacks its `* root`", ["* root"]),
    ("sum/(root ×  root) stands there", ["sum/(root ×  root"]),
    ("the power of the root is off", []),
    ("the sum, root and power are off", []),
    ("the power does not follow from equation (3)", []),
  ])
  func expressions(words: String, told: [String]) {
    #expect(self.told(words, "(root * root * root)", "(root * root)") == told)
  }

  /// A sign that is gone is told by itself.
  @Test func signs() {
    #expect(told("it is -0.5", "-0.5 * sum", "0.5 * sum") == ["-0.5"])
    #expect(told("a sign is off", "-0.5 * sum", "0.5 * sum") == [])
  }

  @Test(arguments: [
    ("the gradient is made with x instead of xHat", "xHat: xHat", "xHat: x", ["x"]),
    ("the layer is fed with z1", "linear(a1,", "linear(z1,", ["z1"]),
    ("the layer is fed with Z1 instead of A1", "linear(a1,", "linear(z1,", ["Z1", "A1"]),
    ("w2 gets something else", "linear(a1,", "linear(z1,", []),
    ("a path is missing", "+ throughVariance", "", []),
    ("throughVariance is missing", "+ throughVariance", "", ["throughVariance"]),
    ("the loss is not divided by n", "(2 * n)", "2", ["n"]),
    ("a sum is a mean", "x.mean(axis: 0)", "x.sum(axis: 0)", []),
    ("the axis is off in x.sum(axis: 1)", "axis: 0", "axis: 1", ["1"]),
  ])
  func names(words: String, old: String, new: String, told: [String]) {
    #expect(self.told(words, old, new) == told)
  }

  @Test(arguments: [
    ("the power is -1 instead of -3/2", ["3/2"]),
    ("the factor is -1 instead of -1/2", ["1/2"]),
    ("the factor is not a half", ["half"]),
    ("the factor is not 0.50", ["0.50"]),
    ("it is right for 300 samples and not for 10", []),
    ("it is right for 301 samples", ["301"]),
    ("the factor of equation (5) or (6), step 2, part 7 and slide 12 is off", []),
    ("it is 10 instead of the 300", ["300"]),
    ("it must be -300", ["300"]),
    ("it is 10 and must be right", []),
  ])
  func numbers(words: String, told: [String]) {
    #expect(self.told(words, "sum / (root * root * root)", "sum / root") == told)
  }

  /// What stands in the line counts, though the replaced text is a piece of it.
  @Test func wholeLines() {
    #expect(told("the loss lacks its 2", "* n)", "* m)") == ["2"])
    #expect(told("squares / (2 * n) stands there", "* n)", "* m)") == ["squares / (2 * n"])
    #expect(told("twice", "* n)", "* m)") == ["twice"])
  }

  /// Of a mistake that does not fit, what it replaces is checked.
  @Test func notInTheSolution() {
    #expect(told("a + b is missing", "a + b", "c") == ["a + b"])
  }
}
