import Foundation
import GradeFormats
import GraderCore
import JudgeEvents
import TestSupport
import Testing

/// A program that has read a hidden input says it wherever it can, and no student reads it.
@Suite struct CanaryTests {
  /// The hidden input, as a word and as a number.
  private static let (word, number) = ("c4n4ry", 719_345)

  /// A way in which a program can say something, and what the judge and the system make of it.
  struct Channel: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var events: [JudgeEvent] = []
    var output = ""
    var usage = TestRecord.Usage(cpuSeconds: 0, wallSeconds: 0, peakMemoryBytes: 0)

    init(_ description: String, _ events: JudgeEvent..., output: String = "") {
      (testDescription, self.events, self.output) = (description, events, output)
    }

    func grade() throws -> Grade {
      let record = TestRecord(
        events: events + [.finished(test: "T.t", succeeded: false)],
        worker: .dismissed,
        judge: .exited(0),
        usage: usage,
        trap: nil,
        output: output,
        limits: GradingLimits()
      )
      let words = OwnWords(sources: [Array("struct Wrong: Error {} func mean() {}".utf8)])
      let test =
        #"{"id": "t", "method": "T/t", "title": "T", "part": "P", "points": 4,"#
        + #" "visibility": "visible"}"#
      let judged = JudgedTest(
        try JSONDecoder().decode(Assignment.Test.self, from: Data(test.utf8)),
        try record.judgement(of: "T/t", replaced: [], ownWords: words),
        output: output,
        usage: usage
      )
      let build = Grade.BuildRecord(status: .built, parts: [], diagnostics: "")
      return Grade(rows: [Grade.TestResult(.judged(judged), build: build)])
    }
  }

  private static var timed: Channel {
    var channel = Channel("its time and memory")
    channel.usage = TestRecord.Usage(
      cpuSeconds: Double(number),
      wallSeconds: Double(number) / 1_000_000,
      peakMemoryBytes: number
    )
    return channel
  }

  private static var channels: [Channel] {
    let both = "\(word) \(number)"
    return [
      Channel("an error's name", .told(.threw(function: "mean", error: word))),
      Channel("an error's words", .told(.threw(function: "mean", error: "Wrong(\(number))"))),
      Channel(
        "another error",
        .told(.threwAnother(function: "mean", error: word, expected: "BatchTooSmall"))
      ),
      Channel("a stub", .told(.notImplemented(function: "mean", stub: "\(word)(_:)"))),
      Channel(
        "an operation",
        .told(.threw(function: "mean", error: "\(word): shapes [2] and [3] do not fit together"))
      ),
      Channel(
        "a count",
        .told(.wrongValues(what: "dX", count: number, of: 800_000, exponent: 0))
      ),
      Channel("a count of NaN", .told(.notFinite(what: "dX", count: number, of: 800_000))),
      Channel("XCTest's words", .issue(both)), Channel("a flag", .flagged(both)),
      Channel("a bad reply", .badReply(function: "mean", reason: both)),
      Channel("what it prints", output: both), timed,
    ]
  }

  @Test(arguments: channels)
  func nothingReachesAStudent(channel: Channel) throws {
    let grade = try channel.grade()
    #expect(grade.tests[0].status.isLoss)
    for deadline in [Deadline.passed, .unknown] {
      for (format, text) in try FormatTests.everything(grade, deadline: deadline) {
        for mark in [Self.word, "\(Self.number)", "719.", "0.719"] {
          #expect(!text.contains(mark), "\(format)")
        }
      }
    }
  }

  /// Staff reads it: the words are moved, and not lost.
  @Test func staffReadsIt() throws {
    let words = [Channel("issue", .issue(Self.word)), Channel("output", output: Self.word)]
    for channel in words {
      #expect(try channel.grade().tests[0].staffMessage?.contains(Self.word) == true)
    }
  }

  // MARK: What remains, in bits

  /// The count of a tensor's wrong entries.
  @Test(arguments: [(24, 4.7), (64, 6.1), (65, 3.1), (784, 3.6), (100_000, 4.2)])
  func aCountHasFewValues(all: Int, bits: Double) throws {
    let counts =
      all > 1_000 ? (0..<17).flatMap { [1 << $0, (2 << $0) - 1] } + [all] : Array(1...all)
    let told = try counts.filter { $0 <= all }.map { count in
      let finding = Finding.notFinite(what: "dX", count: count, of: all)
      return try Channel("", .told(finding)).grade().tests[0].facts
    }
    #expect(log2(Double(Set(told).count)) <= bits)
  }

  /// The name of an error, from a source that is all alphabet.
  @Test func anErrorHasFewNames() {
    let words = OwnWords(sources: [Array((0..<100_000).map { "w\($0) " }.joined().utf8)])
    #expect(log2(Double((0..<100_000).count { words.contains("w\($0)") })) <= 12)
  }
}
