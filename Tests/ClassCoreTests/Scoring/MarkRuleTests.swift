import ClassCore
import GraderCore
import Testing

@Suite struct MarkRuleTests {
  @Test(
    arguments: [
      (MarkRule.mean, [300, 401], 351), (.mean, [300], 300), (.last, [300, 401], 401),
      (.agree, [300, 401], nil), (.agree, [300, 300], 300), (.mean, [], nil), (.last, [], nil),
      (.agree, [], nil),
    ] as [(MarkRule, [Int], Int?)]
  )
  func settled(rule: MarkRule, marks: [Int], points: Int?) {
    #expect(rule.settled(marks.map { Points(hundredths: $0) })?.hundredths == points)
  }
}
