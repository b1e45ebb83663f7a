import ClassCore
import Foundation
import Testing

/// Deliveries find their students, and whatever is odd about them is told.
@Suite struct PlanTests {
  private static let roster = Roster(members: [
    member("03240396", "Doe, Jane", "jane.doe@example.edu", logins: ["jdoe"], source: "1021"),
    member("03240397", "Roe, Rae Marie", "r_roe@example.edu"),
    member("31240001", "山田 太郎", nil, group: "Team 3"),
    member("31240002", "鈴木 花子", nil, group: "Team 3"),
    member("31240003", "Müller, Jörg", nil),
  ])

  private static func member(
    _ number: String,
    _ name: String,
    _ email: String?,
    logins: [String] = [],
    source: String? = nil,
    group: String? = nil
  ) -> Roster.Member {
    Roster.Member(
      student: Student(id: number, name: name, email: email),
      logins: logins,
      sourceID: source,
      group: group
    )
  }

  private func plan(
    _ paths: [String],
    roster: Roster? = Self.roster,
    facts: [String: SourceFacts] = [:],
    due: Date? = nil
  ) -> DownloadPlan {
    Download.plan(
      Download.recognize(paths: paths),
      in: DownloadContext(roster: roster, facts: facts, due: due, timeZone: .gmt)
    )
  }

  /// Students by the names of their deliveries.
  private func students(_ plan: DownloadPlan) -> [String: [String]] {
    Dictionary(plan.attempts.map { ($0.label, $0.students) }) { first, _ in first }
  }

