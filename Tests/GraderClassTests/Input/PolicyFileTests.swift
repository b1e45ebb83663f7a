import ClassCore
import Foundation
import GraderClass
import GraderCore
import GraderRuntime
import Testing

@Suite struct PolicyFileTests {
  private func policy(_ text: String) throws -> ClassPolicy {
    let scratch = try Scratch()
    try scratch.write(text, to: "policy.yaml")
    return try PolicyFile.read(scratch.path + "/policy.yaml")
  }

  @Test func everything() throws {
    let policy = try policy(
      """
      due: 2026-05-01 23:59        # in the zone below
      zone: Asia/Tokyo
      late:
        per: day
        percent: 10
        of: maximum
        graceMinutes: 15
        capPercent: 50
        closesAfterHours: 72
        unitsIfUnknown: 1
      attempts: lastOnTime
      groups: false
      extensions:
        03-240396: 48h
        jdoe: 2026-05-04T23:59:59+09:00
      extra:
        - student: 03240397
          points: 1.5
          reason: a mistake found
      bonus: [closed-form]
      drop: { lowest: 1, of: [q1, q2] }
      markers: agree
      machineColumn: Homework 1 by machine
      """
    )
    // To the end of the minute.
    let due = Date(timeIntervalSince1970: 1_777_647_599)
    var expected = ClassPolicy(
      due: due,
      late: LateRule(
        unit: .day,
        cost: .percentOfMaximum(10),
        grace: 900,
        capPercent: 50,
        closesAfter: 259_200,
        unitsIfUnknown: 1
      ),
      attempts: .lastOnTime,
      groups: false,
      extensions: [
        "03240396": .hours(48), "jdoe": .until(Date(timeIntervalSince1970: 1_777_906_799)),
      ],
      extra: [
        ClassPolicy.ExtraCredit(
          student: "03240397",
          points: Points(hundredths: 150),
          reason: "a mistake found"
        )
      ],
      bonusItems: ["closed-form"],
      drop: ClassPolicy.DropRule(lowest: 1, items: ["q1", "q2"]),
      markers: .agree,
      zone: TimeZone(identifier: "Asia/Tokyo")
    )
    expected.machineColumn = "Homework 1 by machine"
    #expect(policy == expected)
  }

