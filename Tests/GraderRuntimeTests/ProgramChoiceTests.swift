import Testing

@testable import GraderRuntime

/// What `grader validate --only` chooses.
@Suite struct ProgramChoiceTests {
  private static let names = [
    "float-cubes", "float-inside", "float-sums", "kept-mean", "kept-x-hat", "welford",
    "mean-without-n", "n-minus-1",
  ]

  @Test(arguments: [
    (["welford"], ["welford"]),
    (["Float*"], ["float-cubes", "float-inside", "float-sums"]),
    (["*mean*"], ["kept-mean", "mean-without-n"]),
    (["kept-*", "f*s", "kept-mean"], ["float-cubes", "float-sums", "kept-mean", "kept-x-hat"]),
    (["*"], names),
  ])
  func namesAndPatterns(patterns: [String], expected: [String]) throws {
    let choice = try ProgramChoice(of: patterns, among: Self.names)
    let chosen = Self.names.filter { choice.holds($0) }
    #expect(chosen == expected)
  }

  /// One that is meant and not tried would be believed to be right.
  @Test(arguments: [
    ("flaot-sums", "float-sums"), ("kept", "kept-mean"), ("flot*", "float-sums"),
    ("welfrod", "welford"), ("mean", "kept-mean"), ("", "welford"),
  ])
  func unknownNamesAreRefused(pattern: String, near: String) throws {
    let fault = #expect(throws: GraderFault.self) {
      try ProgramChoice(of: ["welford", pattern], among: Self.names)
    }
    #expect(fault?.kind == .usage)
    #expect(fault?.what == "No variant and no planted mistake is called \(pattern).")
    #expect(fault?.remedy.hasPrefix("Near it are: \(near)") == true, "\(fault?.remedy ?? "")")
  }
}
