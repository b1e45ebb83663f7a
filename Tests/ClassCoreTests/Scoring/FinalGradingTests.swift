import ClassCore
import Foundation
import GraderCore
import TestSupport
import Testing

/// The final grade follows from raw data and the policy alone.
@Suite struct FinalGradingTests {
  private static let due = Date(timeIntervalSince1970: 1_000_000)
  private static let day = 86_400.0

  private func points(_ hundredths: Int) -> Points { Points(hundredths: hundredths) }

  /// Five tests of four points: 4 + 4 + 2 + 0 from the machine, and one for people.
  private var grade: Grade {
    Grade(rows: [
      Grade.TestResult(row: "a", status: .passed, score: 400),
      Grade.TestResult(row: "b", status: .passed, score: 400),
      Grade.TestResult(row: "c", status: .partial, score: 200),
      Grade.TestResult(row: "d", status: .failed),
      Grade.TestResult(row: "e", status: .pending),
    ])
  }

  private func attempt(
    late seconds: Double?,
    students: [String] = ["03240396"],
    isMarkedLate: Bool? = nil
  ) -> Attempt {
    Attempt(
      students: students,
      originalName: "a.zip",
      path: "a.zip",
      submittedAt: seconds.map { Self.due.addingTimeInterval($0) },
      isMarkedLate: isMarkedLate
    )
  }

  private func final(
    _ policy: ClassPolicy,
    late seconds: Double? = 0,
    marks: [String: Points] = ["e": Points(hundredths: 300)],
    students: [String] = ["03240396"],
    isMarkedLate: Bool? = nil
  ) -> FinalGrade {
    let attempt = attempt(late: seconds, students: students, isMarkedLate: isMarkedLate)
    return policy.finalGrade(of: grade, attempt: attempt, marks: marks)
  }

  @Test func nothingAgreed() {
    let expected = FinalGrade(
      machine: points(1000),
      marks: points(300),
      latePenalty: .zero,
      extra: .zero,
      total: points(1300),
      maxScore: points(2000),
      reasons: []
    )
    #expect(final(ClassPolicy(), late: 9999) == expected)
  }

  /// A member's extension is the group's; without a due date nobody knows.
  @Test(
    arguments: [
      (nil, ["a"], Deadline.unknown), (0.0, ["a"], .passed), (-1, ["a"], .ahead),
      (2 * day - 1, ["a", "b"], .ahead), (2 * day, ["a", "b"], .passed), (day, ["a"], .passed),
    ] as [(Double?, [String], Deadline)]
  )
  func deadlines(secondsAfter: Double?, students: [String], expected: Deadline) {
    let policy = ClassPolicy(due: secondsAfter.map { _ in Self.due }, extensions: ["b": .hours(48)])
    let now = Self.due.addingTimeInterval(secondsAfter ?? 0)
    let result = ClassResult(
      students: [],
      attempt: attempt(late: 0, students: students),
      grade: grade
    )
    let grading = FinalGrading(marks: [], policy: policy, now: now)
    #expect(grading.finished(result).deadline == expected)
  }

  /// The reason for a total names no test that its student must not see.
  @Test(arguments: [
    (Assignment.Visibility.hidden, -1.0, "A test that is not shown here"),
    (.hidden, 1, "A test that is not shown here"),
    (.afterDueDate, -1, "A test that is not shown here"), (.afterDueDate, 1, "Title of d"),
    (.visible, -1, "Title of d"),
  ])
  func droppedInSilence(visibility: Assignment.Visibility, secondsAfter: Double, name: String) {
    var grade = grade
    grade.tests[3].visibility = visibility
    let policy = ClassPolicy(
      due: Self.due,
      drop: ClassPolicy.DropRule(lowest: 1, items: ["c", "d"])
    )
    let now = Self.due.addingTimeInterval(secondsAfter)
    let result = FinalGrading(marks: [], policy: policy, now: now).finished(
      ClassResult(students: [], attempt: attempt(late: 0), grade: grade)
    )
    #expect(result.final?.reasons.first == "\(name) does not count: it went worst.")
  }