  /// The example in the documentation is a policy.
  @Test func documentation() throws {
    let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent()
    }
    let page = root.appending(
      path: "Sources/grader/Documentation.docc/TakingInAndGivingBack.md"
    )
    let text = try String(contentsOf: page, encoding: .utf8)
    let block = try #require(text.split(separator: "```yaml\n").last?.split(separator: "```").first)
    let policy = try policy(String(block))
    #expect(policy.late?.unitsIfUnknown == 1)
    #expect(policy.extensions["03240396"] == .hours(48))
    #expect(policy.drop?.items == ["grad-gamma", "grad-beta"])
  }

  /// A time is understood to its last letter, in seconds since 2026-04-30 21:59:00 UTC, or refused.
  @Test(
    arguments: [
      ("2026-04-30 23:59", 59), ("2026-04-30 23:59:00", 0), ("2026/4/30 23:59", 59),
      ("2026-04-30 11:59 PM", 59), ("2026-04-30 11:59pm", 59), ("2026-04-30 11:59:30 p.m.", 30),
      ("2026-04-30 11:59 AM", 59 - 43_200), ("2026-04-30 12:05 AM", 59 - 86_040),
      ("2026-04-30 12:05 pm", 59 - 42_840), ("2026-04-30T23:59:59+02:00", 59),
      ("2026-04-30T23:59+0200", 59), ("2026-04-30 21:59 UTC", 59), ("2026-04-30T21:59:00Z", 0),
      ("2026-04-30T21:59:00.250Z", 0), ("2026-04-30 21:59 GMT", 59), ("2026-04-30 23:59 UTC+2", 59),
      ("2026-04-30 17:59 America/New_York", 59), ("2026-05-01 06:59 Asia/Tokyo", 59),
      ("2026-04-30 16:59 -05", 59), ("2026-04-30 9:59 PM Europe/London", -3541),
      ("2026-04-30 23:59 or so", nil), ("2026-04-30 13:59 PM", nil), ("2026-04-30 0:59 AM", nil),
      ("2026-04-30 23:59 CST", nil), ("2026-04-30 23:59 PMT", nil), ("2026-04-30 24:00", nil),
      ("2026-04-30", nil), ("30.04.2026 23:59", nil), ("2026-04-31 23:59", nil),
      ("2026-04-30 23:59 +25:00", nil), ("2026-04-30 23:60", nil), ("2026-04-30 23:59 A/B", nil),
      ("2026-04-30 23:59 11:00", nil), ("2026-04/30 23:59", nil), ("2026-03-29 02:30", nil),
    ] as [(String, Int?)]
  )
  func times(text: String, seconds: Int?) throws {
    for field in ["due: \(text)", "extensions: { x: \"\(text)\" }\ndue: 2026-01-01T00:00:00Z"] {
      guard let seconds else {
        #expect(throws: GraderFault.self, "\(field)") {
          try policy("zone: Europe/Berlin\n\(field)")
        }
        continue
      }
      let read = try policy("zone: Europe/Berlin\n\(field)")
      let expected = Date(timeIntervalSince1970: 1_777_586_340 + Double(seconds))
      #expect(read.due == expected || read.extensions == ["x": .until(expected)], "\(field)")
    }
  }

  /// Of an hour that clocks show twice the second one counts.
  @Test func clocksThatGoBack() throws {
    let policy = try policy("zone: Europe/Berlin\ndue: 2026-10-25 02:30:00")
    #expect(policy.due == ISO8601DateFormatter().date(from: "2026-10-25T01:30:00Z"))
  }

  @Test func nothing() throws {
    #expect(try policy("# nothing yet\n") == ClassPolicy())
  }

  /// A policy that is misspelt is refused: it must not be silently absent.
  @Test(arguments: [
    ("latte: {}", "latte"), ("due: tomorrow", "due"), ("due: 2026-05-01 23:59", "due"),
    ("due: 2026-02-30 23:59\nzone: Asia/Tokyo", "due"), ("zone: Mars/Olympus", "zone"),
    ("late: { per: day, percent: 10 }", "due"), ("attempts: lastest", "attempts"),
    ("due: 2026-05-01T00:00:00Z\nlate: { per: day }", "percent"),
    ("due: 2026-05-01T00:00:00Z\nlate: { per: week, percent: 1 }", "per"),
    ("due: 2026-05-01T00:00:00Z\nlate: { per: day, percent: 1, points: 1 }", "percent"),
    ("due: 2026-05-01T00:00:00Z\nlate: { per: day, percent: -1 }", "percent"),
    ("due: 2026-05-01T00:00:00Z\nlate: { per: day, percent: 1, of: all }", "of"),
    ("due: 2026-05-01T00:00:00Z\nlate: { per: day, points: 0.001 }", "points"),
    ("extensions: { x: soon }", "extensions"), ("extra: [{ student: x, points: 1 }]", "reason"),
    ("drop: { lowest: 2, of: [a, b] }", "lowest"),
  ])
  func refusals(text: String, field: String) throws {
    let fault = #expect(throws: GraderFault.self) { try self.policy(text) }
    #expect(fault?.kind == .usage)
    #expect(fault?.what.contains(field) == true, "\(fault?.what ?? "")")
  }

  /// A teacher reads the line, the place, and what is allowed, and nothing of the decoder.
  @Test(arguments: [
    ("groups: maybe", "line 1: groups: must be true or false, and is `maybe`"),
    (
      "attempts: lastest",
      "line 1: attempts: must be one of latest, first, best, lastOnTime, and is `lastest`"
    ),
    ("bonus: x", "line 1: bonus: must be a list, and is `x`"),
    ("late: 3", "line 1: late: must be keys with values, and is `3`"),
    ("# two\nextra: [{ student: x, points: 1 }]", "line 2: extra.#1.reason: is missing"),
    (
      "due: tomorrow",
      "line 1: due: must be a time such as 2026-05-01T23:59:59+09:00"
    ),
    (
      "groups: false\nlatte: {}",
      "line 2: latte: is not known; there are: due, zone, late, attempts, groups, extensions, "
        + "extra, bonus, drop, markers, machineColumn"
    ),
    (
      "extensions: { x: soon }",
      "line 1: extensions: x must be given hours such as 48h, onTime, or a time such as "
        + "2026-05-04T23:59:59+09:00"
    ),
    (
      "due: 2026-04-30 23:59",
      "line 1: due: must be a time such as 2026-05-01T23:59:59+09:00; this one has no zone, and "
        + "there is no `zone`"
    ),
    ("groups: true\ngroups: false", "line 1: the same key twice: groups"),
    ("bonus: [", "line 2: the YAML is broken: did not find expected node content"),
  ])
  func sentences(text: String, says: String) throws {
    let fault = #expect(throws: GraderFault.self) { try self.policy(text) }
    let parts = fault?.what.split(separator: " cannot be understood: ").last
    #expect(parts.map(String.init) == says + ".")
  }
}
