/// `Full Name_id_assignsubmission_file/...`, with or without an underscore or the slash.
///
/// The number is the participant's for this assignment, as in the grading worksheet. Moodle 4 gives
/// a team's folder the group's name and number, Moodle 3 the group's and a member's name with a
/// hyphen between them and the member's number. Moodle makes spaces of underscores in names, so the
/// last part before the plugin's name is always the number.
struct MoodleDialect: Dialect {
  private static let infix = "_assignsubmission_"

  func kind(of path: ListedPath) -> DownloadKind? { parsed(path)?.kind }

  func piece(_ path: ListedPath) -> Piece? { parsed(path).map { .file($0.delivery, $0.file) } }

  private func parsed(
    _ path: ListedPath
  ) -> (kind: DownloadKind, delivery: Delivery, file: Delivery.File)? {
    guard let infix = path.unit.firstRange(of: Self.infix),
      let (name, id) = owner(path.unit[..<infix.lowerBound])
    else { return nil }
    let tail = path.unit[infix.upperBound...]
    guard let plugin = ["file", "onlinetext"].first(where: tail.hasPrefix),
      let (kind, fileName) = placed(tail.dropFirst(plugin.count), path)
    else { return nil }
    let file = Delivery.File(
      path: path.path,
      name: fileName,
      isOfTheSource: plugin == "onlinetext"
    )
    return (kind, delivery(name, id: id), file)
  }

  /// The name and the number, which the folder of all who are in no team has not.
  private func owner(_ head: Substring) -> (name: Substring, id: Substring?)? {
    guard let underscore = head.lastIndex(of: "_") else {
      return head.isEmpty ? nil : (head, nil)
    }
    let id = head[head.index(after: underscore)...]
    return id.isDigits ? (head[..<underscore], id) : nil
  }

  /// The generation, and the file's own path.
  private func placed(_ rest: Substring, _ path: ListedPath) -> (DownloadKind, String)? {
    if path.isFlat {
      guard rest.hasPrefix("_"), rest.count > 1 else { return nil }
      return (.moodleFlat, String(rest.dropFirst()))
    }
    switch rest {
    case "": return (.moodle, path.inner)
    case "_": return (.moodleUnderscore, path.inner)
    default: return nil
    }
  }

  private func delivery(_ name: Substring, id: Substring?) -> Delivery {
    let label = name.isEmpty ? "participant \(id ?? "")" : String(name)
    return Delivery(
      // A team's number may be a participant's too.
      owner: [label, id.map(String.init)].compactMap(\.self).joined(separator: "_"),
      sourceID: id.map(String.init),
      label: label,
      claims: [
        id.map { Claim(.participant, $0, of: "id") },
        HiddenNames.words.contains(NameKey.exact(name)) ? nil : Claim(.name, name),
      ].compactMap(\.self)
    )
  }
}
