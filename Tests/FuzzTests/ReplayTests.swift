import Foundation
import GraderCore
import Testing

/// Every reader of hostile bytes reads its corpus, and what lies near it.
///
/// `.ci/fuzz` goes on from there, led by the coverage.
@Suite struct ReplayTests {
  private static let corpora = (0..<2).reduce(URL(filePath: #filePath)) { url, _ in
    url.deletingLastPathComponent()
  }.appending(path: "Fixtures/fuzz")

  /// The files of a corpus, in order.
  private static func corpus(_ name: String) throws -> [[UInt8]] {
    let folder = corpora.appending(path: name)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func corpusAndNeighbours(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let corpus = try Self.corpus(name)
    #expect(corpus.count >= 5)
    var mutations = Mutations(seed: 1)
    for file in corpus {
      target.read(file)
      for _ in 0..<40 { target.read(mutations.neighbour(of: file, among: corpus)) }
    }
  }

  /// A corpus that a reader refuses at its first byte would prove nothing.
  @Test func corporaHoldWhatIsRead() throws {
    let listings = try Self.corpus("listing")
    #expect(
      listings.contains { (try? ArchiveListing(decoding: $0, limits: IntakeLimits())) != nil }
    )
    let answers = try Self.corpus("bulk")
    #expect(answers.contains { (try? BulkAnswer(decoding: $0)) != nil })
    let objects = try Self.corpus("object")
    #expect(objects.contains { (try? ObjectFile($0)) != nil })
  }
}

/// Small changes to bytes, the same in every run.
private struct Mutations {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func neighbour(of file: [UInt8], among corpus: [[UInt8]]) -> [UInt8] {
    var bytes = file
    for _ in 0...below(3) { change(&bytes, among: corpus) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], among corpus: [[UInt8]]) {
    let place = below(bytes.count + 1)
    let isInside = place < bytes.count
    switch below(6) {
    case 0 where isInside: bytes[place] ^= 1 << UInt8(below(8))
    case 1 where isInside: bytes[place] = [0, 1, 0x7f, 0x80, 0xff][below(5)]
    case 2: bytes.removeSubrange(place...)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(8)))
    case 4: bytes.insert(contentsOf: bytes[place...].prefix(1 + below(16)), at: place)
    default:
      let other = corpus[below(corpus.count)]
      bytes.insert(contentsOf: other.dropFirst(below(other.count + 1)).prefix(16), at: place)
    }
  }

  /// A number below another, by a generator that every platform has the same of.
  private mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % max(bound, 1)
  }
}
