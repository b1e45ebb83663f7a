package import JudgeEvents

/// The search for a small input on which a student's function is wrong.
package struct ExampleSearch: Codable, Hashable, Sendable {
  /// The outcome of a search.
  package enum Outcome: String, Codable, Hashable, Sendable {
    /// There is such an input.
    case found
    /// Among the small inputs that were tried there is none.
    case none
    /// Nobody looked.
    case notSearched
  }

  /// The reason why nobody looked.
  package enum Reason: String, Codable, Hashable, Sendable {
    /// The questions of the submission were used up.
    case questions
    /// The test has no small inputs: what it is about shows on large ones alone.
    case noSmallInputs
    /// The worker or the machine did not let it.
    case disturbed
  }

  /// The outcome.
  package var outcome: Outcome
  /// The number of questions that were asked; absent if nobody looked.
  package var questions: Int?
  /// The reason why nobody looked; absent otherwise.
  package var reason: Reason?
  /// The smallest input that was found, and what the function does with it.
  package var counterexample: Counterexample?
  /// The signature of its function, as the task gives it; absent where nothing was found.
  package var signature: String?
  /// The part of it that the student sees; absent where nothing was found.
  package var show: Assignment.Counterexamples.Show?

  /// A search that did not take place.
  package init(notSearched reason: Reason) {
    (outcome, self.reason) = (.notSearched, reason)
  }

  /// A search that took so many questions.
  package init(
    questions: Int,
    found: Counterexample?,
    by signature: String?,
    show: Assignment.Counterexamples.Show?
  ) {
    outcome = found == nil ? .none : .found
    self.questions = questions
    guard let found else { return }
    counterexample = found.named(by: signature.map(SignatureText.init))
    (self.signature, self.show) = (signature, show ?? .answers)
  }

  /// A sentence on a search that gave nothing; nil if there is a counterexample.
  package var remark: String? {
    switch (outcome, reason) {
    case (.found, _): nil
    case (.none, _):
      "Among the small inputs that were tried (\(questions ?? 0)) none was found on which it is "
        + "wrong."
    case (.notSearched, .questions):
      "No small input was looked for: other tests took all questions that a submission has."
    case (.notSearched, .noSmallInputs):
      "No small input was looked for: what this test is about does not show on small ones."
    case (.notSearched, _):
      "No small input was looked for: the program or the machine did not let it."
    }
  }

  /// The same without what the student is not to see.
  var forStudents: ExampleSearch {
    guard show == .input else { return self }
    var search = self
    for index in search.counterexample?.results.indices ?? 0..<0 {
      search.counterexample?.results[index].yours = nil
      search.counterexample?.results[index].right = nil
    }
    return search
  }
}

extension Counterexample {
  /// The same with the names of the function's arguments, as its signature gives them.
  fileprivate func named(by signature: SignatureText?) -> Counterexample {
    guard let parameters = signature?.parameters, parameters.count == arguments.count else {
      return self
    }
    var named = self
    for (index, parameter) in parameters.enumerated() {
      named.arguments[index].name = parameter.name
    }
    return named
  }
}
