/// Sources in which functions of the solution stand in for the student's of the same names.
///
/// The student's stay where they are, under other names that nobody calls: helpers beside them are
/// of use still.
package struct StandIns: Sendable {
  /// The student's files.
  package let own: [Submission.File]
  /// The solution's files.
  package let solution: [Submission.File]
  /// The parts, with the functions in each file of the solution.
  package let parts: [Assignment.Part]

  /// Stand-ins for these files.
  package init(
    for own: [Submission.File],
    from solution: [Submission.File],
    parts: [Assignment.Part]
  ) {
    (self.own, self.solution, self.parts) = (own, solution, parts)
  }

  /// The functions of these that the solution can stand in for: those that the student declares as
  /// the task does, and all of files that are not among the student's.
  package func replaceable(_ functions: Set<String>) -> Set<String> {
    let absent = parts.filter { isAbsent($0) }.flatMap { Self.functions(of: $0) }
    return functions.filter { function in
      absent.contains(function) || own.contains { Self.declares(function, in: $0) }
    }
  }

  /// The sources in which these functions are the solution's.
  ///
  /// - Returns: The sources; nil if the student does not declare one of the functions as the task
  ///   does, or the solution has it not.
  package func sources(of functions: Set<String>) -> [Submission.File]? {
    guard replaceable(functions) == functions else { return nil }
    var files = own
    for function in functions {
      guard let place = files.firstIndex(where: { Self.declares(function, in: $0) }) else {
        continue
      }
      files[place] = Self.renaming([function], to: "public func own_", in: files[place])
    }
    var missing = functions
    for part in parts {
      let names = Self.functions(of: part)
      guard !names.isDisjoint(with: functions),
        let file = solution.first(where: { $0.path.string == part.file }),
        let path = isAbsent(part) ? file.path : RelativePath("solution/\(part.file)")
      else { continue }
      missing.subtract(names)
      // The solution's other functions are for themselves: a chain could ask for the right one.
      let others = isAbsent(part) ? [] : names.subtracting(functions)
      let alone = Self.renaming(others, to: "private func solutions_", in: file)
      files.append(Submission.File(path: path, content: alone.content))
    }
    return missing.isEmpty ? files : nil
  }

  /// The functions that keep a test of a part, by its name, from running.
  package func functions(of part: String, blockedBy blocker: Verdict.Blocker) -> Set<String> {
    switch blocker {
    case .file, .unfit, .missingFile: functions(of: part)
    case .function(let name, _), .unfitFunction(let name, _): [name]
    case .submissionTimeLimit: []
    }
  }

  /// The functions of a part, by its name.
  package func functions(of part: String) -> Set<String> {
    parts.first { $0.name == part }.map(Self.functions) ?? []
  }

  /// True if the student has no such file, or none that compiles: the solution has it all.
  private func isAbsent(_ part: Assignment.Part) -> Bool {
    !own.contains { $0.path.string == part.file }
  }

  private static func functions(of part: Assignment.Part) -> Set<String> {
    Set(part.functions.map { SignatureText(of: $0).name })
  }

  private static func declares(_ function: String, in file: Submission.File) -> Bool {
    !declarations(of: function, in: text(of: file)).isEmpty
  }

  private static func renaming(
    _ functions: Set<String>,
    to start: String,
    in file: Submission.File
  ) -> Submission.File {
    var text = text(of: file)
    for function in functions {
      for place in declarations(of: function, in: text).reversed() {
        text.replaceSubrange(place, with: start + function)
      }
    }
    return Submission.File(path: file.path, content: Array(text.utf8))
  }

  /// The places of a function's declarations up to its name.
  ///
  /// A function that the worker can call is public; others of its name are the student's own.
  private static func declarations(of function: String, in text: String) -> [Range<String.Index>] {
    text.matches(of: /\bpublic\s+func\s+(\w+)/).filter { $0.output.1 == function }.map(\.range)
  }

  private static func text(of file: Submission.File) -> String {
    String(decoding: file.content, as: UTF8.self)
  }
}
