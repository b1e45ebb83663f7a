import GraderCore
import Testing

/// Code is compiled without optimization first, which no verdict may depend on.
struct OptimizedCodeTests {
  private func grade(_ body: String) throws -> Grade {
    let homework = try Homework.solution.replacing(
      "  return x.mean(axis: 0)",
      with: "\(body)\n  return x.mean(axis: 0)",
      in: "Forward.swift"
    )
    let folder = try TemporaryFolder()
    return try Grading.run([try homework.packed(in: folder)], in: folder).grade
  }

  /// Several calls of it take a second optimized, and far more than a test may take otherwise.
  @Test func loopThatOnlyOptimizedCodeEndsInTimeIsRight() throws {
    let grade = try grade(
      """
        var bits = x.shape[0]
        for step in 0..<12_000_000 { bits = bits &* 5 ^ step }
        precondition(bits != 0)
      """
    )
    #expect(grade.lost == [])
    #expect(try grade.test("batch-mean").status == .passed)
  }

  /// The optimizer makes a loop of it; otherwise each call takes its part of the stack.
  @Test func callsThatOnlyOptimizedCodeHasRoomForAreRight() throws {
    let grade = try grade(
      """
        func sum(_ count: Int, _ bits: Int) -> Int {
          count == 0 ? bits : sum(count - 1, bits &* 5 ^ count)
        }
        precondition(sum(5_000_000, x.shape[0]) != 0)
      """
    )
    #expect(grade.lost == [])
  }

  /// Which words there are for it is known of optimized code alone.
  @Test func failureHasItsWords() throws {
    let grade = try grade("  _ = x.shape[x.shape.count + 1]")
    let test = try grade.test("batch-mean")
    #expect(test.status == .crashed)
    #expect(test.message.contains("Index out of range"), "\(test.message)")
  }
}
