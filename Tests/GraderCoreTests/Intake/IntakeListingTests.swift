import GraderCore
import Testing

/// The reader's answer, written and read; and read when it is hostile.
@Suite struct IntakeListingTests {
  private let limits = IntakeLimits()

  private func decode(_ bytes: [UInt8]) throws(ListingError) -> ArchiveListing {
    try ArchiveListing(decoding: bytes, limits: limits)
  }

  @Test func everythingSurvivesTheWay() throws {
    for listing in try Self.listings() {
      #expect(try decode(Self.encode(listing)) == listing)
    }
  }

  @Test func everyPrefixIsRefused() throws {
    let bytes = Self.encode(try Self.listings()[0])
    for count in bytes.indices {
      #expect(throws: ListingError.self) { try decode(Array(bytes[..<count])) }
    }
  }

  @Test(arguments: [
    ([], ListingError.cutOff),
    ([9, 0, 0, 0, 0], .unknownFrame(9)),
    ([0, 0, 0, 0, 0], .unknownFrame(0)),
    // A length that is not there is not believed, and nothing is set aside for it.
    ([2, 0xFF, 0xFF, 0xFF, 0xFF], .cutOff),
    ([1, 2, 0, 0, 0, 0, 0], .cutOff),
    ([1, 3, 0, 0, 0, 0, 0, 0], .surplus),
    ([1, 2, 0, 0, 0, 7, 0], .badValue),
    ([1, 2, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0], .misplacedFrame(1)),
    ([5, 1, 0, 0, 0, 0, 5, 1, 0, 0, 0, 0], .misplacedFrame(5)),
    ([5, 1, 0, 0, 0, 99], .badValue),
    ([5, 5, 0, 0, 0, 2, 2, 0, 0xFF, 0xFE], .badText),
    ([5, 4, 0, 0, 0, 2, 9, 0, 65], .cutOff),
    ([4, 1, 0, 0, 0, 9], .badValue),
    ([4, 5, 0, 0, 0, 2, 0, 0, 0, 0], .badText),
    ([3, 9, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0], .badValue),
    ([3, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 65], .badValue),
    ([3, 9, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], .badValue),
  ])
  func malformedFrames(bytes: [UInt8], error: ListingError) {
    #expect(throws: error) { try decode(ListingEncoder.signature + bytes) }
  }

  @Test(arguments: ["../x", "/etc/passwd", "a//b", "", "a\\b", "a\u{1B}b", "x/../../y", "a\0b"])
  func unsafePathIsRefused(path: String) {
    let name = Array(path.utf8)
    var payload: [UInt8] = [0, 0] + Array(repeating: 0, count: 8) + [UInt8(name.count), 0] + name
    payload += [65]
    let frame = [2, UInt8(payload.count), 0, 0, 0] + payload
    #expect(throws: ListingError.unsafePath) { try decode(ListingEncoder.signature + frame) }
  }

  @Test func tooManyAndTooLargeAreRefused() throws {
    let end = ListingEncoder.frame(ArchiveTotals())
    let entry = ArchiveEntry(path: try path("a"), content: [1])
    let one = ListingEncoder.frame(entry)
    let most = Int(limits.candidateFiles + limits.strayFiles)
    let full = ListingEncoder.signature + Array(repeatElement(one, count: most).joined())
    #expect(try decode(full + end).candidates.count == most)
    #expect(throws: ListingError.tooMuch) { try decode(full + one + end) }

    var large = entry
    large.content = Array(repeating: 1, count: Int(limits.keptFileBytes) + 1)
    let bytes = ListingEncoder.signature + ListingEncoder.frame(large) + end
    #expect(throws: ListingError.tooMuch) { try decode(bytes) }

    let note = ListingEncoder.frame(ArchiveNote.endMarkerMissing)
    let notes = ListingEncoder.signature + Array(repeatElement(note, count: 65).joined()) + end
    #expect(throws: ListingError.tooMuch) { try decode(notes) }
  }

  @Test func bytesAfterTheEndAreRefused() throws {
    let bytes = Self.encode(try Self.listings()[0])
    #expect(throws: ListingError.surplus) { try decode(bytes + [0]) }
    #expect(throws: ListingError.surplus) { try decode(bytes + bytes.dropFirst(19)) }
    #expect(throws: ListingError.badSignature) { try decode([0] + bytes) }
  }

  @Test func contentOfWhatIsNoFileIsRefused() throws {
    let link = ArchiveEntry(path: try path("a"), kind: .symbolicLink, content: [1])
    let bytes = ListingEncoder.signature + ListingEncoder.frame(link)
    #expect(throws: ListingError.surplus) { try decode(bytes) }
  }

