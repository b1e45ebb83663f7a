/// `Full Name_id_assignsubmission_file/...`, with or without an underscore or the slash.
///
/// The number is the participant's for this assignment, as in the grading worksheet. Moodle makes
/// spaces of underscores in names, so the last part before the plugin's name is always the number.
struct MoodleDialect: Dialect {
  private static let infix = "_assignsubmission_"

  func kind(of path: ListedPath) -> DownloadKind? { parsed(path)?.kind }

  func piece(_ path: ListedPath) -> Piece? { parsed(path).map { .file($0.delivery, $0.file) } }

  private func parsed(
    _ path: ListedPath
  ) -> (kind: DownloadKind, delivery: Delivery, file: Delivery.File)? {
    guard let infix = path.unit.firstRange(of: Self.infix),
      let underscore = path.unit[..<infix.lowerBound].lastIndex(of: "_")
    else { return nil }
    let name = path.unit[..<underscore]
    let id = path.unit[path.unit.index(after: underscore)..<infix.lowerBound]
    let tail = path.unit[infix.upperBound...]
    guard id.isDigits, let plugin = ["file", "onlinetext"].first(where: tail.hasPrefix),
      let (kind, fileName) = placed(tail.dropFirst(plugin.count), path)
    else { return nil }
    let file = Delivery.File(
      path: path.path,
      name: fileName,
      isOfTheSource: plugin == "onlinetext"
    )
    return (kind, delivery(name, id: id), file)
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

  private func delivery(_ name: Substring, id: Substring) -> Delivery {
    var claims = [Claim(.sourceID, id)]
    if !["Participant", "参加者"].contains(name) {
      claims.append(Claim(.name, name))
      // A local change that is seen in Japan puts the user's name before the person's.
      if let first = name.split(separator: " ").first, first != name,
        first.contains(where: \.isNumber)
      {
        claims.append(Claim(.any, first))
        claims.append(Claim(.name, name.dropFirst(first.count + 1)))
      }
    }
    return Delivery(
      owner: String(id),
      sourceID: String(id),
      label: name.isEmpty ? "participant \(id)" : String(name),
      claims: claims
    )
  }
}
