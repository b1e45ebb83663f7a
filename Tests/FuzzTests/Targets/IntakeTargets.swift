package import GraderCore

extension FuzzTarget {
  /// The answer of a reader of archives that something in an archive has taken over.
  static let listing = FuzzTarget(name: "listing") { bytes in
    guard let listing = try? ArchiveListing(decoding: bytes, limits: IntakeLimits()) else { return }
    judge(listing)
  }

  /// The answer about a class's zip.
  static let bulk = FuzzTarget(name: "bulk") { bytes in
    guard let answer = try? BulkAnswer(decoding: bytes) else { return }
    for entry in answer.entries { promise(isSafe(entry.path), "a path stays in its folder") }
  }

  /// An object that the compiler made of hostile code.
  static let object = FuzzTarget(name: "object") { bytes in
    guard let object = try? ObjectFile(bytes) else { return }
    _ = ObjectRules.violation(in: object)
  }

  /// Decides what an archive is, as the grader would, and says so to everybody.
  package static func judge(_ listing: ArchiveListing) {
    for chosen in [nil, "a1"] {
      switch resolve(listing, fileName: "s.zip", assignments: assignments, chosen: chosen) {
      case .accepted(let submission, let report):
        promise(submission.files.allSatisfy { isSafe($0.path) }, "a path stays in its folder")
        promise(submission.files.count <= IntakeLimits().keptFiles, "few files are kept")
        show(IntakeText.student(report) + IntakeText.staff(report))
      case .refused(let problem, let report):
        show([IntakeText.student(problem), IntakeText.staff(problem)] + IntakeText.staff(report))
      }
    }
  }

  /// Two assignments that an archive may be for.
  package static let assignments = ["a1", "a2"].compactMap { id in
    try? IntakeAssignment(
      id: id,
      handIn: HandIn(
        parsing: "required Sources/\(id)/Forward.swift\npattern Sources/\(id)/**.swift\n"
          + "required Derivation.md\n"
      )
    )
  }

  private static func isSafe(_ path: RelativePath?) -> Bool {
    guard let path else { return true }
    return !path.string.hasPrefix("/")
      && path.components.allSatisfy { !["", ".", ".."].contains($0) }
  }

  private static func show(_ sentences: [String]) {
    let scalars = sentences.lazy.flatMap(\.unicodeScalars)
    promise(
      scalars.allSatisfy {
        ![.control, .format].contains($0.properties.generalCategory) || $0 == "\n"
      },
      "what is shown steers nothing"
    )
  }
}
