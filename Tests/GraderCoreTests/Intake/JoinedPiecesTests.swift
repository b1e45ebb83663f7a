import GraderCore
import Testing

/// What one hand-in holds in several pieces is read as one; what is an attempt of its own is not.
@Suite struct JoinedPiecesTests {
  private static let code: Files = ["a1/Sources/M/A.swift": "a", "a1/Sources/M/B.swift": "b"]
  private static let notes: Files = ["Notes.md": "n"]
  private static let whole: Files = [
    "Sources/M/A.swift": "old", "Sources/M/B.swift": "old", "Notes.md": "old",
  ]
  private static let fix: Files = ["Sources/M/A.swift": "new"]
  private static let data: Files = ["mnist.bin": "x"]

  private func sort(
    _ pieces: [(name: String, files: Files?)],
    isOneAttempt: Bool = true,
    looseAt loose: Int? = nil
  ) throws -> [JoinedPieces] {
    let pieces = try pieces.enumerated().map { place, piece in
      var listing = try listing(piece.files ?? [])
      if piece.files == nil { listing.failure = .empty }
      return JoinedPieces.Piece(
        listing: listing,
        family: piece.name,
        isOrdered: place != loose
      )
    }
    return JoinedPieces.sort(
      pieces,
      assignments: try course(),
      chosen: nil,
      isOneAttempt: isOneAttempt
    )
  }

  private func text(_ joined: JoinedPieces?) -> [String: String] {
    let files = joined?.files ?? []
    return Dictionary(
      files.map { ($0.path.string, String(decoding: $0.content, as: UTF8.self)) }
    ) { first, _ in first }
  }

  /// Code in one archive and answers in another, whichever sorts later.
  @Test(arguments: [false, true], [false, true])
  func partsAreOneHandIn(isTurned: Bool, isOneAttempt: Bool) throws {
    let parts: [(name: String, files: Files?)] = [("code", Self.code), ("words", Self.notes)]
    let found = try sort(isTurned ? parts.reversed() : parts, isOneAttempt: isOneAttempt)
    #expect(found.map(\.pieces) == [[0, 1]])
    #expect(
      text(found.first) == ["Sources/M/A.swift": "a", "Sources/M/B.swift": "b", "Notes.md": "n"]
    )
  }

  /// Of one name and with files in common they are attempts; a part of the same name is none.
  @Test func versionsAreAttempts() throws {
    let versions = try sort([("hw", Self.whole), ("hw", Self.code)], isOneAttempt: false)
    #expect(versions.map(\.pieces) == [[1], [0]])
    #expect(versions.allSatisfy { $0.files == nil })
    let parts = try sort([("part", Self.code), ("part", Self.notes)], isOneAttempt: false)
    #expect(parts.map(\.pieces) == [[0, 1]])
    let whole = try sort([("draft", Self.whole), ("final", Self.whole)], isOneAttempt: false)
    #expect(whole.map(\.pieces) == [[1], [0]])
  }

  /// Of one attempt the later file wins, and the earlier archive brings what is missing.
  @Test func correctionOfOneAttempt() throws {
    let found = try sort([("hw", Self.whole), ("hw", Self.fix)])
    #expect(found.map(\.pieces) == [[0, 1]])
    #expect(
      text(found.first) == [
        "Sources/M/A.swift": "new", "Sources/M/B.swift": "old", "Notes.md": "old",
      ]
    )
    let complete = try sort([("hw", Self.whole), ("hw", Self.whole)])
    #expect(complete.map(\.pieces) == [[1], [0]], "nothing is missing")
    let three = try sort([("d", Self.notes), ("c", Self.whole), ("c", Self.code)])
    #expect(three.first?.pieces == [1, 2])
  }

  /// What holds nothing that is asked for is no hand-in; of one attempt neither what is damaged.
  @Test func besides() throws {
    let data = try sort([("hw", Self.code), ("data", Self.data)], isOneAttempt: false)
    #expect(data.map(\.pieces) == [[0]])
    #expect(data.first?.leftOut == [1])
    let damaged = try sort([("hw", Self.code), ("words", nil)])
    #expect((damaged.first?.pieces, damaged.first?.leftOut) == ([0], [1]))
    let attempt = try sort([("hw", Self.code), ("words", nil)], isOneAttempt: false)
    #expect(attempt.map(\.pieces) == [[1], [0]], "its damage is its verdict")
    let nothing = try sort([("x", Self.data), ("y", nil)])
    #expect(nothing.map(\.pieces) == [[1], [0]])
  }

  /// Loose files that differ from those of the archive, where nothing says which came later.
  @Test func whatCannotBeDecided() throws {
    let loose: (name: String, files: Files?) = ("", Self.fix)
    let found = try sort([("hw", Self.whole), loose], looseAt: 1)
    #expect(found.first?.conflict?.string == "Sources/M/A.swift")
    #expect(try sort([("hw", Self.whole), loose]).first?.conflict == nil, "the order is known")
    let same = try sort([("hw", Self.whole), ("", ["Sources/M/A.swift": "old"])], looseAt: 1)
    #expect(same.first?.conflict == nil)
    let words = try sort([("hw", Self.code), ("", Self.notes)], looseAt: 1)
    #expect((words.first?.pieces, words.first?.conflict) == ([0, 1], nil))
  }

  /// Archives of several assignments are nobody's parts.
  @Test func severalAssignments() throws {
    let other: Files = ["Sources/N/A.swift": "x"]
    #expect(try sort([("a1", Self.code), ("a2", other)]).map(\.pieces) == [[1], [0]])
  }
}
