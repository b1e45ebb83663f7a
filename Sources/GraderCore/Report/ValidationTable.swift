/// A validation as text for a terminal: programs by tests.
package enum ValidationTable {
  /// The table, its legend, and the counts.
  package static func text(for validation: Validation) -> String {
    var lines = [legend(validation), "", header(validation)]
    let width = nameWidth(validation)
    lines += validation.subjects.map { row($0, tests: validation.tests, width: width) }
    lines += ["", counts(validation)]
    lines += validation.problems.map { "problem: \($0)" }
    lines += validation.subjects.compactMap { subject in
      subject.problem.map { "problem: \(subject.kind.rawValue) \(subject.name): \($0)" }
    }
    lines += validation.subjects.compactMap(wrongSeeds(of:))
    lines.append(conclusion(validation))
    return lines.joined(separator: "\n")
  }

  private static func conclusion(_ validation: Validation) -> String {
    let isGood = validation.isGood
    guard let only = validation.only else { return isGood ? "valid" : "NOT VALID" }
    let outcome = isGood ? "as declared" : "NOT AS DECLARED"
    return """
      only \(only.joined(separator: ", ")) tried, which is no proof of the suite
      \(outcome)
      """
  }

  /// The seeds to replay a program with; a few are enough.
  private static func wrongSeeds(of subject: Validation.Subject) -> String? {
    guard !subject.wrongSeeds.isEmpty else { return nil }
    let shown = subject.wrongSeeds.prefix(10).map { "\($0)" }.joined(separator: ", ")
    let rest = subject.wrongSeeds.count - 10
    let more = rest > 0 ? " and \(rest) more" : ""
    return "\(subject.kind.rawValue) \(subject.name): not as declared under seeds \(shown)\(more)"
  }

  private static func legend(_ validation: Validation) -> String {
    let names = validation.tests.enumerated().map { "\($0.offset + 1) \($0.element)" }
    let waits = validation.subjects.contains { !$0.notJudged.isEmpty }
    return """
      . keeps all points   x loses points, as declared   F loses points and must not   \
      P keeps points and must not\(waits ? "   - not judged" : "")
      tests: \(names.joined(separator: ", "))
      """
  }

  private static func nameWidth(_ validation: Validation) -> Int {
    validation.subjects.map { "\($0.kind.rawValue) \($0.name)".count }.max() ?? 0
  }

  private static func header(_ validation: Validation) -> String {
    let space = String(repeating: " ", count: nameWidth(validation))
    let numbers = validation.tests.indices.map { cell("\($0 + 1)") }
    return "\(space) \(numbers.joined())"
  }

  private static func cell(_ text: String) -> String {
    String(repeating: " ", count: max(0, 3 - text.count)) + text
  }

  private static func row(_ subject: Validation.Subject, tests: [String], width: Int) -> String {
    let name = "\(subject.kind.rawValue) \(subject.name)"
    let space = String(repeating: " ", count: width - name.count)
    let cells = tests.map { cell(symbol(subject, test: $0)) }
    let named = subject.slipNamed.map { $0 ? "  slip named" : "  slip not named" } ?? ""
    return "\(name)\(space) \(cells.joined())\(named)"
  }

  private static func symbol(_ subject: Validation.Subject, test: String) -> String {
    let losses = subject.losses[test] ?? 0
    if losses == 0, subject.notJudged.contains(test) { return "-" }
    guard subject.expected.contains(test) else { return losses == 0 ? "." : "F" }
    return losses == subject.runs && losses > 0 ? "x" : "P"
  }

  private static func counts(_ validation: Validation) -> String {
    let good = validation.subjects.filter { $0.kind != .mutant && $0.kind != .stub }
    let bad = validation.subjects.filter { $0.kind == .mutant }
    let goodRuns = good.map { $0.runs * validation.tests.count }.reduce(0, +)
    let badRuns = bad.map { $0.runs * $0.expected.count }.reduce(0, +)
    let wrong = """
      wrongly failed: \(good.map(\.falseFails).reduce(0, +)) of \(goodRuns) tests of right code
      wrongly passed: \(bad.map(\.falsePasses).reduce(0, +)) of \(badRuns) tests of planted mistakes
      """
    guard validation.only == nil else {
      return "\(validation.seeds.others) seeds for each program\n\(wrong)"
    }
    return """
      \(validation.seeds.solution) seeds for the solution, \(validation.seeds.others) for each other
      \(wrong)
      slips named: \(bad.filter { $0.slipNamed == true }.count) of \(bad.count)
      oracles: \(validation.oracleTests) tests passed
      """
  }
}
