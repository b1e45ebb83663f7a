/// The report on everything in an archive.
package struct IntakeReport: Equatable, Sendable {
  package var layout: ArchiveLayout?
  package var totals = ArchiveTotals()
  package var kept: [RelativePath] = []
  /// Asked for by name, but not in the archive.
  package var missing: [RelativePath] = []
  /// Read past; nothing of this was looked at or written.
  package var ignored: [IgnoredReason: IgnoredEntries] = [:]
  package var repaired: [Repair] = []
  package var notes: [IntakeNote] = []

  package init() {}
}

/// Something a student did differently, and that was put right.
package enum Repair: Hashable, Sendable {
  /// The files were in this folder of the archive.
  case topFolder(ShownName)
  /// Files of one folder of the archive were meant for another of the assignment.
  case placed(folder: ShownName, into: ShownName)
  /// A single file was elsewhere.
  case moved(from: ShownName, to: RelativePath)
  /// The name was only near the listed one.
  case renamed(from: ShownName, to: RelativePath)
  case macMetadata(count: UInt64)
  /// Names of files, or folders above them, that were read as the origin says.
  case names(EntryName.Origin, count: UInt64)
  /// The file's name promises another kind of archive.
  case wrongExtension(ShownName, ArchiveLayout)
}

/// Something worth knowing that changes nothing.
package enum IntakeNote: Equatable, Sendable {
  case archive(ArchiveNote)
  /// The archive holds this file more than once, always with the same content.
  case identicalCopies(RelativePath, count: Int)
  /// The files are also below another folder, which was not taken.
  case otherFolder(ShownName)
  /// The name of a required file was found, but several times or in no usable form.
  case notRepaired(RelativePath, places: [ShownName])
  /// Files that could have been a required one, and were left out for the one that was taken.
  case outdone([ShownName], by: ShownName, RelativePath)
  /// A file that is called like a copy of a missing one, and declares none of its functions.
  case takenForHelper(ShownName, RelativePath)
  /// Something is missing, and entries have names that cannot be used.
  case unusableNames(IgnoredEntries)
}

extension IntakeReport {
  /// A report of the facts that are known before any file is assigned.
  init(_ listing: ArchiveListing, fileName: String?) {
    self.init()
    layout = listing.layout
    totals = listing.totals
    ignored = listing.ignored
    notes = listing.notes.map(IntakeNote.archive)
    if let layout, let fileName, !layout.suits(fileName: fileName) {
      repaired.append(.wrongExtension(ShownName(fileName), layout))
    }
    if let metadata = listing.ignored[.macMetadata] {
      repaired.append(.macMetadata(count: metadata.count))
    }
  }

  /// The report when no candidate was taken.
  func addingIgnored(_ candidates: [ArchiveEntry]) -> IntakeReport {
    var report = self
    for entry in candidates { report.ignore(entry, .init(unlisted: entry.path)) }
    return report
  }

  func adding(
    _ files: CollectedFiles,
    _ fit: AssignmentFit,
    foreign: Set<Int>
  ) -> IntakeReport {
    var report = self
    report.kept = files.files.keys.sorted()
    report.missing = files.missing
    report.addRepairs(files, fit)
    report.addNotes(files, fit)
    let used = files.used
    for (index, entry) in files.entries.enumerated() where !used.contains(index) {
      if foreign.contains(index) {
        report.ignore(entry, .otherAssignment)
      } else if files.outdone.contains(index) {
        report.ignore(entry, .otherCopy)
      } else if fit.passedOver.contains(where: { files.lists(entry, below: $0) }) {
        report.ignore(entry, .otherCopy)
      } else {
        report.ignore(entry, .init(unlisted: entry.path))
      }
    }
    return report
  }

  private mutating func ignore(_ entry: ArchiveEntry, _ reason: IgnoredReason) {
    let name = ShownName(entry.path)
    if case .misnamed(let other) = entry.kind {
      notes.append(.archive(.namesDisagree(directory: name, entry: other)))
    }
    ignored[IgnoredReason(entry.kind) ?? reason, default: IgnoredEntries()].add(name)
  }

  private mutating func addRepairs(_ files: CollectedFiles, _ fit: AssignmentFit) {
    for placement in fit.placements.prefix(1) {
      if !placement.added.isEmpty {
        let added = ShownName(placement.added.joined(separator: "/"))
        repaired.append(.placed(folder: placement.strippedName, into: added))
      } else if !placement.stripped.isEmpty {
        repaired.append(.topFolder(placement.strippedName))
      }
    }
    repaired += files.repaired
    for origin in [.codePage932, .escaped, .backslashes, .decomposed] as [EntryName.Origin] {
      let count = files.used.count { files.entries[$0].origin.contains(origin) }
      if count > 0 { repaired.append(.names(origin, count: UInt64(count))) }
    }
  }

  private mutating func addNotes(_ files: CollectedFiles, _ fit: AssignmentFit) {
    notes += files.notes
    if !files.missing.isEmpty, let unusable = ignored[.unusableName] {
      notes.append(.unusableNames(unusable))
    }
    notes += fit.passedOver.prefix(IgnoredEntries.maximumExamples).map {
      .otherFolder($0.strippedName)
    }
    for (path, indices) in files.files.sorted(by: { $0.key < $1.key }) where indices.count > 1 {
      notes.append(.identicalCopies(path, count: indices.count))
    }
  }
}

extension CollectedFiles {
  fileprivate func lists(_ entry: ArchiveEntry, below placement: Placement) -> Bool {
    placement.path(of: entry.path).map { handIn.match($0) != nil } ?? false
  }
}

extension IgnoredReason {
  /// The reason why an entry of this kind is read past wherever it is; nil for ordinary files.
  package init?(_ kind: ArchiveEntry.Kind) {
    switch kind {
    case .regular, .oversized, .misnamed, .packed: return nil
    case .symbolicLink, .hardLink: self = .link
    case .device, .pipe: self = .device
    case .encrypted: self = .encrypted
    case .damaged: self = .damaged
    }
  }
}

extension ArchiveLayout {
  /// Tells whether a file of this name may be expected to hold this; unknown endings promise
  /// nothing.
  func suits(fileName: String) -> Bool {
    switch ArchiveEnding(of: fileName)?.promise {
    case .archive(let layout): return layout == self
    case .otherArchive, .packedFile(nil): return false
    case .packedFile: return true
    case nil: return ![".pdf", ".swift"].contains(where: fileName.lowercased().hasSuffix)
    }
  }
}
