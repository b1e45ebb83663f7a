package import GraderCore

/// The words of a run over a class while it goes on, and at its end.
package enum BatchText {
  /// An attempt that is being worked on.
  package struct Current: Equatable, Sendable {
    /// The name of its owner.
    package var name: String
    /// For how long.
    package var seconds: Double

    package init(name: String, seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }

  /// The line that a terminal shows: count, rate, time left, what is being worked on.
  ///
  /// It has at most `width` columns.
  package static func status(
    _ tally: BatchTally,
    current: [Current],
    seconds: Double,
    width: Int
  ) -> String {
    var line = "\(tally.done)/\(tally.total)"
    let worked = tally.done - tally.unchanged
    if worked > 0, seconds > 0 {
      let rate = Double(worked) / seconds
      line += "  \(rounded(rate)) a second"
      line += "  \(duration(Double(tally.total - tally.done) / rate)) left"
    }
    if !tally.withheld.isEmpty { line += "  \(tally.withheld.count) withheld" }
    for item in current.sorted(by: { $0.seconds > $1.seconds }) {
      line += "  \(Printable.line(item.name, longest: 24)) \(duration(item.seconds))"
    }
    return line.count <= width ? line : String(line.prefix(max(1, width - 1))) + "…"
  }

  /// The line that a log keeps of an attempt with a grade.
  package static func finished(
    name: String,
    grade: Grade,
    tally: BatchTally,
    how: String
  ) -> String {
    let place = "\(tally.done)/\(tally.total)"
    let score = grade.maxScore.map { "\(grade.score)/\($0)" } ?? "\(grade.score)"
    let state = grade.status == .graded ? "" : ", \(phrase(grade.status))"
    return "\(place)  \(Printable.line(name, longest: 60))  \(score)\(state)  (\(how))"
  }

  /// The line that a log keeps of an attempt without a grade.
  package static func finished(_ withheld: BatchTally.Withheld, tally: BatchTally) -> String {
    let reason = withheld.reason.split(separator: "\n").first.map(String.init) ?? ""
    return "\(tally.done)/\(tally.total)  \(Printable.line(withheld.name, longest: 60))  "
      + "withheld: \(Printable.line(reason, longest: 300))"
  }

  /// The account of the whole class.
  ///
  /// - Parameters:
  ///   - tally: The counts.
  ///   - odd: Whose submissions could not be graded as they should be, by status.
  ///   - findings: Sentences on grades that are open.
  ///   - seconds: How long it took; nil if nobody waited for it.
  ///   - folder: Where the results are.
  ///   - remark: A sentence on grades that another suite would change.
  /// - Returns: Some lines.
  package static func summary(
    _ tally: BatchTally,
    odd: [Grade.Status: [String]] = [:],
    findings: [String] = [],
    seconds: Double?,
    folder: String,
    remark: String? = nil
  ) -> String {
    var counts = ["\(tally.graded) graded"]
    if tally.shared > 0 { counts.append("\(tally.shared) with the same content as another") }
    if tally.unchanged > 0 { counts.append("\(tally.unchanged) graded before") }
    if !tally.withheld.isEmpty { counts.append("\(tally.withheld.count) withheld") }
    let left = tally.total - tally.done
    if left > 0 { counts.append("\(left) left") }
    let time = seconds.map { "; \(duration($0))" } ?? ""
    var lines = ["\(tally.total) submissions: \(counts.joined(separator: ", "))\(time)."]
    for (status, names) in odd.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append("To look at: \(names.count) with the state \"\(phrase(status))\"")
      lines.append("  \(list(names.sorted()))")
    }
    lines += findings
    if !tally.notes.isEmpty {
      lines.append("Remarks on archives, for staff: \(tally.notes.count); see the report.")
      lines += tally.notes.prefix(10).map { note in
        "  \(Printable.line(note.name, longest: 60)): \(Printable.line(note.text, longest: 300))"
      }
    }
    for (reason, names) in reasons(of: tally.withheld) {
      lines.append("Withheld, which is not the students' fault: \(reason)")
      lines.append("  \(list(names))")
    }
    if tally.done < tally.total || !tally.withheld.isEmpty {
      lines.append("The same command goes on from here.")
    }
    if let remark { lines.append(remark) }
    lines.append("Results: \(folder)")
    return lines.joined(separator: "\n")
  }

  /// Lines on hand-ins that could not be taken in, and on those that are nobody's.
  package static func open(_ attempts: [Attempt]) -> [String] {
    let (taken, troubled) = (
      attempts.filter { $0.trouble == nil }, attempts.filter { $0.trouble != nil }
    )
    var lines: [String] = []
    if !troubled.isEmpty {
      lines.append(
        "Not taken in, so that the grade is open: \(troubled.count). Ask for these hand-ins again, "
          + "or repair the download; intake.txt lists all."
      )
      lines += troubled.prefix(10).map { attempt in
        let whose = attempt.students.isEmpty ? ["nobody's"] : attempt.students
        return "  \(Printable.line(whose.joined(separator: ", "), longest: 80)): "
          + Printable.line("\(attempt.originalName): \(attempt.trouble ?? "")", longest: 300)
      }
    }
    if !taken.isEmpty {
      lines.append("Nobody knows whose: \(taken.count). Complete the roster, or rename:")
      lines.append("  \(list(taken.map { "\($0.label): \($0.originalName)" }))")
    }
    return lines
  }

  /// Lines on grades that are open until somebody grades or marks more.
  ///
  /// - Parameters:
  ///   - results: Everybody's, with final grades.
  ///   - command: Grades what the policy needs.
  ///   - folder: Where the results are.
  /// - Returns: Some lines; none if nothing is open.
  package static func open(_ results: [FinalResult], command: String, folder: String) -> [String] {
    var lines: [String] = []
    let ungraded = results.filter { result in
      if case .notGraded? = result.open { return true }
      return false
    }
    if let sentence = ungraded.first?.open?.sentence {
      lines.append("\(sentence) Open until then, and not returned: \(ungraded.count).")
      lines.append("  \(list(ungraded.map(\.shown)))")
      lines.append("  `\(command)` grades what is missing.")
    }
    let unfit = results.filter { !$0.unfitMarks.isEmpty }
    if !unfit.isEmpty {
      lines.append(
        "Marks above the maximum, which has changed, are open again: \(unfit.count). "
          + "`grader marks export \(ShellWord.quoted(folder))` gives these answers out again."
      )
      lines += unfit.prefix(10).map { result in
        let marks = result.unfitMarks.map { unfit in
          "\(unfit.mark.points) of \(unfit.maximum) for \(unfit.mark.item)"
        }
        return "  \(Printable.line(result.shown, longest: 60)): \(marks.joined(separator: ", "))"
      }
    }
    return lines
  }

  /// A sentence on so many grades that stand and are by an earlier suite; nil if there are none.
  package static func earlierSuites(_ count: Int, folder: String) -> String? {
    guard count > 0 else { return nil }
    return (count == 1 ? "1 grade is" : "\(count) grades are")
      + " by a hidden suite that has changed since, and as before. "
      + "`grader regrade \(folder) --dry-run` says what a regrade would change."
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(10).map { Printable.line($0, longest: 60) }
    return shown.joined(separator: ", ") + (names.count > 10 ? " and \(names.count - 10) more" : "")
  }

  private static func reasons(
    of withheld: [BatchTally.Withheld]
  ) -> [(reason: String, names: [String])] {
    let groups = Dictionary(grouping: withheld, by: \.reason)
    return groups.map { (Printable.line($0, longest: 500), $1.map(\.name).sorted()) }
      .sorted { ($1.names.count, $0.reason) < ($0.names.count, $1.reason) }
  }

  /// A status in words.
  static func phrase(_ status: Grade.Status) -> String {
    switch status {
    case .graded: "graded"
    case .didNotBuild: "does not build"
    case .unreadable: "cannot be read"
    case .incomplete: "some tests could not run"
    }
  }

  /// A length of time for people.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e7 else { return "?" }
    if seconds < 9.95 { return "\(rounded(seconds)) s" }
    let whole = Int(seconds.rounded())
    if whole < 120 { return "\(whole) s" }
    if whole < 7200 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  /// With one decimal.
  private static func rounded(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
