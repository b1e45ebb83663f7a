import GraderCore

/// No system's names: a folder for each student, or an archive for each.
struct PlainDialect: Dialect {
  /// The names of all archives that stand for themselves, without endings.
  private let stems: Set<String>

  init(_ listing: [ListedPath]) {
    stems = Set(listing.filter(\.isFlat).map { FileNames.stem($0.name) })
  }

  func kind(of path: ListedPath) -> DownloadKind? {
    guard path.isFlat else { return .folders }
    return FileNames.isArchive(path.name) ? .archives : nil
  }

  func piece(_ path: ListedPath) -> Piece? {
    guard path.isFlat else {
      let file = Delivery.File(path: path.path, name: path.inner)
      return .file(delivery(owner: path.unit, named: path.unit), file)
    }
    guard FileNames.isArchive(path.name) || NameMarks.ends(path.name, with: ".swift") else {
      return nil
    }
    var name = FileNames.stem(path.name)
    // Without an original it is no copy: `team-1` and `team-2` are two teams.
    while let first = NameMarks.lastCopy(of: name), stems.contains(first.name) {
      name = first.name
    }
    let file = Delivery.File(path: path.path, name: String(path.name))
    return .file(delivery(owner: path.name, named: name[...]), file)
  }

  /// A file of which nothing but a person's name in its own says whose it is.
  func document(_ path: String) -> Delivery {
    let name = FileNames.stem(path.split(separator: "/").last ?? "")
    var delivery = delivery(owner: path[...], named: name[...])
    delivery.files = [Delivery.File(path: path, name: path)]
    return delivery
  }

  private func delivery(owner: Substring, named name: Substring) -> Delivery {
    Delivery(owner: String(owner), label: String(name), claims: [Claim(.any, name)])
  }
}
