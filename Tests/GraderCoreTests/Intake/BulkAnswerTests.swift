import GraderCore
import Testing

/// The answer about a class's zip comes from a process that is not trusted.
@Suite struct BulkAnswerTests {
  private static let entries = [
    BulkEntry(
      place: 0,
      path: RelativePath("a/b.zip"),
      name: ShownName("a/b.zip"),
      kind: .regular,
      size: 7
    ),
    BulkEntry(place: 3, path: nil, name: ShownName("../x"), kind: .symbolicLink, size: 0),
  ]

  private static var whole: [UInt8] {
    var bytes = BulkAnswer.signature
    for entry in entries { bytes += BulkAnswer.frame(entry) }
    bytes += BulkAnswer.frame(contentOf: 0, count: 3) + [1, 2, 3]
    bytes += BulkAnswer.frame(damaged: 3)
    bytes += BulkAnswer.frame(.limit(.entries, maximum: 5))
    return bytes + BulkAnswer.end
  }

  @Test func thereAndBack() throws {
    let answer = try BulkAnswer(decoding: Self.whole)
    #expect(answer.entries == Self.entries)
    #expect(answer.contents == [0: [1, 2, 3], 3: nil])
    #expect(answer.failure == .limit(.entries, maximum: 5))
  }

  @Test func requests() {
    for request in [BulkRequest.list, .read([]), .read([0, 17])] {
      #expect(BulkRequest(text: request.text) == request)
    }
    for text in ["", "bulk", "bulk list 1", "bulk read x", "bulk eat 1", "required a"] {
      #expect(BulkRequest(text: text) == nil, "\(text)")
    }
  }

  /// Cut anywhere it is refused, and whatever a byte becomes, nothing traps or leaves its folder.
  @Test func broken() {
    let whole = Self.whole
    for end in whole.indices {
      #expect(throws: ListingError.self) { try BulkAnswer(decoding: Array(whole[..<end])) }
    }
    for place in whole.indices {
      for value: UInt8 in [0, 1, 0x2F, 0x7F, 0x80, 0xFF] {
        var bytes = whole
        bytes[place] = value
        _ = try? BulkAnswer(decoding: bytes)
      }
    }
    #expect(throws: ListingError.surplus) { try BulkAnswer(decoding: whole + [0]) }
  }

  @Test func unsafePath() throws {
    var bytes = Self.whole
    let path = try #require(
      bytes.indices.first { bytes[$0...].starts(with: Array("a/b.zip".utf8)) }
    )
    bytes.replaceSubrange(path..<(path + 7), with: Array("../.zip".utf8))
    #expect(throws: ListingError.unsafePath) { try BulkAnswer(decoding: bytes) }
  }
}
