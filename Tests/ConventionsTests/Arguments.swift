extension SourceTree {
  /// A page that lists the arguments of a suite's functions lists each of them once, as drawn or as
  /// free for a reason.
  var argumentsOutsideTheList: [String] {
    files.filter { $0.key.hasPrefix("reference/") && $0.key.hasSuffix("/README.md") }
      .sorted { $0.key < $1.key }.flatMap { page, text -> [String] in
        let rubric = page.replacing("/README.md", with: "/assignment.yaml")
        guard text.contains("\n## Arguments\n"), let signatures = files[rubric] else { return [] }
        let declared = Arguments.declared(in: signatures)
        let listed = Arguments.listed(in: text)
        return declared.filter { !listed.contains($0) }.map { "\(page) does not list \($0)" }
          + listed.filter { !declared.contains($0) }.map { "\(page) lists \($0), which is none" }
          + Set(listed.filter { one in listed.count { $0 == one } > 1 }).sorted()
          .map { "\(page) lists \($0) twice" }
          + Arguments.unexplained(in: text).map { "\(page) does not say why \($0) is free" }
      }
  }
}

/// The arguments of an assignment's functions.
private enum Arguments {
  /// All of `assignment.yaml`, as `function argument`.
  static func declared(in rubric: String) -> [String] {
    rubric.split(separator: "\n").flatMap { line -> [String] in
      guard let match = line.firstMatch(of: #/- "(?<function>\w+)\((?<list>.*?)\) throws/#) else {
        return []
      }
      return match.list.matches(of: #/(?:^|, )(?:inout )?(?:_ )?(?<name>\w+)(?: \w+)?: /#).map {
        "\(match.function) \($0.name)"
      }
    }
  }

  /// All that a page lists.
  static func listed(in page: String) -> [String] {
    rows(in: page).map { "\($0.function) \($0.argument)" }
  }

  /// Those that are neither drawn nor free for a reason.
  static func unexplained(in page: String) -> [String] {
    rows(in: page).filter { $0.word.wholeMatch(of: #/drawn(, .+)?|free, because .+/#) == nil }
      .map { "\($0.function) \($0.argument)" }
  }

  private static func rows(
    in page: String
  ) -> [(function: Substring, argument: Substring, word: Substring)] {
    page.split(separator: "\n").compactMap { line in
      line.wholeMatch(of: #/\| `(\w+)` \| `(\w+)` \| (.*) \|/#).map { ($0.1, $0.2, $0.3) }
    }
  }
}
