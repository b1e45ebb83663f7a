import GraderCore
import JudgeEvents
import Testing

/// The exact sentences on a tensor that was wrong in some of a test's trials, or in all.
@Suite struct TrialTextTests {
  private static let sentences: [(Finding, String)] = [
    (
      .wrongShape(what: "dX", yours: [3], expected: [1, 3], trials: Trials(wrong: 1, of: 9)),
      "dX has shape [3], expected [1, 3]: its shape is wrong in 1 of 9 trials."
    ),
    (
      .wrongShape(what: "dX", yours: [3], expected: [1, 3], trials: Trials(wrong: 9, of: 9)),
      "dX has shape [3], expected [1, 3]."
    ),
    (
      .notFinite(what: "dX", count: 2, of: 6, trials: Trials(wrong: 1, of: 9, only: "n = 1")),
      "dX has entries that are NaN or infinite in 1 of 9 trials (the one with n = 1), 2 of 6."
    ),
    (
      .notFinite(what: "dX", count: 2, of: 6, trials: Trials(wrong: 3, of: 3)),
      "dX has entries that are NaN or infinite in all 3 trials, in the worst 2 of 6."
    ),
    (
      .notFinite(what: "The loss", count: 1, of: 1, trials: Trials(wrong: 2, of: 3)),
      "The loss is NaN or infinite in 2 of 3 trials."
    ),
    (
      .wrongValues(
        what: "dW",
        count: 20,
        of: 25,
        exponent: 0,
        trials: Trials(wrong: 1, of: 7, only: "n = d")
      ),
      "dW is wrong in 1 of 7 trials (the one with n = d), at 20 of 25 entries; "
        + "relative error about 1e0."
    ),
    (
      .wrongValues(
        what: "dW",
        count: 20,
        of: 25,
        exponent: 0,
        trials: Trials(wrong: 2, of: 7, only: "n = d")
      ),
      "dW is wrong in 2 of 7 trials (those with n = d), in the worst at 20 of 25 entries; "
        + "relative error up to about 1e0."
    ),
    (
      .wrongValues(
        what: "The loss",
        count: 1,
        of: 1,
        exponent: -1,
        trials: Trials(wrong: 7, of: 7)
      ),
      "The loss is wrong in all 7 trials; relative error up to about 1e-1."
    ),
    (
      .wrongValues(what: "dBias", count: 3, of: 3, exponent: nil, trials: Trials(wrong: 1, of: 5)),
      "dBias is wrong in 1 of 5 trials, at 3 of 3 entries."
    ),
    (
      .pattern(what: "dX", .zero, trials: Trials(wrong: 7, of: 7)),
      "Every entry of dX is zero in all 7 trials."
    ),
    (
      .pattern(what: "dX", .zero, trials: Trials(wrong: 1, of: 1)),
      "Every entry of dX is zero in the one trial."
    ),
    (
      .pattern(what: "dX", .constantOverRows, trials: Trials(wrong: 1, of: 9)),
      "In each column of dX the error is the same for every row in the 1 of 9 trials that is "
        + "wrong, as if a term that is constant over the batch, the mean's path, were off."
    ),
    (
      .pattern(what: "dW", .factor("1/n"), trials: Trials(wrong: 4, of: 5)),
      "Every entry of dW is 1/n times the right one in the 4 of 5 trials that are wrong."
    ),
    (
      .differenced(function: "backward", what: "dW3"),
      "dW3 of backward is nearly right, with the errors of finite differences; the task asks for "
        + "the derivative by hand."
    ),
  ]

  @Test(arguments: sentences) func sentence(finding: Finding, sentence: String) {
    #expect(StudentText.sentence(finding) == sentence)
  }
}
