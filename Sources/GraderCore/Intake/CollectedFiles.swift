/// The entries of an archive that are files of the assignment, by their path in it.
struct CollectedFiles {
  let handIn: HandIn
  let entries: [ArchiveEntry]
  /// Indices of entries; several for one path are copies.
  private(set) var files: [RelativePath: [Int]] = [:]
  private(set) var repaired: [Repair] = []
  private(set) var notes: [IntakeNote] = []

  /// Places the entries, then looks for what is missing, but not among `foreign` entries, which
  /// belong to other assignments.
  init(_ fit: AssignmentFit, _ entries: [ArchiveEntry], foreign: Set<Int>) {
    handIn = fit.assignment.handIn
    self.entries = entries
    place(Set(fit.placements), without: foreign.subtracting(fit.score.listed))
    repairCase()
    findStrays(without: foreign)
  }

  var missing: [RelativePath] { handIn.required.filter { files[$0] == nil } }

  /// Entries that are taken.
  var used: Set<Int> { Set(files.values.joined()) }

  /// Entries that speak for this assignment: those that are asked for by name, if there are any.
  var evidence: Set<Int> {
    let required = Set(handIn.required.compactMap { files[$0] }.joined())
    return required.isEmpty ? used : required
  }

  private mutating func place(_ placements: Set<Placement>, without excluded: Set<Int>) {
    // The same for all of them.
    let added = placements.first?.added ?? []
    for (index, entry) in entries.enumerated() where !excluded.contains(index) {
      for depth in 0..<min(entry.path.components.count, Placement.maximumStripped + 1) {
        let stripped = Array(entry.path.components[..<depth])
        let placement = Placement(stripped: stripped, added: added)
        guard placements.contains(placement), let path = placement.path(of: entry.path),
          handIn.match(path) != nil
        else { continue }
        files[path, default: []].append(index)
      }
    }
  }

  /// Gives required files that differ from the list in case only their listed name.
  private mutating func repairCase() {
    for (path, indices) in files.sorted(by: { $0.key < $1.key }) where !handIn.lists(path) {
      files[path] = nil
      guard let required = handIn.requiredFile(like: path), files[required] == nil else { continue }
      rename(indices, to: required)
    }
    for required in missing {
      let alike = files.keys.filter { handIn.requiredFile(like: $0) == required }.sorted()
      guard let path = alike.first, let indices = files[path] else { continue }
      guard alike.count == 1 else {
        notes.append(.notRepaired(required, places: alike.map(ShownName.init)))
        continue
      }
      files[path] = nil
      rename(indices, to: required)
    }
  }

  private mutating func rename(_ indices: [Int], to required: RelativePath) {
    files[required] = indices
    guard let first = indices.first else { return }
    repaired.append(.renamed(from: ShownName(entries[first].path), to: required))
  }

  /// Takes a missing file from wherever else its name is, if that is one content only.
  private mutating func findStrays(without foreign: Set<Int>) {
    let isRequired = Set(handIn.required.compactMap { files[$0] }.joined())
    for required in missing {
      let places = entries.indices.filter {
        entries[$0].path.name == required.name && entries[$0].kind == .regular
          && !foreign.contains($0) && !isRequired.contains($0)
      }
      guard let first = places.first else { continue }
      let names = places.map { ShownName(entries[$0].path) }
      guard places.allSatisfy({ entries[$0].content == entries[first].content }) else {
        notes.append(.notRepaired(required, places: names))
        continue
      }
      for (path, indices) in files where !handIn.required.contains(path) {
        let left = indices.filter { !places.contains($0) }
        files[path] = left.isEmpty ? nil : left
      }
      files[required] = places
      repaired.append(.moved(from: names[0], to: required))
    }
  }
}

extension CollectedFiles {
  /// The first reason why these files cannot be graded.
  func problem(within limits: IntakeLimits) -> IntakeProblem? {
    for (path, indices) in files.sorted(by: { $0.key < $1.key }) {
      for index in indices where entries[index].kind != .regular {
        return unusable(entries[index], at: path, limits)
      }
      let contents = indices.map { entries[$0].content }
      if contents.contains(where: { $0 != contents[0] }) {
        return .conflictingCopies(path, places: indices.map { ShownName(entries[$0].path) })
      }
    }
    if UInt64(files.count) > limits.keptFiles {
      return .limit(.keptFiles, maximum: limits.keptFiles, reached: UInt64(files.count), nil)
    }
    let folders = Set(
      files.keys.flatMap { path in
        path.folder.indices.compactMap { RelativePath(components: path.components[...$0]) }
      }
    )
    return files.keys.filter(folders.contains).min().map(IntakeProblem.fileAndFolder)
  }

  private func unusable(
    _ entry: ArchiveEntry,
    at path: RelativePath,
    _ limits: IntakeLimits
  ) -> IntakeProblem {
    guard entry.kind == .oversized else { return .unusable(path, entry.kind) }
    return .limit(.keptFileBytes, maximum: limits.keptFileBytes, reached: entry.size, path)
  }

  /// The files, when there is no problem with them.
  var submittedFiles: [Submission.File] {
    files.compactMap { path, indices in
      indices.first.map { Submission.File(path: path, content: entries[$0].content) }
    }
  }

  /// Tells whether something differs from the handout.
  func isWorkedOn(_ handout: [RelativePath: [UInt8]]) -> Bool {
    files.contains { path, indices in
      indices.contains { entries[$0].content != handout[path] }
    }
  }
}
