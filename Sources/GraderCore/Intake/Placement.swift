/// A way to read an archive as the files of an assignment: which folder is the top one.
///
/// An entry below `stripped` counts as the file at `added` plus the rest of its path. `added` is
/// empty unless the student packed a folder from inside the assignment, as `Sources/BatchNorm`.
struct Placement: Hashable {
  let stripped: [String]
  let added: [String]

  /// The most folders round an assignment that are looked through.
  static let maximumStripped = 8

  /// The place that the file would have in the assignment.
  func path(of entry: RelativePath) -> RelativePath? {
    let parts = entry.components
    guard parts.count > stripped.count, parts.starts(with: stripped) else { return nil }
    if stripped.isEmpty, added.isEmpty { return entry }
    return RelativePath(components: added + parts[stripped.count...])
  }

  var strippedName: ShownName { ShownName(stripped.joined(separator: "/")) }
}

/// The quality of a placement for an assignment.
struct PlacementScore {
  /// Indices of the entries that are at a required path.
  var required: Set<Int> = []
  /// Indices of the entries at any listed path.
  var listed: Set<Int> = []
  /// True if one of them is at a place that only a hand-in has: below a folder of the list.
  var isTelling = false
}

extension IntakeAssignment {
  /// Folders that listed files are in, outermost first, as `Sources` and `Sources/BatchNorm`.
  private var innerFolders: [[String]] {
    var folders: [[String]] = []
    for folder in handIn.required.map({ Array($0.folder) }) + handIn.patterns.map(\.folder) {
      for end in folder.indices where !folders.contains(Array(folder[...end])) {
        folders.append(Array(folder[...end]))
      }
    }
    return folders
  }

  /// All ways in which at least one of the entries is at a listed path.
  func placements(
    of entries: [ArchiveEntry],
    without excluded: Set<Int> = []
  ) -> [Placement: PlacementScore] {
    let fronts = [[]] + innerFolders
    var scores: [Placement: PlacementScore] = [:]
    for (index, entry) in entries.enumerated() where !excluded.contains(index) {
      let parts = entry.path.components
      for depth in 0..<min(parts.count, Placement.maximumStripped + 1) {
        for front in fronts {
          let placement = Placement(stripped: Array(parts[..<depth]), added: front)
          guard let path = placement.path(of: entry.path), let match = handIn.match(path) else {
            continue
          }
          scores[placement, default: PlacementScore()].add(index, match, at: path)
        }
      }
    }
    // Below an added folder any name ends like a pattern; only a required name is evidence.
    return scores.filter { $0.key.added.isEmpty || !$0.value.required.isEmpty }
  }
}

extension PlacementScore {
  fileprivate mutating func add(_ index: Int, _ match: HandIn.Match, at path: RelativePath) {
    if match == .required { required.insert(index) }
    listed.insert(index)
    if path.components.count > 1 { isTelling = true }
  }
}

extension HandIn {
  enum Match {
    case required
    case pattern
  }

  /// The match of a path with the list; a required name also counts in other upper and lower case.
  func match(_ path: RelativePath) -> Match? {
    if requiredFile(like: path) != nil { return .required }
    return patterns.contains { $0.matches(path) } ? .pattern : nil
  }
}
