/// Pieces of what somebody handed in that are one hand-in, such as code in one archive and answers
/// in another.
package struct JoinedPieces: Equatable, Sendable {
  /// The pieces that it is made of, by their places, the oldest first.
  package private(set) var pieces: [Int]
  /// All its files by their paths in the hand-in; nil if one piece is all of it.
  package private(set) var files: [Submission.File]?
  /// Pieces that hold nothing that counts beside it.
  package private(set) var leftOut: [Int] = []
  /// A file that two of the pieces hold differently, where nothing says which is the later one.
  package private(set) var conflict: RelativePath?

  /// Something that was handed in: an archive, or loose files.
  package struct Piece: Sendable {
    /// The files in it that may be meant.
    package var listing: ArchiveListing
    /// The name without the number of a version; two of one family are versions of one another.
    package var family: String
    /// False if nothing says whether it came before or after the others.
    package var isOrdered: Bool

    package init(listing: ArchiveListing, family: String, isOrdered: Bool = true) {
      (self.listing, self.family, self.isOrdered) = (listing, family, isOrdered)
    }
  }

  /// Sorts pieces into hand-ins.
  ///
  /// A later piece always wins. An earlier one belongs to the same hand-in if it brings a file that
  /// is asked for and not there yet, unless it is an earlier version of the whole: it has the same
  /// name and other files in common. Where a source gives the files of one attempt alone, a version
  /// is no attempt of its own either.
  ///
  /// - Parameters:
  ///   - pieces: In the order of handing in.
  ///   - assignments: All that they could be for.
  ///   - chosen: The id of the assignment, if somebody has said which.
  ///   - isOneAttempt: True if the source gives the files of one attempt alone.
  /// - Returns: The hand-ins, the latest first; each piece by itself if none is of an assignment.
  package static func sort(
    _ pieces: [Piece],
    assignments: [IntakeAssignment],
    chosen: String?,
    isOneAttempt: Bool
  ) -> [JoinedPieces] {
    guard let assignment = assignment(of: pieces, assignments, chosen) else {
      return pieces.indices.reversed().map { JoinedPieces(alone: $0) }
    }
    let contents = pieces.map { Content($0.listing, of: assignment) }
    var left = Array(pieces.indices)
    var found: [JoinedPieces] = []
    let isUseful = contents.contains { $0.isUseful }
    while let last = left.last {
      guard isUseful, !contents[last].isUseful, contents[last].isNothing || isOneAttempt else {
        var joined = JoinedPieces(alone: last)
        left.removeLast()
        joined.add(&left, pieces, contents, assignment.handIn.required, isOneAttempt)
        found.append(joined)
        continue
      }
      left.removeLast()
      found.append(JoinedPieces(leftOut: last))
    }
    return found.withoutEmpty
  }

  private init(alone piece: Int) { pieces = [piece] }

  private init(leftOut piece: Int) { (pieces, leftOut) = ([], [piece]) }

  /// The assignment that all pieces are of that are of one at all.
  private static func assignment(
    of pieces: [Piece],
    _ assignments: [IntakeAssignment],
    _ chosen: String?
  ) -> IntakeAssignment? {
    let ids = pieces.compactMap { piece -> String? in
      let result = resolve(piece.listing, assignments: assignments, chosen: chosen)
      guard case .accepted(let submission, _) = result else { return nil }
      return submission.assignment
    }
    let telling = Set(ids)
    return telling.count == 1 ? assignments.first { $0.id == telling.first } : nil
  }

  /// Takes those of the earlier pieces that bring what is missing.
  private mutating func add(
    _ earlier: inout [Int],
    _ pieces: [Piece],
    _ contents: [Content],
    _ required: [RelativePath],
    _ isOneAttempt: Bool
  ) {
    let last = self.pieces[0]
    guard var have = contents[last].files else { return }
    var isCompared = pieces[last].isOrdered
    for place in earlier.reversed() {
      guard let files = contents[place].files else { continue }
      let brings = required.contains { have[$0] == nil && files[$0] != nil }
      let shared = files.keys.filter { have[$0] != nil }.sorted()
      if !isCompared, !shared.isEmpty {
        conflict = shared.first { have[$0] != files[$0] }
        isCompared = true
      }
      let isVersion = self.pieces.contains { pieces[$0].family == pieces[place].family }
      guard brings, isOneAttempt || shared.isEmpty || !isVersion else { continue }
      have.merge(files) { later, _ in later }
      self.pieces.insert(place, at: 0)
      earlier.removeAll { $0 == place }
    }
    guard self.pieces.count > 1 else { return }
    self.files = have.map { Submission.File(path: $0.key, content: $0.value) }
      .sorted { $0.path < $1.path }
  }

  /// The files of a piece.
  private struct Content {
    /// Nil if the piece cannot be read.
    let files: [RelativePath: [UInt8]]?

    var isUseful: Bool { !(files ?? [:]).isEmpty }
    /// True if it can be read, and holds nothing that is asked for.
    var isNothing: Bool { files?.isEmpty ?? false }

    init(_ listing: ArchiveListing, of assignment: IntakeAssignment) {
      switch resolve(listing, assignments: [assignment], chosen: assignment.id) {
      case .accepted(let submission, _):
        files = Dictionary(submission.files.map { ($0.path, $0.content) }) { first, _ in first }
      case .refused(.nothingListed, _): files = [:]
      case .refused: files = nil
      }
    }
  }

  fileprivate mutating func leaveOut(_ others: [Int]) { leftOut = (leftOut + others).sorted() }
}

extension [JoinedPieces] {
  /// The same with the pieces that are left out beside the latest hand-in.
  fileprivate var withoutEmpty: [JoinedPieces] {
    var kept = filter { !$0.pieces.isEmpty }
    guard !kept.isEmpty else { return kept }
    kept[0].leaveOut(filter(\.pieces.isEmpty).flatMap(\.leftOut))
    return kept
  }
}
