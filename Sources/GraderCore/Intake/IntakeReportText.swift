extension IntakeText {
  /// The sentences that a student reads about an archive that was accepted.
  package static func student(_ report: IntakeReport) -> [String] {
    let missing =
      report.missing.isEmpty
      ? []
      : ["Missing: \(list(report.missing.map { "`\($0)`" })). What belongs there is not graded."]
    return missing + report.repaired.map(student) + report.notes.compactMap(student)
      + lost(report) + ignored(report)
  }

  /// Sentences on what the archive may have held of the files that are missing.
  package static func lost(_ report: IntakeReport) -> [String] {
    guard !report.missing.isEmpty else { return [] }
    return report.notes.compactMap { note in
      switch note {
      case .archive(.trailingData(let count)):
        "\(bytes(count)) follow the end of the archive and were not looked at: what is missing may "
          + "be there, as when two archives were joined. Pack everything into one archive again."
      case .archive(.endMarkerMissing):
        "The archive has no end, as one that was cut off: what is missing may have been there. "
          + uploadAgain
      default: nil
      }
    }
  }

  /// Notes on the archive itself, for staff.
  package static func aboutArchive(_ report: IntakeReport) -> [String] {
    report.notes.compactMap(staff)
  }

  /// The same with what only staff can use.
  package static func staff(_ report: IntakeReport) -> [String] {
    student(report) + report.notes.compactMap(staff) + [summary(report)]
  }

  package static func student(_ repair: Repair) -> String {
    switch repair {
    case .topFolder(let folder): "Your files were found in the folder `\(folder)`."
    case .placed(let folder, let into) where folder.text.isEmpty:
      "Your files were taken for those of `\(into)`: the folders above were not in the archive."
    case .placed(let folder, let into):
      "The files in `\(folder)` were taken for those of `\(into)`."
    case .moved(let from, let to): "`\(from)` was taken for `\(to)`."
    case .renamed(let from, let to):
      "`\(from)` was read as `\(to)`: "
        + (differInCase(from, to)
          ? "upper and lower case count." : "the name has to be exactly that.")
    case .macMetadata(let count):
      count == 1
        ? "A file that macOS adds to archives was left out."
        : "\(grouped(count)) files that macOS adds to archives were left out."
    case .names(let origin, let count): names(origin, count)
    case .wrongExtension(let name, let layout):
      "`\(name)` is a \(layout) archive and was read as one; its name says otherwise."
    }
  }

  private static func differInCase(_ name: ShownName, _ path: RelativePath) -> Bool {
    name.text.lowercased().hasSuffix(path.string.lowercased())
  }

  private static func names(_ origin: EntryName.Origin, _ count: UInt64) -> String {
    let subject = count == 1 ? "One name was" : "\(grouped(count)) names were"
    return switch origin {
    case .codePage932: "\(subject) decoded from CP932 (Windows, Japanese)."
    case .escaped: "\(subject) in no known encoding; the bytes are shown as `%XX`."
    case .backslashes: "\(subject) separated by backslashes, which were read as slashes."
    default: "\(subject) written with separate accents, as macOS does; they count as the same."
    }
  }

  /// Nothing when it is of no use to a student.
  package static func student(_ note: IntakeNote) -> String? {
    switch note {
    case .archive: nil
    case .identicalCopies(let path, let count):
      "`\(path)` is in the archive \(count) times, always the same."
    case .otherFolder(let folder):
      "The folder `\(folder)` also holds files of this assignment; they were not used."
    case .notRepaired(let path, let places):
      "`\(path)` is missing; \(some(places)) could be meant, but they differ."
    case .outdone(let places, let taken, let path):
      "Not used: \(some(places)). "
        + (taken.text.hasSuffix(path.string)
          ? "`\(taken)` has the name that is asked for." : "`\(taken)` was taken for `\(path)`.")
    case .takenForHelper(let place, let path):
      "`\(path)` is missing; `\(place)` declares none of its functions and was taken for a helper "
        + "file."
    case .unusableNames(let entries):
      "Not used: \(grouped(entries.count)) with a name that cannot be used, as "
        + "\(some(entries.examples)). Give it a plain name and pack again."
    }
  }

  /// Names, and how many more there are.
  private static func some(_ names: [ShownName]) -> String {
    let shown = names.prefix(3).map(quoted)
    return list(shown + (names.count > 3 ? ["\(names.count - 3) more"] : []))
  }

  /// The words of a note about the archive itself; the others are for students too.
  package static func staff(_ note: IntakeNote) -> String? {
    guard case .archive(let note) = note else { return nil }
    return switch note {
    case .trailingData(let count):
      "\(bytes(count)) follow the end of the archive; they were not looked at."
    case .endMarkerMissing: "The tar has no closing blocks; it may have been cut off."
    case .warning(let entry, let text): "`\(entry)`: \(text)."
    case .namesDisagree(let directory, let entry):
      "The zip's table of contents says `\(directory)` where the entry says `\(entry)`; not used."
    case .overlappingEntries(let count):
      "\(grouped(count)) of the zip's entries begin inside another one."
    }
  }

  private static func ignored(_ report: IntakeReport) -> [String] {
    report.ignored.sorted { $0.key.rawValue < $1.key.rawValue }
      .filter { $0.key != .macMetadata }
      .map { reason, entries in
        let phrase = entries.count == 1 ? reason.phrase.one : reason.phrase.many
        let example = entries.examples.first.map { ", as `\($0)`" } ?? ""
        return "Not used: \(grouped(entries.count)) \(phrase)\(example)."
      }
  }

  private static func summary(_ report: IntakeReport) -> String {
    let layout = report.layout.map { "\($0), " } ?? ""
    let totals = report.totals
    return "\(layout)\(bytes(totals.packedBytes)), \(grouped(totals.entries)) entries, "
      + "\(bytes(totals.streamedBytes)) unpacked."
  }
}
