import GraderCore
import JudgeEvents
import Testing

/// Planted mistakes, and when two programs answer alike.
@Suite struct MutantTests {
  @Test(arguments: [
    ("return a", "return b", "f { return a }", "f { return b }"),
    ("a\nb", "c", "x\na\nb\ny", "x\nc\ny"),
    ("a", "", "xay", "xy"),
  ])
  func applied(old: String, new: String, text: String, result: String) {
    #expect(Mutant(replace: old, with: new).applied(to: text) == result)
  }

  @Test(arguments: [("z", "abc"), ("a", "aXa"), ("aa", "aabaa")])
  func notExactlyOnce(old: String, text: String) {
    #expect(Mutant(replace: old, with: "n").applied(to: text) == nil)
  }

  private static let twins: [(alike: [String], lost: Set<String>, slip: String?)] = [
    (["a: one"], ["a"], "one"),
    (["a: one", "a: two"], ["a"], nil),
    (["a: one", "a: one"], ["a"], "one"),
    (["a b: one", "a: two"], ["a"], "two"),
    (["a b: one", "a: two"], ["a", "b"], nil),
    (["a b: one"], ["a"], "one"),
    (["a b: one", "a c: two"], ["a"], nil),
    ([], ["a"], nil),
  ]

  /// Of slips that answer a test alike, those that would cost a test with all its points are behind
  /// nothing; where they all may be, none is the one.
  @Test(arguments: twins)
  func theOne(alike: [String], lost: Set<String>, slip: String?) {
    let mutants = alike.map { text in
      let pieces = text.split(separator: ": ").map(String.init)
      return Mutant(slip: pieces[1], expect: pieces[0].split(separator: " ").map(String.init))
    }
    #expect(Mutant.theOne(of: mutants, losing: lost)?.slip == slip)
  }

  private func reply(_ values: [Double], _ function: String = "f", error: String? = nil)
    -> JudgeEvent.Reply
  {
    JudgeEvent.Reply(function: function, values: values, error: error)
  }

  @Test func alike() {
    #expect(ReplyMatch.areAlike([reply([1, 2])], [reply([1, 2])]))
    #expect(ReplyMatch.areAlike([reply([1, 2])], [reply([1 + 1e-7, 2])]))
    // In units of the largest entry.
    #expect(ReplyMatch.areAlike([reply([0, 1000])], [reply([5e-4, 1000])]))
    #expect(ReplyMatch.areAlike([reply([.infinity])], [reply([.infinity])]))
    // As from a division of zero by zero.
    #expect(ReplyMatch.areAlike([reply([.nan, 1])], [reply([.nan, 1 + 1e-7])]))
    #expect(ReplyMatch.areAlike([reply([1, .nan])], [reply([1 + 1e-7, .nan])]))
    #expect(ReplyMatch.areAlike([reply([], error: "e")], [reply([], error: "e")]))
  }

  /// A transposed tensor has the numbers of one that is transposed and given the right shape.
  @Test func shapesTellAnswersApart() {
    func reply(_ shape: [Int]) -> [JudgeEvent.Reply] {
      [JudgeEvent.Reply(function: "f", values: [1, 2, 3, 4, 5, 6], error: nil, shapes: [shape])]
    }
    #expect(ReplyMatch.areAlike(reply([2, 3]), reply([2, 3])))
    #expect(!ReplyMatch.areAlike(reply([2, 3]), reply([3, 2])))
  }

  @Test func notAlike() {
    #expect(!ReplyMatch.areAlike([], []))
    #expect(!ReplyMatch.areAlike([reply([1])], []))
    #expect(!ReplyMatch.areAlike([reply([1])], [reply([1]), reply([1])]))
    #expect(!ReplyMatch.areAlike([reply([1, 2])], [reply([1, 2.1])]))
    #expect(!ReplyMatch.areAlike([reply([1, 2])], [reply([1])]))
    #expect(!ReplyMatch.areAlike([reply([1])], [reply([1], "g")]))
    #expect(!ReplyMatch.areAlike([reply([1])], [reply([1], error: "e")]))
    #expect(!ReplyMatch.areAlike([reply([.nan])], [reply([1])]))
    #expect(!ReplyMatch.areAlike([reply([.nan, 1])], [reply([.nan, 2])]))
    #expect(!ReplyMatch.areAlike([reply([.nan, 1])], [reply([1, .nan])]))
    #expect(!ReplyMatch.areAlike([reply([.infinity])], [reply([-.infinity])]))
    #expect(!ReplyMatch.areAlike([reply([.infinity])], [reply([1])]))
    #expect(!ReplyMatch.areAlike([reply([.infinity, 1])], [reply([.infinity, 2])]))
  }
}
