import Foundation
package import GraderCore

extension ClassPolicy {
  /// The grade that a student gets in the end.
  ///
  /// Made of raw data each time: the machine's grade, people's marks by rubric item, when it was
  /// handed in, and this policy. `total` is nil while an item waits for people, or while nobody
  /// knows how late it was. Due date and extra points are those of the attempt's students. Until
  /// the deadline the reasons do not name tests that wait for it.
  package func finalGrade(
    of grade: Grade,
    attempt: Attempt,
    marks: [String: Points] = [:],
    deadline: Deadline = .unknown
  ) -> FinalGrade {
    var reasons: [String] = []
    let items = counted(grade, marks, deadline, &reasons)
    let machine = items.filter { !$0.isManual }.map { $0.score ?? .zero }.total
    let isWaiting = items.contains { $0.isManual && $0.score == nil }
    let manual = items.filter(\.isManual).compactMap(\.score).total
    let maximum = maximum(of: items, grade)
    let penalty = latePenalty(
      for: attempt,
      earned: machine + manual,
      maximum: maximum,
      &reasons
    )
    let extra = extraPoints(for: attempt.students, &reasons)
    if isWaiting { reasons.append("Part of it is still to be marked by a person.") }
    let open: FinalGrade.Open? = isWaiting ? .marks : penalty == nil ? .lateness : nil
    let taken = (penalty ?? .zero).hundredths
    let total = machine.hundredths + manual.hundredths - taken + extra.hundredths
    return FinalGrade(
      machine: machine,
      marks: isWaiting ? nil : manual,
      latePenalty: penalty ?? .zero,
      extra: extra,
      total: open == nil ? Points(hundredths: max(0, total)) : nil,
      maxScore: maximum,
      reasons: reasons,
      open: open
    )
  }

  // MARK: Items

  /// One row of the rubric with what it got.
  private struct Item {
    var id: String
    /// Its title; nil if its students must not see it now.
    var title: String?
    var isManual: Bool
    /// Nil while it waits.
    var score: Points?
    var maximum: Points

    var share: Double {
      maximum.hundredths == 0 ? 1 : Double(score?.hundredths ?? 0) / Double(maximum.hundredths)
    }
  }

  /// The rows that count.
  private func counted(
    _ grade: Grade,
    _ marks: [String: Points],
    _ deadline: Deadline,
    _ reasons: inout [String]
  ) -> [Item] {
    let items = grade.tests.map { test in
      let isManual = test.status.isPending
      return Item(
        id: test.id,
        title: test.visibility.showing(deadline) == .now ? test.title : nil,
        isManual: isManual,
        score: isManual ? marks[test.id] : test.score,
        maximum: test.maxScore
      )
    }
    guard let drop, drop.lowest > 0 else { return items }
    let concerned = items.indices.filter { drop.items.contains(items[$0].id) }
    // While one of them waits nobody knows which is the worst.
    guard concerned.allSatisfy({ items[$0].score != nil }) else { return items }
    let worst = concerned.sorted { (items[$0].share, $0) < (items[$1].share, $1) }
      .prefix(min(drop.lowest, concerned.count))
    reasons += worst.sorted().map {
      "\(items[$0].title ?? "A test that is not shown here") does not count: it went worst."
    }
    return items.indices.filter { !worst.contains($0) }.map { items[$0] }
  }

  /// The points that could be reached; a grade without rows says it itself.
  private func maximum(of items: [Item], _ grade: Grade) -> Points {
    guard !items.isEmpty else { return (grade.maxScore ?? .zero) + grade.pendingPoints }
    return items.filter { !bonusItems.contains($0.id) }.map(\.maximum).total
  }

  // MARK: Lateness

  /// The points that lateness takes; nil while nobody knows how late it was.
  private func latePenalty(
    for attempt: Attempt,
    earned: Points,
    maximum: Points,
    _ reasons: inout [String]
  ) -> Points? {
    guard let late else { return .zero }
    if attempt.students.contains(where: { extended($0) == .onTime }) { return .zero }
    guard let due = due(for: attempt.students), let time = attempt.submittedAt else {
      return penaltyIfUnknown(late, attempt, earned: earned, maximum: maximum, &reasons)
    }
    let seconds = Self.lateness(of: time, due: due)
    let how = Self.span(seconds) + " late" + (attempt.timeOrigin.map { " by \($0.words)" } ?? "")
    if let closes = late.closesAfter, seconds > closes {
      reasons.append("It was handed in \(how), when nothing counted any more.")
      return earned
    }
    let units = late.units(seconds: seconds)
    guard units > 0 else { return .zero }
    let penalty = late.penalty(units: units, earned: earned, maximum: maximum)
    let counted = "\(units) \(late.unit.rawValue)\(units == 1 ? "" : "s")"
    reasons.append(
      "It was handed in \(how), which counts as \(counted): \(penalty) points less."
    )
    return penalty
  }

  private func penaltyIfUnknown(
    _ late: LateRule,
    _ attempt: Attempt,
    earned: Points,
    maximum: Points,
    _ reasons: inout [String]
  ) -> Points? {
    guard attempt.isMarkedLate == true else { return .zero }
    // The source knows the class's date alone.
    if let due, self.due(for: attempt.students) != due {
      reasons.append(
        "It was late for the class, there is an extension, and nothing says when it came: whether "
          + "it was late is still to be decided by a person."
      )
      return nil
    }
    guard let units = late.unitsIfUnknown else {
      reasons.append("It was late, and nobody knows how late: nothing is taken away.")
      return .zero
    }
    let penalty = late.penalty(units: units, earned: earned, maximum: maximum)
    reasons.append("It was late, and nobody knows how late: \(penalty) points less.")
    return penalty
  }

  /// A time span for people, such as `1 d 2 h`, never longer than it is.
  static func span(_ seconds: Double) -> String {
    let whole = Int(seconds)
    let parts = [
      (whole / 86_400, "d"), (whole / 3600 % 24, "h"), (whole / 60 % 60, "min"), (whole % 60, "s"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "0 s" : parts.prefix(2).joined(separator: " ")
  }

  // MARK: Extra points

  private func extraPoints(for students: [String], _ reasons: inout [String]) -> Points {
    let ids = Set(students + students.map { StudentNumber.normalized($0) })
    let granted = extra.filter {
      ids.contains($0.student) || ids.contains(StudentNumber.normalized($0.student))
    }
    for grant in granted {
      let sign = grant.points < .zero ? "" : "+"
      reasons.append("\(sign)\(grant.points) points: \(grant.reason)")
    }
    return granted.map(\.points).total
  }
}
