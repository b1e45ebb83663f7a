/// The entries of an archive that are files of the assignment, by their path in it.
struct CollectedFiles {
  let handIn: HandIn
  let entries: [ArchiveEntry]
  /// Indices of entries; several for one path are copies.
  private(set) var files: [RelativePath: [Int]] = [:]
  private(set) var repaired: [Repair] = []
  private(set) var notes: [IntakeNote] = []
  /// Entries that could have been a required file, and for which another was taken.
  private(set) var outdone: Set<Int> = []
  /// The required files as they are handed out.
  private let handout: [RelativePath: [UInt8]]
  /// Paths that are called like copies of a required file, and are none.
  private var helpers: [RelativePath: RelativePath] = [:]

  /// Places the entries, then looks for what is missing, but not among `foreign` entries, which
  /// belong to other assignments.
  init(_ fit: AssignmentFit, _ entries: [ArchiveEntry], foreign: Set<Int>) {
    handIn = fit.assignment.handIn
    self.entries = entries
    handout = fit.assignment.handout
    place(Set(fit.placements), without: foreign.subtracting(fit.score.listed))
    repairNames()
    findStrays(without: foreign)
    leaveOutCopies()
    noteHelpers()
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

  // MARK: Files under other names

  /// Entries at one place that a required file may be taken from.
  private struct Candidate {
    var name: NearName
    var indices: [Int]
  }

  /// Takes missing files from their own folder, under names that are near theirs.
  private mutating func repairNames() {
    var candidates: [RelativePath: [Candidate]] = [:]
    for (path, indices) in files.sorted(by: { $0.key < $1.key }) {
      guard let (required, name) = handIn.requiredFile(near: path), files[required] == nil else {
        continue
      }
      if isHelper(indices, named: name, beside: required, at: path) {
        helpers[path] = required
      } else {
        candidates[required, default: []].append(Candidate(name: name, indices: indices))
      }
    }
    for (required, found) in candidates.sorted(by: { $0.key < $1.key }) {
      take(required, from: found) { .renamed(from: $0, to: required) }
    }
  }

  /// Takes a missing file from wherever else its name is, or one near it.
  private mutating func findStrays(without foreign: Set<Int>) {
    for required in missing {
      let listed = ListedName(required.name)
      let taken = Set(handIn.required.compactMap { files[$0] }.joined()).union(outdone)
      let found = entries.indices.compactMap { index -> Candidate? in
        let entry = entries[index]
        guard entry.kind == .regular, !foreign.contains(index), !taken.contains(index),
          let name = NearName(entry.path.name, of: listed),
          name.copies.isEmpty || declares(functionsOf: required, index) != false
        else { return nil }
        return Candidate(name: name, indices: [index])
      }
      take(required, from: found) { .moved(from: $0, to: required) }
    }
  }

  /// Takes a required file from the candidate that is meant the soonest, if that is one content
  /// only; the others are left out.
  private mutating func take(
    _ required: RelativePath,
    from candidates: [Candidate],
    as repair: (ShownName) -> Repair
  ) {
    guard let best = candidates.min(by: { $0.name.precedes($1.name) }) else { return }
    let closest = candidates.filter { !best.name.precedes($0.name) }
    let places = closest.flatMap(\.indices)
    for candidate in candidates { release(candidate.indices) }
    let isOne = places.allSatisfy { entries[$0].content == entries[places[0]].content }
    guard isOne || closest.count == 1 else {
      outdone.formUnion(candidates.flatMap(\.indices))
      return notes.append(.notRepaired(required, places: places.map(shown)))
    }
    files[required] = places
    repaired.append(repair(shown(places[0])))
    let others = candidates.flatMap(\.indices).filter { !places.contains($0) }
    leaveOut(others, for: required)
  }

  /// Leaves out what is a copy of a required file that is there: compiled beside it, every function
  /// would be declared twice.
  private mutating func leaveOutCopies() {
    var copies: [RelativePath: [Int]] = [:]
    for (path, indices) in files.sorted(by: { $0.key < $1.key })
    where !handIn.required.contains(path) {
      let near = handIn.requiredFile(near: path) ?? handIn.requiredFile(named: path.name)
      guard let required = near?.file, let own = files[required]?.first,
        !handIn.lists(path) || indices.contains(where: { repeats(own, of: required, $0) })
      else { continue }
      release(indices)
      copies[required, default: []] += indices
    }
    for (required, indices) in copies.sorted(by: { $0.key < $1.key }) {
      leaveOut(indices, for: required)
    }
  }

  private mutating func noteHelpers() {
    for (path, required) in helpers.sorted(by: { $0.key < $1.key }) where files[required] == nil {
      notes.append(.takenForHelper((files[path]?.first).map(shown) ?? ShownName(path), required))
    }
  }

  /// Tells whether an entry says again what the one that was taken for a required file says.
  private func repeats(_ own: Int, of required: RelativePath, _ index: Int) -> Bool {
    if entries[index].content == entries[own].content { return true }
    guard let wanted = functions(of: required) else { return false }
    let both = [own, index].map { FunctionNames(entries[$0].content).all }
    return !wanted.intersection(both[0]).isDisjoint(with: both[1])
  }

  /// Tells whether a file is of use beside a part that it is called like: one that counts as a copy
  /// by its name, but declares nothing that the part has to.
  private func isHelper(
    _ indices: [Int],
    named name: NearName,
    beside required: RelativePath,
    at path: RelativePath
  ) -> Bool {
    handIn.lists(path) && !name.copies.isEmpty
      && indices.allSatisfy { declares(functionsOf: required, $0) == false }
  }

  /// Tells whether an entry declares a function of a required file; nil if that file has none.
  private func declares(functionsOf required: RelativePath, _ index: Int) -> Bool? {
    guard let wanted = functions(of: required) else { return nil }
    return !wanted.isDisjoint(with: FunctionNames(entries[index].content).all)
  }

  /// The functions that a required file of code declares as it is handed out; nil if it has none.
  private func functions(of required: RelativePath) -> Set<String>? {
    guard required.name.hasSuffix(".swift"), let content = handout[required] else { return nil }
    let functions = FunctionNames(content).all
    return functions.isEmpty ? nil : functions
  }

  private mutating func leaveOut(_ indices: [Int], for required: RelativePath) {
    guard !indices.isEmpty, let own = files[required]?.first else { return }
    outdone.formUnion(indices)
    notes.append(.outdone(indices.map(shown), by: shown(own), required))
  }

  private mutating func release(_ indices: [Int]) {
    for (path, known) in files {
      let left = known.filter { !indices.contains($0) }
      files[path] = left.isEmpty ? nil : left
    }
  }

  private func shown(_ index: Int) -> ShownName { ShownName(entries[index].path) }
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
