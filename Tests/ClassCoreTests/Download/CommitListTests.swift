import ClassCore
import Foundation
import Testing

/// Lists of commits and pushes are understood as people and programs write them, or refused.
@Suite struct CommitListTests {
  private static let noon = Date(timeIntervalSince1970: 1_777_550_400)

  @Test(arguments: [
    "repository,commit,pushed\na1-alice,1234567,2026-04-30 12:00:00\n*,hand-in,\n",
    "Time;Tag;Repo\n2026-04-30T21:00:00+09:00;1234567;https://x.edu/a1-alice.git\n;hand-in;*\n",
    "a1-alice,1234567,2026-04-30T12:00:00Z\n*,hand-in\n",
    "# by the server's log\na1-alice 1234567 2026-04-30 12:00:00\n\n*   hand-in\n",
    "class/a1-alice.git\t1234567\t2026-04-30 12:00:00 UTC\n*\thand-in\n",
  ])
  func isReadAsWritten(text: String) throws {
    let list = try CommitList(text, zone: .gmt)
    #expect(list["a1-alice"] == CommitList.Row(commit: "1234567", pushedAt: Self.noon))
    #expect(list["a1-bob"] == CommitList.Row(commit: "hand-in"))
    #expect(list.hasCommits)
  }

  /// Files of work trees count as they are, and only their times are told.
  @Test(arguments: ["a1-alice 2026-04-30 12:00:00", "a1-alice,2026-04-30 12:00:00"])
  func timesAlone(text: String) throws {
    let list = try CommitList(text, zone: .gmt)
    #expect(list["a1-alice"] == CommitList.Row(pushedAt: Self.noon))
    #expect(list["a1-bob"] == nil)
    #expect(!list.hasCommits)
  }

  @Test(arguments: [
    ("", "it names no repository"),
    ("repository,commit\n", "it names no repository"),
    (
      "a,1234567\nb,1234567\nx/a.git,7654321\n", "it names x/a.git twice; keep the line that counts"
    ),
    ("a,1234567,yesterday", "the time yesterday of a is not understood"),
    ("name,time\na,2026-04-31 12:00", "the time 2026-04-31 12:00 of a is not understood"),
    ("a\nb,1234567", "a has neither a commit nor a time"),
    ("*,hand-in,2026-04-30 12:00", "a line for all repositories (*) cannot have a time"),
    ("\"a,b", "a quoted field that begins on line 1 never ends"),
  ])
  func whatIsNotUnderstoodIsRefused(text: String, reason: String) {
    #expect {
      try CommitList(text, zone: .gmt)
    } throws: { error in
      "\(error)".hasPrefix(reason)
    }
  }

  /// The list decides, and every hand-in knows whose word its time is.
  @Test func timesReachThePlan() throws {
    let paths = ["a1-alice/Package.swift", "a1-bob/Package.swift", "a1-carol/Package.swift"]
    let recognition = Download.recognize(paths: paths)
    let list = try CommitList("a1-alice 2026-04-30 12:00:00\nzoe 2026-04-30 12:00", zone: .gmt)
    var facts = [
      "a1-bob": SourceFacts(people: [], submittedAt: Self.noon),
      "a1-alice": SourceFacts(people: [], submittedAt: Self.noon.addingTimeInterval(60)),
    ]
    #expect(list.add(to: &facts, of: recognition) == ["zoe"])
    let plan = Download.plan(recognition, in: DownloadContext(facts: facts, timeZone: .gmt))
    #expect(plan.attempts.map(\.submittedAt) == [Self.noon, Self.noon, nil])
    #expect(plan.attempts.map(\.timeOrigin) == [.list, .source, nil])
  }
}
