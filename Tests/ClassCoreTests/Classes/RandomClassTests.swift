import ClassCore
import Foundation
import GraderCore
import TestSupport
import Testing

/// Random classes through listing, planner and policy: nothing is lost, nothing counts twice, no
/// attempt but the right one counts, and what cannot be decided is open.
@Suite struct RandomClassTests {
  private static let isAll = ProcessInfo.processInfo.environment["CHAINRULE_TESTS"] == "all"
  private static let seeds: Range<UInt64> = isAll ? 0..<2000 : 0..<200

  /// The plan as it is once the download was read: damaged archives are in trouble.
  private func plan(_ random: RandomClass) throws -> DownloadPlan {
    let text = try #require(TextEncoding.text(of: random.table)?.text)
    let roster = try Roster.read(text).roster
    #expect(
      Set(roster.students.map(\.id)) == Set(random.owners.flatMap(\.students)),
      "\(random.list): \(text)"
    )
    var plan = Download.plan(
      Download.recognize(paths: random.paths),
      in: DownloadContext(
        roster: roster,
        facts: random.facts,
        due: random.due,
        timeZone: random.zone
      )
    )
    let damaged = random.owners.reduce(into: Set<String>()) { $0.formUnion($1.damaged) }
    for place in plan.attempts.indices {
      guard let path = path(plan.attempts[place]), damaged.contains(path) else { continue }
      plan.attempts[place].trouble = "it is damaged"
    }
    return plan
  }

  private func path(_ attempt: Attempt) -> String? {
    switch attempt.content {
    case .archive(let file): file.path
    case .loose(let files): files.first?.path
    case .unusable, nil: nil
    }
  }

  @Test func nothingIsLostAndNothingIsThereTwice() throws {
    for seed in Self.seeds {
      let random = RandomClass(seed: seed)
      let plan = try plan(random)
      let archives = plan.attempts.compactMap(path)
      #expect(Set(archives).count == archives.count, "seed \(seed)")
      #expect(archives.sorted() == random.owners.flatMap(\.attempts).sorted(), "seed \(seed)")
      for owner in random.owners {
        let own = plan.attempts.filter { $0.students == owner.students.sorted() }
        #expect(
          own.compactMap(path) == owner.attempts,
          "seed \(seed), \(random.layout), \(random.list): \(owner)"
        )
        #expect(
          own.contains { path($0) == nil } == owner.hasDocument,
          "seed \(seed), \(random.layout), \(random.list): \(owner)"
        )
      }
    }
  }

  /// The attempt of each owner that a rule counts, by what is known of it.
  private func expected(
    _ owner: RandomClass.Owner,
    _ rule: AttemptRule,
    in random: RandomClass
  ) -> String? {
    switch rule {
    case .latest, .best: owner.attempts.last
    case .first: owner.attempts.first
    // All is late that is called so: the first is nearest to the date.
    case .lastOnTime where random.layout == .canvasLate: owner.attempts.first
    case .lastOnTime:
      owner.attempts.indices.last {
        owner.times.isEmpty || owner.times[$0] <= random.due
      }.map { owner.attempts[$0] } ?? owner.attempts.first
    }
  }

  @Test(arguments: [AttemptRule.latest, .first, .lastOnTime, .best])
  func theRightAttemptCountsForEverybody(rule: AttemptRule) throws {
    for seed in Self.seeds {
      let random = RandomClass(seed: seed)
      let plan = try plan(random)
      let attempts = plan.attempts.named { $0 }
      let policy = ClassPolicy(due: random.due, attempts: rule)
      // The later the better, so that the best is the last one.
      let scores = attempts.map { $0.trouble == nil ? Points(hundredths: 100 * $0.number) : nil }
      let counted = CountedAttempts(zip(attempts, scores).map { ($0, $1) }, policy: policy)
      let results = zip(attempts, scores).compactMap { attempt, score in
        counted.narrowed(
          ClassResult(
            students: attempt.students.map { Student(id: $0, name: "") },
            attempt: attempt,
            grade: score.map { points in
              Grade(tests: [.init(id: "t", score: points.hundredths, of: 1000)])
            }
          )
        )
      }
      for owner in random.owners {
        for student in owner.students {
          let mine = results.filter { $0.students.contains { $0.id == student } }
          let isThere = !owner.attempts.isEmpty || owner.hasDocument
          #expect(mine.count == (isThere ? 1 : 0), "seed \(seed), \(rule): \(owner)")
          guard let one = mine.first, !owner.hasDocument else {
            #expect(mine.allSatisfy { $0.open != nil && $0.grade == nil })
            continue
          }
          let isOpen =
            rule == .best
            ? !owner.damaged.isEmpty
            : owner.damaged.contains(expected(owner, rule, in: random) ?? "")
          #expect((one.open != nil) == isOpen, "seed \(seed), \(rule): \(owner)")
          #expect((one.grade == nil) == isOpen)
          if !isOpen {
            #expect(
              one.attempt.flatMap(path) == expected(owner, rule, in: random),
              "seed \(seed), \(rule)"
            )
          }
        }
      }
    }
  }

  /// What the screen says adds up to the roster.
  @Test func countsOnTheScreen() throws {
    for seed in Self.seeds {
      let random = RandomClass(seed: seed)
      let plan = try plan(random)
      let line = DownloadText.summary(plan).split(separator: "\n").first { $0.hasPrefix("Of ") }
      let absent = random.owners.filter { $0.attempts.isEmpty && !$0.hasDocument }
      let troubled = random.owners.filter { $0.hasDocument || !$0.damaged.isEmpty }
      let (none, bad) = (absent.flatMap(\.students).count, troubled.flatMap(\.students).count)
      guard none + bad > 0 else {
        #expect(line == nil)
        continue
      }
      let all = random.owners.flatMap(\.students).count
      #expect(
        line == """
          Of \(all) students: \(all - none - bad) handed in, \(bad) not taken in, \
          \(none) handed in nothing.
          """,
        "seed \(seed)"
      )
    }
  }
}