  @Test func pending() {
    let final = final(ClassPolicy(), marks: [:])
    #expect(final.marks == nil)
    #expect(final.total == nil)
    #expect(final.machine == points(1000))
  }

  private static func perDay(_ cost: LateRule.Cost, grace: Double = 0, cap: Double = 100)
    -> ClassPolicy
  {
    ClassPolicy(
      due: due,
      late: LateRule(unit: .day, cost: cost, grace: grace, capPercent: cap)
    )
  }

  /// Lateness in seconds, and the penalty in hundredths of 13 points earned of 20.
  @Test(arguments: [
    (perDay(.percentOfEarned(10)), 0.0, 0), (perDay(.percentOfEarned(10)), -5, 0),
    (perDay(.percentOfEarned(10)), 1, 130), (perDay(.percentOfEarned(10)), day, 130),
    (perDay(.percentOfEarned(10)), day + 1, 260),
    (perDay(.percentOfEarned(10), cap: 15), 9 * day, 195),
    (perDay(.percentOfMaximum(10)), 1, 200),
    (perDay(.percentOfMaximum(10), cap: 50), 9 * day, 1000),
    (perDay(.percentOfMaximum(10)), 99 * day, 1300),
    (perDay(.points(Points(hundredths: 250))), day + 1, 500),
    (perDay(.points(Points(hundredths: 250)), cap: 20), 9 * day, 400),
    (perDay(.percentOfEarned(10), grace: 900), 900, 0),
    (perDay(.percentOfEarned(10), grace: 900), 901, 130),
    (perDay(.percentOfEarned(33.333)), 1, 433), (perDay(.percentOfEarned(0.1)), 1, 1),
  ])
  func lateness(policy: ClassPolicy, seconds: Double, penalty: Int) {
    let final = final(policy, late: seconds)
    #expect(final.latePenalty == points(penalty))
    #expect(final.total == points(1300 - penalty))
    #expect(final.reasons.isEmpty == (penalty == 0))
  }

