extension Grade {
  /// The most bytes of JSON that a grade may have.
  package static let mostBytes = 256 << 10

  /// The most bytes of all words of a grade, which facts, figures and JSON's escapes are added to.
  private static let mostWords = 96 << 10

  /// The longest remark on an archive, and the most of a kind.
  private static let (longestNote, mostNotes) = (500, 50)

  /// The same with words cut where there are too many, so that it stays below `mostBytes`: those
  /// for staff first, then the compiler's, then the student's.
  ///
  /// Verdicts, points and facts stay.
  package var capped: Grade {
    var grade = self
    grade.intake.cut(longest: Self.longestNote, most: Self.mostNotes)
    let cuts: [(inout Grade, Int) -> Void] = [
      { $0.cutStaff($1) }, { $0.cutCompiler($1) }, { $0.cutStudents($1) },
    ]
    for cut in cuts {
      for longest in [16 << 10, 4 << 10, 1 << 10, 250] where grade.words > Self.mostWords {
        cut(&grade, longest)
      }
    }
    return grade
  }

  /// The bytes of all words whose length others decide.
  private var words: Int {
    let texts =
      [message, build.diagnostics, submission.name] + build.parts.map(\.message)
      + intake.repaired + intake.notes + (intake.staffNotes ?? [])
      + tests.flatMap { [$0.message, $0.staffMessage ?? ""] }
    return texts.reduce(0) { $0 + $1.utf8.count }
  }

  private mutating func cutStaff(_ longest: Int) {
    for index in tests.indices {
      tests[index].staffMessage = tests[index].staffMessage.map {
        Printable.cut($0, longest: longest)
      }
    }
  }

  private mutating func cutCompiler(_ longest: Int) {
    build.diagnostics = Printable.cut(build.diagnostics, longest: longest)
    for index in build.parts.indices {
      build.parts[index].message = Printable.cut(build.parts[index].message, longest: longest)
    }
  }

  private mutating func cutStudents(_ longest: Int) {
    message = Printable.cut(message, longest: longest)
    for index in tests.indices {
      tests[index].message = Printable.cut(tests[index].message, longest: longest)
    }
  }
}

extension Grade.IntakeRecord {
  fileprivate mutating func cut(longest: Int, most: Int) {
    (repaired, notes) = (Self.cut(repaired, longest, most), Self.cut(notes, longest, most))
    staffNotes = staffNotes.map { Self.cut($0, longest, most) }
  }

  private static func cut(_ notes: [String], _ longest: Int, _ most: Int) -> [String] {
    let kept = notes.prefix(most).map { Printable.cut($0, longest: longest) }
    return notes.count > most ? kept + ["\(notes.count - most) more remarks are left out."] : kept
  }
}
