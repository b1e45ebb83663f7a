/// An assignment that an archive could be a hand-in for, and how its files lie in there.
struct AssignmentFit {
  let assignment: IntakeAssignment
  /// The placements to choose from; more than one when they are equally good.
  let placements: [Placement]
  /// The score of the first placement, by the proof of the entries.
  let score: PlacementScore
  /// True if files are in the folders of the assignment, and not only called like its files.
  let isTelling: Bool
  /// Other folders with files of this assignment, which were passed over.
  let passedOver: [Placement]

  /// Fails when no entry is at a listed path, however the archive is read.
  init?(
    _ assignment: IntakeAssignment,
    to entries: [ArchiveEntry],
    without excluded: Set<Int> = []
  ) {
    let all = assignment.placements(of: entries, without: excluded)
    let telling = all.filter { $0.key.added.isEmpty && $0.value.isTelling }
    let best = telling.isEmpty ? Self.mostRequired(all) : Self.shallowest(telling)
    guard let first = best.first, let score = all[first] else { return nil }
    self.assignment = assignment
    self.score = score
    placements = best
    isTelling = !telling.isEmpty
    passedOver = Self.sorted(telling.keys.filter { !best.contains($0) })
  }

  private static func shallowest(_ placements: [Placement: PlacementScore]) -> [Placement] {
    let depth = placements.keys.map(\.stripped.count).min()
    return sorted(placements.keys.filter { $0.stripped.count == depth })
  }

  private static func mostRequired(_ placements: [Placement: PlacementScore]) -> [Placement] {
    let most = placements.values.map(\.required.count).max()
    let best = shallowest(placements.filter { $0.value.required.count == most })
    // One file may fit two folders of the list; it is taken for one of them.
    return best.filter { $0.added == best.first?.added }
  }

  private static func sorted(_ placements: some Sequence<Placement>) -> [Placement] {
    placements.sorted {
      ($0.stripped.joined(separator: "/"), $0.added.count)
        < ($1.stripped.joined(separator: "/"), $1.added.count)
    }
  }
}

extension [AssignmentFit] {
  /// The entries that lie in the folders of these assignments.
  var tellingEntries: Set<Int> {
    filter(\.isTelling).reduce(into: []) { $0.formUnion($1.score.listed) }
  }
}

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

  /// The match of a path with the list; what is near a required name counts as it.
  func match(_ path: RelativePath) -> Match? {
    if requiredFile(near: path) != nil { return .required }
    return patterns.contains { $0.matches(path) } ? .pattern : nil
  }
}
