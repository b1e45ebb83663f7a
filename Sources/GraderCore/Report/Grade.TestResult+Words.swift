extension Grade.TestResult {
  /// The result of a test, put into words now that nothing changes it any more.
  ///
  /// - Parameters:
  ///   - test: The test with its points.
  ///   - build: What became of the code.
  ///   - places: The lines of the student's functions, if they are known.
  package init(_ test: ScoredTest, build: Grade.BuildRecord, places: FunctionPlaces? = nil) {
    switch test {
    case .standing(let result): self = result
    case .judged(let judged): self.init(judged, build: build, places)
    }
  }

  private init(_ judged: JudgedTest, build: Grade.BuildRecord, _ places: FunctionPlaces?) {
    let (test, status) = (judged.test, judged.judgement.verdict.kind)
    var facts = Grade.Facts(judged.judgement)
    var compiler: String?
    switch facts.blocker {
    case .file(let path), .unfit(let path):
      compiler = build.parts.first { $0.file == path }?.message
      facts.place = Grade.Place(of: compiler, in: path)
    case .function(let name, let path), .unfitFunction(let name, let path):
      let part = build.parts.first { $0.file == path }
      compiler = part?.functions?.first { $0.name == name }?.message
      facts.place = Grade.Place(of: compiler, in: path)
    case .missingFile, .submissionTimeLimit, nil: break
    }
    let message = StudentText.message(status, facts, compiler: compiler)
    // Beside the words, which speak of a place only where something ended.
    if facts.isAnswerAlone(status) { facts.place = places?.place(of: judged) }
    self.init(
      id: test.id,
      title: test.title,
      part: test.part,
      status: status,
      score: judged.score,
      maxScore: test.points,
      visibility: test.visibility,
      facts: facts == Grade.Facts() ? nil : facts,
      message: message,
      staffMessage: StaffText.message(for: judged),
      // What ended in a stub has not run.
      usage: status == .notRun ? nil : judged.usage
    )
  }

  /// The row of what waits for a person.
  package init(_ item: Assignment.PendingItem, isMissing: Bool) {
    var facts = Grade.Facts()
    if isMissing { facts.blocker = .missingFile(item.file) }
    self.init(
      id: item.id,
      title: item.title,
      status: .pending,
      score: .zero,
      maxScore: item.points,
      visibility: .visible,
      facts: isMissing ? facts : nil,
      message: StudentText.message(.pending, facts),
      staffMessage: "",
      usage: nil
    )
  }
}

extension Grade.Place {
  /// The place that the compiler's words begin with; nil if they name none.
  fileprivate init?(of words: String?, in path: String) {
    guard let words, let line = Diagnostics.line(in: words, of: path) else { return nil }
    self.init(file: path, line: line)
  }
}

extension Grade.Facts {
  /// True where points were lost and nothing ended at a place of its own.
  fileprivate func isAnswerAlone(_ status: Verdict.Kind) -> Bool {
    switch status {
    case .failed, .partial, .timedOut, .badReply:
      place == nil && crash == nil && memoryLimitMiB == nil && blocker == nil
    case .passed, .crashed, .outOfMemory, .pending, .notRun, .notJudged: false
    }
  }
}
