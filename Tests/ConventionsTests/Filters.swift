extension SourceTree {
  /// A command in a handout that filters tests runs those of one class.
  ///
  /// A filter that nothing matches ends as if all were well, and one that the name of the test
  /// target contains runs everything.
  var filtersThatChooseNone: [String] {
    files.filter { $0.key.wholeMatch(of: #/assignments/[^/]+/README\.md/#) != nil }
      .sorted { $0.key < $1.key }.flatMap { page, text in
        let tests = tests(of: String(page.dropLast("README.md".count)))
        return Self.filters(in: text).compactMap { filter -> String? in
          guard let pattern = try? Regex(filter) else { return "\(page): \(filter) is no filter" }
          let chosen = tests.filter { $0.contains(pattern) }
          let classes = Set(chosen.map { $0.prefix { $0 != "/" } })
          guard classes.count != 1 else { return nil }
          return "\(page): \(filter) chooses \(classes.isEmpty ? "nothing" : "several classes")"
        }
      }
  }

  /// The filters of the commands that stand on lines of their own.
  private static func filters(in page: String) -> [String] {
    page.split(separator: "\n").compactMap { line in
      line.firstMatch(of: #/^swift test .*--filter (\S+)/#).map {
        String($0.1.replacing("'", with: ""))
      }
    }
  }

  /// The tests of a package as `swift test` names them: `Target.Class/method`.
  private func tests(of package: String) -> [String] {
    swiftFiles(below: "\(package)Tests/").flatMap { path, text -> [String] in
      let target = path.dropFirst("\(package)Tests/".count).prefix { $0 != "/" }
      var name: Substring = ""
      return text.split(separator: "\n").compactMap { line in
        if let found = line.firstMatch(of: #/^(?:final )?class (\w+)/#) { name = found.1 }
        return line.firstMatch(of: #/^  func (test\w*)\(/#).map { "\(target).\(name)/\($0.1)" }
      }
    }
  }
}
