/// The words for what intake found: facts go in, sentences come out.
///
/// For students a problem says what happened, to what, and what to do. Staff read the same with
/// what the libraries said, and what they can do themselves.
package enum IntakeText {
  package static func student(_ problem: IntakeProblem) -> String {
    switch problem {
    case .unreadable(let failure): student(failure)
    case .readerStopped(let end): student(end)
    case .unusable(let path, let kind): unusable(path, kind)
    case .conflictingCopies(let path, let places): conflict(path, places)
    case .fileAndFolder(let path):
      "`\(path)` is a file and also a folder in the archive. Keep the file, remove the folder, and "
        + "pack again."
    case .limit(let name, let maximum, let reached, let path):
      tooMuch(name, maximum, reached: reached, path)
    case .nothingListed(let found, let expected): nothingListed(found, expected)
    case .otherAssignment(let chosen, let found):
      "The archive holds files of \(list(found)), not of \(chosen). Pack the folder of \(chosen) "
        + "and upload that."
    case .ambiguous(let found):
      "The archive holds files of more than one assignment: \(list(found.map(named))). Pack the "
        + "folder of one assignment only."
    }
  }

  package static func staff(_ problem: IntakeProblem) -> String {
    switch problem {
    case .unreadable(.damaged(let detail, _)): student(problem) + " [\(detail)]"
    case .readerStopped(.signalled(let signal)): student(problem) + " [signal \(signal)]"
    case .readerStopped(.exited): student(problem) + " [its answer was not understood]"
    case .ambiguous, .otherAssignment: student(problem) + " [or name it with --assignment]"
    default: student(problem)
    }
  }

  // MARK: Reading

  private static func student(_ failure: ReadFailure) -> String {
    switch failure {
    case .empty: "The archive is empty: it has no content at all. " + packAgain
    case .notAnArchive(let kind, .none): "The file is \(kind.phrase). " + kind.advice
    case .notAnArchive(let kind, let compression):
      "Unpacked with \(compression), the file is \(kind.phrase). " + packAgain
    case .truncated(nil): "The archive is cut off before its end. " + uploadAgain
    case .truncated(let entry?):
      "The archive is cut off: it ends in the middle of `\(entry)`. " + uploadAgain
    case .damaged(_, nil): "The archive is damaged. " + uploadAgain
    case .damaged(_, let entry?): "The archive is damaged at or after `\(entry)`. " + uploadAgain
    case .encrypted: "The archive is encrypted. Pack it again without a password."
    case .limit(let name, let maximum): tooMuch(name, maximum, reached: nil, nil)
    }
  }

  private static func student(_ end: ReaderEnd) -> String {
    switch end {
    case .processorTime, .wallClock: "Reading the archive took too long. " + leaveOut
    case .memory: tooMuch(.memory, 0, reached: nil, nil)
    case .exited, .signalled:
      "The archive could not be read: the program that reads archives gave up on it. Pack your "
        + "assignment folder again with `tar czf` or `zip -r`; if that fails too, tell the staff."
    }
  }

  private static func tooMuch(
    _ name: IntakeLimits.Name,
    _ maximum: UInt64,
    reached: UInt64?,
    _ path: RelativePath?
  ) -> String {
    switch name {
    case .packedBytes: "The archive is larger than \(bytes(maximum)). " + leaveOut
    case .streamedBytes: "The archive unpacks to more than \(bytes(maximum)). " + leaveOut
    case .entries: "The archive has more than \(grouped(maximum)) entries. " + leaveOut
    case .ratio: "The archive unpacks to more than \(grouped(maximum)) times its size. " + leaveOut
    case .memory:
      "Reading the archive took too much memory. Pack your assignment folder again with `tar czf` "
        + "or `zip -r`."
    case .candidateFiles:
      "The archive has too many copies of the assignment. Pack the folder of one assignment only."
    case .keptFiles:
      "The archive has \(grouped(reached ?? 0)) files of the assignment; at most "
        + "\(grouped(maximum)) are accepted. Join helper files and pack again."
    case .keptFileBytes:
      "`\(path?.string ?? "")` has \(bytes(reached ?? 0, besides: maximum)); a file may have at "
        + "most \(bytes(maximum)). Make it smaller and pack again."
    }
  }

  /// The size, exactly if it would round to the limit.
  private static func bytes(_ count: UInt64, besides maximum: UInt64) -> String {
    bytes(count) == bytes(maximum) ? "\(grouped(count)) bytes" : bytes(count)
  }

  // MARK: Deciding

  private static func unusable(_ path: RelativePath, _ kind: ArchiveEntry.Kind) -> String {
    switch kind {
    case .encrypted: "`\(path)` is encrypted. Pack again without a password."
    case .damaged: "`\(path)` is damaged in the archive. " + uploadAgain
    case .packed:
      "`\(path)` is \(kind.phrase). Pack your assignment folder again as .tar.gz, or as .zip with "
        + "the method Deflate, which zip programs use unless they are told otherwise."
    case .misnamed(let other):
      "The zip calls `\(path)` also `\(other)`: its table of contents does not agree with its "
        + "entries. Pack again with an ordinary zip program."
    default:
      "`\(path)` is \(kind.phrase) in the archive, not a file. Put the file itself there and pack "
        + "again."
    }
  }

  private static func conflict(_ path: RelativePath, _ places: [ShownName]) -> String {
    let distinct = Set(places).sorted()
    if distinct.count < 2 {
      return "The archive holds `\(path)` more than once, with different contents. Pack your "
        + "assignment folder again into a new archive."
    }
    return
      "The archive holds different files for `\(path)`: \(list(distinct.prefix(3).map(quoted)))"
      + ". Leave only the one that you mean, and pack again."
  }

  private static func nothingListed(
    _ found: IntakeProblem.Contents,
    _ expected: [IntakeProblem.Expectation]
  ) -> String {
    var sentences = ["No file that the assignment asks for is in the archive."]
    if !expected.isEmpty {
      sentences.append("Expected: \(list(expected.map(named), "or")).")
    }
    if let nested = found.nestedArchives.first {
      sentences.append("It holds another archive, `\(nested)`, which is not opened: upload that.")
    } else if !found.unusableNames.isEmpty {
      sentences.append("Its names cannot be used, as `\(found.unusableNames[0])`. " + packAgain)
    } else if found.examples.isEmpty {
      sentences.append("It holds no files. " + packAgain)
    } else {
      sentences.append("Found: \(list(found.examples.map(quoted))). " + packAgain)
    }
    return sentences.joined(separator: " ")
  }

  private static func named(_ expectation: IntakeProblem.Expectation) -> String {
    let files = expectation.files.map { "`\($0)`" }
    return files.isEmpty
      ? expectation.assignment : "\(expectation.assignment) (\(files.joined(separator: ", ")))"
  }

  // MARK: Advice

  private static let packAgain = "Pack your assignment folder as .tar.gz or .zip and upload that."
  static let uploadAgain = "Pack your assignment folder and upload it again."
  private static let leaveOut =
    "Leave out `.build`, data and other large files, and pack again."

  static func quoted(_ name: ShownName) -> String { "`\(name)`" }
}
