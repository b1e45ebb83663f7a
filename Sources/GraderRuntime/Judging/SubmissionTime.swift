import GraderCore

/// The time that a submission has for its tests, by what each took of it.
///
/// It is the same however many tests run at once and however busy the machine is: a test that
/// computed counts with its processor time, one that waited to its end with the clock's limit.
struct SubmissionTime: Sendable {
  let limits: GradingLimits

  /// The seconds that a test took; those that have time of their own take none.
  func seconds(of test: ScoredTest) -> Double {
    guard case .judged(let judged) = test, counts(judged.test) else { return 0 }
    if case .timedOut(.wall(let seconds)) = judged.judgement.verdict { return Double(seconds) }
    return judged.usage?.cpuSeconds ?? 0
  }

  /// Tells whether a test comes too late after others that took so many seconds.
  func isLate(_ test: Assignment.Test, after seconds: Double) -> Bool {
    counts(test) && seconds > Double(limits.submissionWallSeconds)
  }

  /// A test for which there was no time.
  func late(_ test: Assignment.Test) -> ScoredTest {
    let blocker = Verdict.Blocker.submissionTimeLimit(seconds: limits.submissionWallSeconds)
    return .judged(JudgedTest(test, Judgement(verdict: .notRun(blocker))))
  }

  /// The tests in the rubric's order, in which those that ran although others before them had used
  /// up the time did not run.
  func applied(to tests: [ScoredTest]) -> [ScoredTest] {
    var spent = 0.0
    return tests.map { test in
      guard case .judged(let judged) = test, judged.usage != nil, isLate(judged.test, after: spent)
      else {
        spent += seconds(of: test)
        return test
      }
      return late(judged.test)
    }
  }

  private func counts(_ test: Assignment.Test) -> Bool {
    test.limits?.outsideSubmissionTime != true
  }
}
