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
