public import CourseKit
internal import JudgeEvents
internal import XCTest

extension JudgeCase {
  /// The time that all provocations of a test have together: they answer within milliseconds, and
  /// what takes so long hangs.
  static var longestProvocation: Duration { .seconds(2) }

  /// Does something after the test's method, if all that was judged by then is right.
  ///
  /// Here stands what may end the worker without harm: everything else has been asked.
  ///
  /// - Parameter body: Asks and judges as the test's method does.
  public func lastly(_ body: @escaping () throws -> Void) {
    lastActs.append(body)
  }

  /// Asks functions whose answers do not matter: what they leave behind may spoil those of another.
  ///
  /// A function that throws, ends the worker or hangs here costs the test nothing, and no answer is
  /// recorded.
  ///
  /// - Parameter questions: Each asks the worker, once.
  /// - Returns: Whether the worker can still be asked.
  public func provoke(_ questions: [() throws -> Void]) -> Bool {
    let end = ContinuousClock.now + Self.longestProvocation
    provocationEnd = end
    defer { provocationEnd = nil }
    for question in questions {
      do {
        try question()
      } catch is Subject.Failure {
        return false
      } catch {
        // What a student's function throws is an answer.
      }
    }
    return canBeAsked
  }

  /// Asks a question once more after others, for who keeps something between functions.
  ///
  /// It waits until the test's method has returned. An answer that is another than the first, or
  /// that ends the worker, fails the test.
  ///
  /// - Parameters:
  ///   - function: The function as the student calls it.
  ///   - others: Questions to other functions, in groups; the function is asked after each group.
  ///   - first: The answers to the question at first.
  ///   - scales: The unit of each answer.
  ///   - ask: Asks the question.
  public func judgeMemory(
    of function: String,
    after others: [[() throws -> Void]],
    first: [Tensor<Double>],
    scales: [Double],
    ask: @escaping () throws -> [Tensor<Double>]
  ) {
    lastly { [self] in
      for group in others {
        guard provoke(group) else { return }
        guard repeats(try ask(), first, scales: scales) else {
          tell(.notRepeatable(function: function))
          XCTFail("\(function): another answer to the first call after calls of other functions")
          return
        }
      }
    }
  }
}