  @Test func perHour() {
    let policy = ClassPolicy(
      due: Self.due,
      late: LateRule(unit: .hour, cost: .points(points(50)))
    )
    #expect(final(policy, late: 2 * 3600 + 1).latePenalty == points(150))
    #expect(
      final(policy, late: 2 * 3600 + 1).reasons == [
        "It was handed in 2 h 1 s late, which counts as 3 hours: 1.5 points less."
      ]
    )
  }

  /// Whoever is late reads by which clock.
  @Test(arguments: [
    (TimeOrigin.list, "late by the list of pushes, which"),
    (.source, "late by the learning system's time, which"),
  ])
  func saysWhichTimeCounted(origin: TimeOrigin, words: String) {
    var late = attempt(late: 60)
    late.timeOrigin = origin
    let final = Self.perDay(.percentOfEarned(10)).finalGrade(of: grade, attempt: late)
    #expect(final.reasons.contains { $0.contains(words) }, "\(final.reasons)")
  }

  @Test func closed() {
    var policy = Self.perDay(.percentOfEarned(10))
    policy.late?.closesAfter = 2 * Self.day
    #expect(final(policy, late: 2 * Self.day).total == points(1040))
    #expect(final(policy, late: 2 * Self.day + 1).total == .zero)
  }

  /// Only that it was late is known: free, unless the class agreed on something.
  @Test func unknownLateness() {
    var policy = Self.perDay(.percentOfEarned(10))
    #expect(final(policy, late: nil, isMarkedLate: true).latePenalty == .zero)
    #expect(final(policy, late: nil, isMarkedLate: true).reasons.count == 1)
    policy.late?.unitsIfUnknown = 2
    #expect(final(policy, late: nil, isMarkedLate: true).latePenalty == points(260))
    #expect(final(policy, late: nil, isMarkedLate: false).latePenalty == .zero)
  }

  /// The date counts that is the student's own; in a group, the latest of its members'.
  @Test func extensions() {
    var policy = Self.perDay(.percentOfEarned(10))
    policy.extensions = [
      "03240396": .hours(24), "x": .until(Self.due.addingTimeInterval(3 * Self.day)),
      "early": .until(Self.due.addingTimeInterval(-Self.day)),
    ]
    let late = 2 * Self.day
    #expect(final(policy, late: late).latePenalty == points(130))
    #expect(final(policy, late: late, students: ["3-240396"]).latePenalty == points(130))
    #expect(final(policy, late: late, students: ["other"]).latePenalty == points(260))
    #expect(final(policy, late: late, students: ["03240396", "x"]).latePenalty == .zero)
    #expect(final(policy, late: 0, students: ["early"]).latePenalty == .zero)
  }

  /// Work is in time until the due second is over, and how late it was is told in seconds.
  @Test(arguments: [(0.0, 0, ""), (0.9, 0, ""), (1, 130, "1 s"), (30.5, 130, "30 s")])
  func secondsDecide(late: Double, penalty: Int, span: String) {
    let final = final(Self.perDay(.percentOfEarned(10)), late: late)
    #expect(final.latePenalty == points(penalty))
    #expect(final.reasons.first?.contains("handed in \(span) late") ?? span.isEmpty)
  }

  /// The source knows the class's date alone: with more time its "late" decides nothing.
  @Test func unknownLatenessWithAnExtension() {
    var policy = Self.perDay(.percentOfEarned(10))
    policy.late?.unitsIfUnknown = 1
    policy.extensions = ["03240396": .hours(24), "other": .hours(0)]
    let open = final(policy, late: nil, isMarkedLate: true)
    #expect((open.total, open.open) == (nil, .lateness))
    #expect(final(policy, late: nil, isMarkedLate: false).total == points(1300))
    #expect(final(policy, late: nil, students: ["other"], isMarkedLate: true).total == points(1170))
    policy.extensions["03240396"] = .onTime
    #expect(final(policy, late: nil, isMarkedLate: true).total == points(1300))
    #expect(final(policy, late: 5).total == points(1300))
  }

  private func members(_ policy: ClassPolicy, late: Double? = 0) -> [[String: Int]] {
    let result = ClassResult(
      students: ["x", "y", "z"].map { Student(id: $0, name: "") },
      attempt: attempt(late: late, students: ["x", "y", "z"]),
      grade: grade
    )
    let mark = Mark(submission: "", item: "e", marker: "m", points: points(300), comment: "")
    var graded = result
    graded.grade?.submission.digest = ""
    return FinalGrading(marks: [mark], policy: policy, now: .now).members(of: graded).map { part in
      Dictionary(
        part.students.map { ($0.id, part.final?.total?.hundredths ?? -1) },
        uniquingKeysWith: { first, _ in first }
      )
    }
  }

  /// Extra points, deductions and more time of one member are that member's alone.
  @Test func membersOfATeamCanDiffer() {
    #expect(members(ClassPolicy()) == [["x": 1300, "y": 1300, "z": 1300]])
    let extra = ClassPolicy(extra: [
      ClassPolicy.ExtraCredit(student: "x", points: points(150), reason: "r"),
      ClassPolicy.ExtraCredit(student: "z", points: points(-500), reason: "r"),
    ])
    #expect(members(extra) == [["x": 1450], ["y": 1300], ["z": 800]])
    var late = Self.perDay(.percentOfEarned(10))
    late.extensions = ["y": .hours(24)]
    #expect(members(late, late: 5) == [["x": 1170, "z": 1170], ["y": 1300]])
  }

  /// What people gave above a maximum that was lowered since is open again, and told.
  @Test(
    arguments: [
      (.mean, [300, 500], nil), (.agree, [500, 500], nil), (.last, [500, 300], 1300),
      (.last, [300, 500], nil), (.mean, [400, 400], 1400),
    ] as [(MarkRule, [Int], Int?)]
  )
  func marksAboveTheMaximum(rule: MarkRule, given: [Int], total: Int?) {
    let marks = given.enumerated().map { place, points in
      Mark(
        submission: "d",
        item: "e",
        marker: "m\(place)",
        points: Points(hundredths: points),
        comment: ""
      )
    }
    var result = ClassResult(students: [], attempt: attempt(late: 0), grade: grade)
    result.grade?.submission.digest = "d"
    let policy = ClassPolicy(markers: rule)
    let final = FinalGrading(marks: marks, policy: policy, now: .now).finished(result)
    #expect(final.final?.total?.hundredths == total)
    #expect(final.unfitMarks.isEmpty == (total != nil))
    #expect(final.final?.open == (total == nil ? .markAboveMaximum : nil))
    #expect(final.marks["e"].map { $0 <= points(400) } ?? true)
  }

  @Test func extraCredit() {
    let policy = ClassPolicy(extra: [
      ClassPolicy.ExtraCredit(student: "03-240396", points: points(150), reason: "a mistake found"),
      ClassPolicy.ExtraCredit(student: "03240396", points: points(-50), reason: "no README"),
      ClassPolicy.ExtraCredit(student: "other", points: points(999), reason: "not this one"),
    ])
    let final = final(policy)
    #expect(final.extra == points(100))
    #expect(final.total == points(1400))
    #expect(final.reasons == ["+1.5 points: a mistake found", "-0.5 points: no README"])
  }

  @Test func neverBelowZero() {
    let policy = ClassPolicy(extra: [
      ClassPolicy.ExtraCredit(student: "03240396", points: points(-9999), reason: "x")
    ])
    #expect(final(policy).total == .zero)
  }

  @Test func bonusItemsAreBeyondTheMaximum() {
    let final = final(ClassPolicy(bonusItems: ["b", "e"]))
    #expect(final.total == points(1300))
    #expect(final.maxScore == points(1200))
  }

  @Test func dropLowest() {
    var policy = ClassPolicy(drop: ClassPolicy.DropRule(lowest: 1, items: ["a", "c", "e"]))
    #expect(final(policy).total == points(1100))
    #expect(final(policy).maxScore == points(1600))
    policy.drop = ClassPolicy.DropRule(lowest: 2, items: ["c", "d", "e"])
    #expect(final(policy).total == points(1100))
    #expect(final(policy).maxScore == points(1200))
    #expect(final(policy, marks: [:]).maxScore == points(2000), "nobody knows yet")
  }

  /// The same raw data give the same grade, and a moved date changes it both ways.
  @Test func nothingIsRemembered() {
    var policy = Self.perDay(.percentOfEarned(10))
    let before = final(policy, late: 10)
    policy.due = Self.due.addingTimeInterval(60)
    #expect(final(policy, late: 10).latePenalty == .zero)
    policy.due = Self.due
    #expect(final(policy, late: 10) == before)
  }

  @Test func namesThatNobodyKnows() {
    let (students, items) = ([Student(id: "03240396", name: "")], grade.tests.map(\.id))
    var policy = ClassPolicy(extensions: ["3-240396": .hours(1)], bonusItems: ["a"])
    #expect(policy.doubts(about: students, items: items) == [])
    policy.extensions["03240397"] = .hours(1)
    policy.drop = ClassPolicy.DropRule(lowest: 1, items: ["b", "bb"])
    #expect(
      policy.doubts(about: students, items: items) == [
        "The policy names a student 03240397, whom nobody knows.",
        "The policy names an item bb: no such.",
      ]
    )
  }

  @Test func courseDropsTheWorst() {
    let grades = [(500, 1000), (90, 100), (1000, 4000)].map { score, maximum in
      FinalGrade(
        machine: points(score),
        marks: .zero,
        latePenalty: .zero,
        extra: .zero,
        total: points(score),
        maxScore: points(maximum),
        reasons: []
      )
    }
    #expect(grades.places(ofLowest: 1) == [2])
    #expect(grades.places(ofLowest: 0) == [])
    #expect(grades.places(ofLowest: 9).count == grades.count - 1, "one is always left")
  }
}