  @Test func canvasNames() {
    let plan = plan([
      "changedname_1021_1_submit.zip", "roeraemarie_9_2_submit.zip",
      "mullerjorg_8_3_submit.zip", "nobodyknows_7_4_submit.zip",
    ])
    #expect(
      students(plan) == [
        "changedname": ["03240396"], "roeraemarie": ["03240397"], "mullerjorg": ["31240003"],
        "nobodyknows": [],
      ]
    )
    #expect(
      plan.oddities == [
        .unmatched(delivery: "nobodyknows", files: ["submit.zip"], candidates: []),
        .nothing(Self.roster.students[2]), .nothing(Self.roster.students[3]),
      ]
    )
  }

  @Test func numbersInAnyForm() {
    let plan = plan([
      "hw1_03-240396.zip", "3240397.zip", "0３２４０３９６x.zip", "rae marie roe.zip",
    ])
    #expect(
      students(plan) == [
        "hw1_03-240396": ["03240396"], "3240397": ["03240397"], "0３２４０３９６x": [],
        "rae marie roe": ["03240397"],
      ]
    )
  }

  /// Words that mean two students are no match, unless these are one team.
  @Test func wordsHaveToAgree() {
    let plan = plan(["jdoe_r_roe.zip", "jdoe and r.zip"])
    #expect(students(plan) == ["jdoe_r_roe": [], "jdoe and r": ["03240396"]])
    let two = self.plan(["jdoe 03240397/submit.zip", "x/submit.zip"])
    #expect(students(two)["jdoe 03240397"] == [])
    #expect(
      two.oddities.contains(
        .unmatched(
          delivery: "jdoe 03240397",
          files: ["submit.zip"],
          candidates: Array(Self.roster.students[0...1])
        )
      )
    )
    let team = self.plan(["31240001 31240002/a.zip", "jdoe 31240001/a.zip"])
    #expect(
      students(team) == ["31240001 31240002": ["31240001", "31240002"], "jdoe 31240001": []]
    )
  }

  /// One name of two students is nobody's, and neither are two words for two students.
  @Test func ambiguity() {
    let twins = Roster(members: [
      Self.member("1", "Doe, Jane", nil, logins: ["anna"]),
      Self.member("2", "Jane Doe", nil, logins: ["ben"]),
    ])
    let plan = plan(["janedoe_8_1_a.zip", "other_9_2_a.zip"], roster: twins)
    #expect(plan.attempts.map(\.students) == [[], []])
    #expect(
      plan.oddities.first
        == .unmatched(delivery: "janedoe", files: ["a.zip"], candidates: twins.students)
    )
    let words = self.plan(["hw-anna ben.zip", "hw-anna.zip"], roster: twins)
    #expect(students(words) == ["hw-anna ben": [], "hw-anna": ["1"]])
    #expect(
      words.oddities.first
        == .unmatched(
          delivery: "hw-anna ben",
          files: ["hw-anna ben.zip"],
          candidates: twins.students
        )
    )
  }

  /// A group's hand-in is its members', under the group's name or one of theirs.
  @Test func groups() {
    let plan = plan([
      "Team 3_88_assignsubmission_file/submit.zip", "山田 太郎_89_assignsubmission_file/submit.zip",
    ])
    #expect(
      plan.attempts.map(\.students) == [["31240001", "31240002"], ["31240001", "31240002"]]
    )
    #expect(plan.attempts.map(\.number) == [1, 2])
  }

  @Test func blackboardAttemptsInOrder() throws {
    let due = try #require(WallTime("2026-05-01-00-00-00")?.date(in: .gmt))
    let plan = plan(
      [
        "Homework 1_jdoe_attempt_2026-05-01-00-10-05_b.zip",
        "Homework 1_jdoe_attempt_2026-04-30-23-10-05_a.zip",
        "Homework 1_r_roe_attempt_2026-04-29-08-00-00_c.zip",
      ],
      due: due
    )
    #expect(plan.attempts.map(\.originalName) == ["a.zip", "b.zip", "c.zip"])
    #expect(plan.attempts.map(\.number) == [1, 2, 1])
    #expect(plan.attempts.map(\.students) == [["03240396"], ["03240396"], ["03240397"]])
    #expect(plan.oddities.contains(.late(students: ["03240396"], delivery: "jdoe", seconds: 605)))
    #expect(
      plan.oddities.contains(
        .duplicate(students: ["03240396"], deliveries: ["jdoe: a.zip", "jdoe: b.zip"])
      )
    )
  }

  /// Canvas's own mark counts only where no due date says more.
  @Test func lateByTheSource() {
    let plan = plan(["doejane_LATE_1021_1_submit.zip", "roeraemarie_9_2_submit.zip"])
    #expect(
      plan.oddities.first == .late(students: ["03240396"], delivery: "doejane", seconds: nil)
    )
  }

  /// Resubmissions in one delivery are attempts, in the order of their attachments.
  @Test func severalArchives() {
    let plan = plan(["doejane_1021_20_submit-1.zip", "doejane_1021_9_submit.zip"])
    #expect(plan.attempts.map(\.originalName) == ["submit.zip", "submit-1.zip"])
    #expect(plan.attempts.map(\.number) == [1, 2])
  }

  @Test func looseFiles() {
    let base = "Jane Doe_4711_assignsubmission_file"
    let plan = plan([
      "\(base)/a1/Package.swift", "\(base)/a1/Sources/BatchNorm/Forward.swift",
      "\(base)/a1/.build/x.swift", "\(base)/a1/submit.tar.gz",
    ])
    guard case .loose(let files) = plan.attempts.first?.content else {
      Issue.record("not loose: \(plan.attempts)")
      return
    }
    #expect(files.map(\.name) == ["a1/Package.swift", "a1/Sources/BatchNorm/Forward.swift"])
    #expect(
      plan.oddities.first
        == .besides(students: ["03240396"], delivery: "Jane Doe", files: ["a1/submit.tar.gz"])
    )
  }

  /// Loose files go as they are called: intake repairs names, as it does in archives.
  @Test func looseFilesOfASecondTry() {
    let plan = plan([
      "doejane_1021_20_Forward-1.swift", "doejane_1021_21_Steps (2).swift",
      "doejane_1021_23_Derivation.md.txt", "roeraemarie_9_2_Chain.swift.txt",
    ])
    let loose = plan.attempts.compactMap { attempt -> [String]? in
      guard case .loose(let files) = attempt.content else { return nil }
      return files.map(\.name)
    }
    #expect(
      loose == [["Derivation.md.txt", "Forward-1.swift", "Steps (2).swift"], ["Chain.swift.txt"]]
    )
    #expect(plan.oddities.allSatisfy { $0.name == "nothing handed in" })
  }

  /// A due date that nothing can be held against takes no points, but not in silence.
  @Test func timesThatNobodyKnows() {
    func attempt(_ time: Date?, isLate: Bool? = nil, counts: Bool = true) -> Attempt {
      var attempt = Attempt(
        students: ["x"],
        originalName: "a.zip",
        path: "",
        submittedAt: time,
        isMarkedLate: isLate
      )
      attempt.counts = counts
      return attempt
    }
    let attempts = [
      attempt(nil), attempt(nil, counts: false), attempt(.distantPast), attempt(nil, isLate: false),
    ]
    #expect(
      DownloadText.untimed(attempts, due: .now)
        == "Nothing says when 1 hand-in came: taken as in time."
    )
    #expect(DownloadText.untimed(attempts, due: nil) == nil)
    #expect(DownloadText.untimed([attempts[2]], due: .now) == nil)
  }

  /// An archive beside a note or a loose file is what was handed in.
  @Test func archiveAndMore() {
    let base = "Jane Doe_4711_assignsubmission_file"
    let plan = plan(["\(base)/submit.tar.gz", "\(base)/Extra.swift", "\(base)/answers.pdf"])
    #expect(plan.attempts.map(\.originalName) == ["submit.tar.gz"])
    #expect(
      plan.oddities.first
        == .besides(
          students: ["03240396"],
          delivery: "Jane Doe",
          files: ["Extra.swift", "answers.pdf"]
        )
    )
  }

  @Test func noArchive() {
    let plan = plan([
      "Jane Doe_4711_assignsubmission_file/answers.pdf",
      "Jane Doe_4711_assignsubmission_onlinetext/onlinetext.html",
      "Rae Roe_4712_assignsubmission_onlinetext/onlinetext.html",
    ])
    // Something came of both: it cannot be graded, and is not nothing.
    #expect(plan.attempts.map(\.students) == [[], ["03240396"]])
    #expect(plan.attempts.allSatisfy { $0.trouble != nil })
    #expect(
      plan.oddities.filter { $0.name == "no archive found" } == [
        .noArchive(
          students: ["03240396"],
          delivery: "Jane Doe",
          files: ["answers.pdf", "onlinetext.html"]
        ),
        .noArchive(students: [], delivery: "Rae Roe", files: ["onlinetext.html"]),
      ]
    )
  }

  /// A document in a flat folder is its student's, if its name says so and nothing else came.
  @Test func documentsOfStudents() {
    let plan = plan(["Doe Jane.zip", "Doe Jane.pdf", "Rae Roe answers 3240397.docx", "notes.txt"])
    #expect(
      plan.attempts.map { "\($0.students) \($0.originalName) \($0.trouble == nil)" } == [
        "[\"03240396\"] Doe Jane.zip true",
        "[\"03240397\"] Rae Roe answers 3240397.docx false",
      ]
    )
    #expect(plan.oddities.filter { $0.name == "not a hand-in" }.count == 2)
    #expect(
      DownloadText.summary(plan)
        .contains("Of 5 students: 1 handed in, 1 not taken in, 3 handed in nothing.")
    )
  }

  /// Copies and numbers are in the order of their making, flat and in a folder for each student.
  @Test(arguments: [
    ["hw1", "hw1-1", "hw1 (2)", "hw1_v3"], ["hw9", "hw10"], ["hw1", "Copy of hw1"],
    ["hw", "hw copy", "hw copy 2"], ["hw-2026-04-09", "hw-2026-04-15"], ["a_v1", "a_v2", "a_v10"],
    ["x", "x - Copy", "x - Copy (2)"],
  ])
  func orderOfAttempts(names: [String]) {
    let folder = plan(names.reversed().map { "Jane Doe/\($0).tar.gz" } + ["Rae Roe/a.zip"])
    let mine = folder.attempts.filter { $0.students == ["03240396"] }
    #expect(mine.map(\.originalName) == names.map { "\($0).tar.gz" })
    #expect(mine.map(\.number) == Array(1...names.count))
    let flat = plan(names.reversed().map { "Doe Jane \($0).tar.gz" } + ["Rae Marie Roe.zip"])
    let own = flat.attempts.filter { $0.students == ["03240396"] }
    #expect(own.map(\.originalName) == names.map { "Doe Jane \($0).tar.gz" })
  }

  /// Attempts of a team and of one of its members are counted together.
  @Test func teamsAndMembers() {
    let facts = [
      "submission_1": SourceFacts(people: [
        SourceFacts.Person(name: "Jane Doe"), SourceFacts.Person(name: "Rae Marie Roe"),
      ]),
      "submission_2": SourceFacts(people: [SourceFacts.Person(name: "Jane Doe")]),
    ]
    let plan = plan(
      ["e/submission_metadata.yml", "e/submission_1/a.zip", "e/submission_2/b.zip"],
      facts: facts
    )
    #expect(Set(plan.attempts.map(\.number)) == [1, 2])
  }

  @Test func gradescopeGroups() {
    let facts = [
      "submission_900": SourceFacts(
        people: [
          SourceFacts.Person(name: "Jane Doe", number: "03-240396"),
          SourceFacts.Person(name: "Rae Roe", email: "r_roe@example.edu"),
        ],
        submittedAt: Date(timeIntervalSince1970: 1000)
      )
    ]
    let paths = ["e/submission_metadata.yml", "e/submission_900/submit.zip"]
    let plan = plan(paths, facts: facts)
    #expect(plan.attempts.map(\.students) == [["03240396", "03240397"]])
    #expect(plan.attempts.map(\.submittedAt) == [Date(timeIntervalSince1970: 1000)])
    #expect(plan.oddities.last == .passedOver(count: 1, examples: [paths[0]]))
  }

  /// A hyphen says that there is no number; it is nobody's.
  @Test func peopleWithoutNumbers() {
    let facts = [
      "submission_900": SourceFacts(people: [
        SourceFacts.Person(name: "Jane Doe", number: "-"),
        SourceFacts.Person(name: "Rae Roe", number: "-"),
      ])
    ]
    let paths = ["e/submission_metadata.yml", "e/submission_900/submit.zip"]
    #expect(plan(paths, roster: nil, facts: facts).students.map(\.id) == ["Jane Doe", "Rae Roe"])
    let roster = Roster(members: [
      Roster.Member(student: Student(id: "1", name: "Other"), logins: ["-"])
    ])
    #expect(plan(paths, roster: roster, facts: facts).attempts.map(\.students) == [[]])
  }

  /// A mark of a copy counts where the original is.
  @Test func copies() {
    let plan = plan(
      ["team-1.zip", "team-2.zip", "ann.zip", "ann-1.zip", "ann (2).zip"],
      roster: nil
    )
    #expect(plan.students.map(\.id) == ["ann", "team-1", "team-2"])
    #expect(
      plan.attempts.map(\.originalName) == [
        "ann.zip", "ann-1.zip", "ann (2).zip", "team-1.zip", "team-2.zip",
      ]
    )
  }

  /// Without a roster each owner is a student; equal names are not one person.
  @Test func withoutRoster() {
    let plan = plan(
      [
        "Jane Doe_4711_assignsubmission_file/a.zip", "Jane Doe_4712_assignsubmission_file/b.zip",
      ],
      roster: nil
    )
    #expect(plan.students.map(\.id) == ["Jane Doe (4711)", "Jane Doe (4712)"])
    #expect(plan.students.map(\.name) == ["Jane Doe", "Jane Doe"])
    #expect(plan.attempts.map(\.students) == [["Jane Doe (4711)"], ["Jane Doe (4712)"]])
    let numbers = self.plan(["03-240396.zip", "3240397@u1@a.zip"], roster: nil)
    #expect(numbers.students.map(\.id) == ["03240396", "03240397"])
  }

  /// Brightspace's names hold the time, in folders and flat, and that orders attempts.
  @Test(arguments: ["/hw.zip", " - hw.zip"])
  func brightspaceTimes(ending: String) {
    let names = [
      "Apr 9, 2026 959 PM", "Apr 10, 2026 1005 AM", "30 April, 2026 2359", "May 1, 2026 1205 AM",
      "2026-05-02 1205 PM",
    ]
    let plan = plan(names.map { "48211-90017 - Jane Doe - \($0)\(ending)" } + ["index.html"])
    #expect(plan.kind == .brightspace)
    #expect(plan.attempts.allSatisfy { $0.students == ["03240396"] })
    #expect(
      plan.attempts.map { $0.submittedAt?.formatted(.iso8601) } == [
        "2026-04-09T21:59:00Z", "2026-04-10T10:05:00Z", "2026-04-30T23:59:00Z",
        "2026-05-01T00:05:00Z", "2026-05-02T12:05:00Z",
      ]
    )
  }

  /// Folders that count deliveries go by their size, whatever the archives in them are called.
  @Test func countedFolders() {
    let plan = plan([
      "jdoe/Version 10/a.zip", "jdoe/Version 9/b.zip", "jdoe/Version 2/hw.zip",
      "31240003/attempt-2/hw.zip", "31240003/attempt-11/hw.zip",
    ])
    #expect(
      plan.attempts.map { $0.file?.path } == [
        "jdoe/Version 2/hw.zip", "jdoe/Version 9/b.zip", "jdoe/Version 10/a.zip",
        "31240003/attempt-2/hw.zip", "31240003/attempt-11/hw.zip",
      ]
    )
  }

  /// Copies as systems in other languages name them.
  @Test func copiesInOtherLanguages() {
    let names = ["hw - 복사본", "hw - cópia", "hw - 複製", "hw 拷贝", "hw - Kopie", "Cópia de hw"]
    for name in names {
      let plan = plan(["jdoe \(name).zip", "jdoe hw.zip", "31240003.zip"])
      let mine = plan.attempts.filter { $0.students == ["03240396"] }
      #expect(mine.map { $0.file?.path } == ["jdoe hw.zip", "jdoe \(name).zip"])
      #expect(Set(mine.map(\.family)).count == 1, "\(name)")
    }
  }
}
