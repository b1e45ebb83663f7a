import GraderCore

/// The meaning of files' names.
package enum FileNames {
  /// Tells whether the name is one of an archive; one that cannot be read counts too, so that its
  /// student is told.
  package static func isArchive(_ name: some StringProtocol) -> Bool {
    archiveEnding(of: name) != nil
  }

  /// The name without the endings of archives and files.
  package static func stem(_ name: some StringProtocol) -> String {
    if let ending = archiveEnding(of: name) { return String(name.dropLast(ending.count)) }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return String(name) }
    return String(name[..<dot])
  }

  /// The ending of an archive's name, if that is not all of it.
  private static func archiveEnding(of name: some StringProtocol) -> String? {
    guard let ending = ArchiveEnding(of: name), ending.isArchive, name.count > ending.text.count
    else { return nil }
    return ending.text
  }

  /// Tells whether systems leave such files behind by themselves.
  package static func isLitter(_ components: some Collection<Substring>) -> Bool {
    components.contains { name in
      name.hasPrefix("._") || ["__MACOSX", ".DS_Store"].contains(name)
        || ["thumbs.db", "desktop.ini"].contains(name.lowercased())
    }
  }

  /// Tells whether a file is part of an answer, when no archive holds it; for which part of which
  /// one, intake decides.
  package static func isAnswer(_ name: some StringProtocol) -> Bool {
    [".swift", ".md"].contains { NameMarks.ends(name, with: $0) }
  }

  /// Tells whether nothing below such a folder is ever graded.
  package static func isNeverGraded(folder name: some StringProtocol) -> Bool {
    [".build", ".git", ".swiftpm", "DerivedData", "node_modules", ".svn", ".hg"]
      .contains(String(name))
  }

  /// Tells whether nothing at such a path is ever graded.
  static func isPassedOver(_ path: String) -> Bool {
    path.split(separator: "/").contains { isNeverGraded(folder: $0) }
  }

  /// Splits names of files as people do: at everything that is neither letter nor digit.
  static func words(_ text: some StringProtocol) -> [Substring] {
    Substring(text).split { !($0.isLetter || $0.isNumber) }
  }
}
