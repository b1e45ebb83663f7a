import Testing

@testable import GraderRuntime

@Suite struct RuntimeFailureTests {
  @Test(arguments: [
    ("arithmetic overflow", "Arithmetic overflow"), ("Index out of range", "Index out of range"),
    (
      "Double value cannot be converted to Int because it is either infinite or NaN",
      "Double value cannot be converted to Int because it is either infinite or NaN"
    ),
    (
      "Float value cannot be converted to UInt8 because the result would be less than UInt8.min",
      "Float value cannot be converted to UInt8 because the result would be less than UInt8.min"
    ),
  ])
  func known(words: String, kind: String) {
    #expect(RuntimeFailure.kind(words) == kind)
  }

  /// A program can name its functions so.
  @Test(arguments: [
    "", "0.5 is hidden", "Index out of range 7", " Index out of range", "\u{1B}[31m",
    "Double value cannot be converted to Int because it is 0.5",
    "Double value cannot be converted to Int9999 because it is either infinite or NaN",
    "Double value cannot be converted to Int719 because it is either infinite or NaN",
    "Float71 value cannot be converted to Int because it is either infinite or NaN",
    "Double value cannot be converted to Int8 because the result would be less than Int719.min",
    "Double value cannot be converted to Int8 because the result would be less than Int16.min",
    "Double value cannot be converted to Int8 because the result would be less than Int8.max",
  ])
  func foreign(words: String) {
    #expect(RuntimeFailure.kind(words) == nil)
  }
}
