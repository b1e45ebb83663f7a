import ClassCore
import GraderCore
import Testing

@Suite struct BatchTextTests {
  @Test func statusHasCountRateAndTimeLeft() {
    var tally = BatchTally(total: 100)
    tally.graded = 20
    tally.unchanged = 30
    let current = [
      BatchText.Current(name: "ann", seconds: 1), BatchText.Current(name: "bob", seconds: 75),
    ]
    #expect(
      BatchText.status(tally, current: current, seconds: 10, width: 200)
        == "50/100  2.0 a second  25 s left  bob 75 s  ann 1.0 s"
    )
  }

  @Test func statusFitsTheTerminal() {
    let current = (0..<20).map { BatchText.Current(name: "student\($0)", seconds: 1) }
    let line = BatchText.status(BatchTally(total: 5), current: current, seconds: 1, width: 40)
    #expect(line.count == 40)
    #expect(line.hasSuffix("…"))
  }

  /// A name that moves the cursor would hide other lines.
  @Test func namesCannotWriteOnTheScreen() {
    let current = [BatchText.Current(name: "a\u{1B}[2Jb", seconds: 1)]
    let line = BatchText.status(BatchTally(total: 1), current: current, seconds: 1, width: 200)
    #expect(!line.unicodeScalars.contains("\u{1B}"))
  }

  @Test(arguments: [
    (0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (119, "119 s"), (120, "2 min 0 s"),
    (7200, "2 h 0 min"), (.infinity, "?"),
  ])
  func duration(seconds: Double, text: String) {
    #expect(BatchText.duration(seconds) == text)
  }

  @Test func summaryNamesWhatIsWithheldOnceForEachReason() {
    var tally = BatchTally(total: 4)
    tally.graded = 2
    tally.withheld = ["ann", "bob"].map { .init(name: $0, kind: 75, reason: "The disk is full.") }
    let text = BatchText.summary(tally, seconds: 3, folder: "out")
    #expect(
      text == """
        4 submissions: 2 graded, 2 withheld; 3.0 s.
        Withheld, which is not the students' fault: The disk is full.
          ann, bob
        The same command goes on from here.
        Results: out
        """
    )
  }

  /// Nobody looks through four hundred lines for the six archives that could not be read.
  @Test func summaryNamesWhatAPersonShouldLookAt() {
    var tally = BatchTally(total: 13)
    tally.graded = 13
    let many = (10...20).map { "s\($0)" }
    let text = BatchText.summary(
      tally,
      odd: [.unreadable: many.reversed(), .didNotBuild: ["a\u{1B}b"]],
      seconds: 3,
      folder: "out"
    )
    #expect(
      text == """
        13 submissions: 13 graded; 3.0 s.
        To look at: 1 with the state "does not build"
          a\\u{1b}b
        To look at: 11 with the state "cannot be read"
          s10, s11, s12, s13, s14, s15, s16, s17, s18, s19 and 1 more
        Results: out
        """
    )
  }

  @Test(
    arguments: zip([[], [75], [75, 69], [69, 70, 75]] as [[Int32]], [0, 75, 69, 70] as [Int32])
  )
  func exitStatusIsThatOfTheWorstFault(kinds: [Int32], status: Int32) {
    var tally = BatchTally(total: 9)
    tally.withheld = kinds.map { .init(name: "", kind: $0, reason: "") }
    #expect(tally.exitStatus == status)
  }
}

@Suite struct ShardTests {
  @Test func shardsShareOutAllPlaces() throws {
    let shards = try ["1/3", "2/3", "3/3"].map { try #require(Shard($0)) }
    for place in 0..<10 {
      #expect(shards.count { $0.contains(place: place) } == 1)
    }
  }

  @Test(arguments: ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b"])
  func nonsenseIsNoShard(text: String) {
    #expect(Shard(text) == nil)
  }
}