  @Test func endOfTheReaderIsToldApart() throws {
    let good = Self.encode(ArchiveListing())
    let answer = { ReaderAnswer(output: $0, end: $1, limits: limits) }
    #expect(answer(good, .exited(0)) == .listing(ArchiveListing()))
    #expect(answer([], .exited(0)) == .problem(.readerStopped(.exited(0))))
    #expect(answer(good, .exited(69)) == .fault(ReaderFault(status: 69)))
    #expect(answer(good, .signalled(11)) == .problem(.readerStopped(.signalled(11))))
    #expect(answer(good, .exited(139)) == .problem(.readerStopped(.signalled(11))))
    #expect(answer(good, .processorTime) == .problem(.readerStopped(.processorTime)))
  }

  /// Seeded, so that a failure can be repeated; a trap would end the whole test run.
  @Test func randomDamageNeitherTrapsNorEscapes() throws {
    let originals = try Self.listings().map(Self.encode)
    let assignments = try course()
    var random = SplitMix(state: 20_260_101)
    var decoded = 0
    for round in 0..<200_000 {
      let bytes = random.damage(originals[round % originals.count])
      guard let listing = try? decode(bytes) else { continue }
      decoded += 1
      #expect(listing.candidates.allSatisfy { RelativePath($0.path.string) != nil })
      #expect(listing.candidates.reduce(0) { $0 + $1.content.count } <= bytes.count)
      if decoded.isMultiple(of: 16) {
        _ = GraderCore.resolve(listing, assignments: assignments)
      }
    }
    // Otherwise the damage is such that only the first checks are exercised.
    #expect(decoded > 20_000)
  }

  // MARK: Listings

  private static func listings() throws -> [ArchiveListing] {
    var full = try listing(["a1/Sources/M/A.swift", "a1/Sources/M/B.swift", "a1/Notes.md"])
    full.notes = [
      .trailingData(bytes: 5), .endMarkerMissing,
      .warning(entry: ShownName("x"), text: ShownName("y")),
      .namesDisagree(directory: ShownName("x"), entry: ShownName("y")),
      .overlappingEntries(count: 2),
    ]
    var ignored = IgnoredEntries()
    for name in ["x", "y", "z", "w"] { ignored.add(ShownName(name)) }
    full.ignored = [.notListed: ignored, .link: ignored]
    full.totals.packedBytes = .max
    full.totals.folders = 3
    var kinds = ArchiveListing()
    kinds.layout = ArchiveLayout(.zip, .none)
    kinds.candidates = try [
      .oversized, .symbolicLink, .hardLink, .device, .pipe, .encrypted, .damaged,
      .misnamed(ShownName("other")),
    ].map {
      ArchiveEntry(path: try path("Sources/M/A.swift"), origin: .codePage932, kind: $0, size: 9)
    }
    let failures: [ReadFailure] = [
      .empty, .notAnArchive(.pdf, inside: .none), .truncated(during: nil),
      .truncated(during: ShownName("x")), .damaged(ShownName("x"), during: ShownName("y")),
      .encrypted, .limit(.entries, maximum: 50_000),
    ]
    let failed = failures.map { failure in
      var listing = ArchiveListing()
      listing.failure = failure
      return listing
    }
    return [full, kinds] + failed
  }

  private static func encode(_ listing: ArchiveListing) -> [UInt8] {
    var bytes = ListingEncoder.signature
    if let layout = listing.layout { bytes += ListingEncoder.frame(layout) }
    for entry in listing.candidates { bytes += ListingEncoder.frame(entry) }
    for note in listing.notes { bytes += ListingEncoder.frame(note) }
    for (reason, entries) in listing.ignored { bytes += ListingEncoder.frame(reason, entries) }
    if let failure = listing.failure { bytes += ListingEncoder.frame(failure) }
    return bytes + ListingEncoder.frame(listing.totals)
  }
}

/// A small generator of numbers that are the same in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// One to four changes behind the signature: bytes, bits, cuts, copies, extreme lengths.
  mutating func damage(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    let start = ListingEncoder.signature.count
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      guard bytes.count > start else { break }
      let place = Int.random(in: start..<bytes.count, using: &self)
      switch Int.random(in: 0..<7, using: &self) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &self)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &self)
      case 2: bytes.removeSubrange(place...)
      case 3: bytes.remove(at: place)
      case 4: bytes.insert(UInt8.random(in: 0...255, using: &self), at: place)
      case 5:
        let end = min(bytes.count, place + Int.random(in: 1...64, using: &self))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      default:
        let end = min(bytes.count, place + 4)
        bytes.replaceSubrange(place..<end, with: repeatElement(0xFF, count: end - place))
      }
    }
    return bytes
  }
}
