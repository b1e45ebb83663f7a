extension Grade {
  /// The grade with what the rubric says now about tests whose results still stand.
  ///
  /// A test that gave all of its points gives all of them again.
  package func rescored(
    by assignment: Assignment,
    suiteDigest: String,
    fingerprint: String
  ) -> Grade {
    let known = standing(by: assignment)
    var grade = self
    grade.tests = assignment.tests.compactMap { known[$0.id] }
    let old = Dictionary(tests.map { ($0.id, $0) }) { first, _ in first }
    grade.tests += assignment.pending.compactMap { item in
      var row = old[item.id]
      row?.title = item.title
      row?.maxScore = item.points
      return row
    }
    grade.score = grade.tests.score
    grade.maxScore = assignment.maxScore
    grade.pendingPoints = assignment.pendingPoints
    grade.provenance.suiteDigest = suiteDigest
    grade.provenance.fingerprint = fingerprint
    return grade
  }

  /// Results under what the rubric says now, by test.
  package func standing(by assignment: Assignment) -> [String: TestResult] {
    let old = Dictionary(tests.map { ($0.id, $0) }) { first, _ in first }
    var standing: [String: TestResult] = [:]
    for test in assignment.tests {
      guard var row = old[test.id] else { continue }
      if row.score == row.maxScore, row.status == .passed { row.score = test.points }
      (row.title, row.part) = (test.title, test.part)
      row.maxScore = test.points
      row.visibility = test.visibility
      standing[test.id] = row
    }
    return standing
  }
}
