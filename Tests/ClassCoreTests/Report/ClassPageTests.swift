import ClassCore
import Foundation
import GraderCore
import JudgeEvents
import TestSupport
import Testing

/// The class report in a real browser.
@Suite(.serialized) struct ClassPageTests {
  /// Pages are kept here for people to look at, if the environment names a folder.
  private static let kept = ProcessInfo.processInfo.environment["CHAINRULE_KEEP_PAGES"]

  private static func page(_ report: ClassReport, similar: SimilarityFindings? = nil) throws
    -> String
  {
    var failure: (any Error)?
    let text = try ClassPage(report, similar: similar).html { bytes in
      do {
        let script =
          "import hashlib,sys;"
          + "print(hashlib.sha256(open(sys.argv[1],'rb').read()).hexdigest())"
        let answer = try Checker.run(
          "python3",
          ["-c", script, "@0"],
          on: String(decoding: bytes, as: UTF8.self)
        )
        return answer.output.trimmingCharacters(in: .whitespacesAndNewlines)
      } catch {
        failure = error
        return ""
      }
    }
    if let failure { throw failure }
    return text
  }

  /// The lines that the browser printed; the first is the time to the page's being ready.
  private static func browse(
    _ name: String,
    _ page: String,
    _ steps: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    if let kept {
      try page.write(toFile: "\(kept)/\(name).html", atomically: true, encoding: .utf8)
    }
    let shots = kept.map { ["--shots", $0] } ?? []
    let words = [Checker.fixture("browser.py"), "@0"] + shots + steps
    let answer = try Checker.run("python3", words, on: page)
    #expect(answer.status == 0, "\(answer.output)", sourceLocation: sourceLocation)
    return answer.output.split(separator: "\n").map(String.init)
  }

  private static func js(_ expression: String) -> String { "js:\(expression)" }
  private static let firstName = "document.querySelector('#scroller tbody th')?.textContent"
  private static let rowCount = "document.querySelectorAll('#scroller tbody tr:not(.gap)').length"

  /// Staff reads whose word it is that somebody was late.
  @Test func saysWhoseTimesCount() throws {
    var report = ClassReport(title: "A", date: "2026-05-01")
    for (origin, time) in [(TimeOrigin.list, 1.0), (.list, 2), (.source, 3), (nil, nil)] {
      var attempt = Attempt(students: ["x"], originalName: "x", path: "")
      attempt.submittedAt = time.map { Date(timeIntervalSince1970: $0) }
      attempt.timeOrigin = origin
      report.add(ClassResult(students: [], attempt: attempt, grade: nil))
    }
    #expect(
      try Self.page(report).contains(
        """
        Late or not is decided by the learning system's time (1), the list of pushes (2). \
        Nothing says when 1 came: they count as in time.
        """
      )
    )
  }

  @Test func pageOfAClass() throws {
    let report = SyntheticClass.report(180)
    let lines = try Self.browse(
      "class",
      try Self.page(report, similar: SimilarityTests.findings),
      [
        "size:1280x900", Self.js("document.documentElement.dataset.ready"),
        Self.js("document.getElementById('shown').textContent"),
        Self.js("document.documentElement.scrollWidth <= 1280"),
        "shot:wide-light", "media:dark", "shot:wide-dark", "media:light",
        // Sort by score with the keyboard alone, twice: best first, then worst.
        Self.js("document.querySelectorAll('#scroller thead button')[3].focus()"),
        "key:Enter",
        Self.js("document.querySelectorAll('#scroller thead th')[3].getAttribute('aria-sort')"),
        "key:Enter",
        Self.js("document.querySelectorAll('#scroller thead th')[3].getAttribute('aria-sort')"),
        // Find, and hide names.
        Self.js(
          "{ const f = document.getElementById('find'); f.value = '240007'; "
            + "f.dispatchEvent(new Event('input')); }"
        ),
        Self.js("document.getElementById('shown').textContent"),
        Self.js("document.querySelector('#scroller tbody button').click()"),
        Self.js("document.getElementById('details').open"),
        "tree:dialog", "key:Escape", Self.js("document.getElementById('details').open"),
        Self.js(
          "{ const f = document.getElementById('find'); f.value = ''; "
            + "f.dispatchEvent(new Event('input')); }"
        ),
        Self.js("document.querySelector('[data-pair]').click()"),
        Self.js("document.querySelectorAll('dialog .same').length > 3"), "shot:pair", "key:Escape",
        "size:400x800", Self.js("document.documentElement.scrollWidth <= 400"), "shot:narrow",
        Self.js(
          "[...document.querySelectorAll('.wide td > .who')].every(it => it.offsetWidth > 90)"
        ),
        Self.js("document.getElementById('anonymous').click()"),
        Self.js("getComputedStyle(document.querySelector('#scroller .who')).fontSize"),
        "size:1280x900", "pdf:", Self.js(Self.rowCount + " < 80"),
      ]
    )
    let expected = [
      "\"yes\"", "\"180 of 180 students\"", "true", "null", "\"descending\"", "\"ascending\"",
      "true", "\"1 of 180 students\"", "null", "true", "1", "false", "true", "null", "true", "true",
      "true", "null", "\"0px\"",
    ]
    #expect(Array(lines.dropFirst().dropLast(2)) == expected)
    #expect(lines.suffix(2).first.flatMap { Int($0) } ?? 0 > 3, "all rows are on paper")
    #expect(lines.last == "true")
  }

  /// Every row and its dialog are called something, whoever handed in.
  @Test func rowsWithoutNames() throws {
    var report = ClassReport(title: "Batch normalization", date: "1 April 2026")
    let student = Student(id: "", name: "")
    report.add(ClassResult(students: [student], attempt: nil, grade: .hostile(text: "x")))
    let lines = try Self.browse(
      "nameless",
      try Self.page(report),
      [
        Self.js(Self.firstName),
        Self.js("document.querySelector('#scroller tbody button').click()"),
        Self.js("document.querySelector('dialog h2').textContent"),
      ]
    )
    #expect(lines.dropFirst() == ["\"no number\"", "null", "\"no number\""])
  }

  /// The script knows no verdict by name: groups, words and what counts come with the data.
  @Test func everyVerdictIsShown() throws {
    var report = ClassReport(title: "Batch normalization", date: "1 April 2026")
    let student = Student(id: "x", name: "")
    report.add(ClassResult(students: [student], attempt: nil, grade: .hostile(text: "x")))
    let column = { (number: Int) in
      "[...document.querySelectorAll('dialog td:nth-child(\(number))')]"
        + ".map(cell => cell.textContent).join(', ')"
    }
    let lines = try Self.browse(
      "verdicts",
      try Self.page(report),
      [
        Self.js("document.querySelector('.strip').getAttribute('aria-label')"),
        Self.js("[...document.querySelectorAll('.strip i')].map(i => i.className).join(' ')"),
        Self.js("document.querySelector('#scroller tbody button').click()"),
        Self.js(column(2)), Self.js(column(3)),
      ]
    )
    let expected = [
      "\"1 of 8 tests passed\"",
      "\"passed partial failed broken broken broken broken notRun pending notJudged\"", "null",
      "\"passed, partly right, wrong, crashed, out of time, out of memory, no valid answer, "
        + "not run, waits for a person, not judged\"",
      "\"4 / 4, 1.25 / 4, 0 / 4, 0 / 4, 0 / 4, 0 / 4, 0 / 4, 0 / 4, – / 4, – / 4\"",
    ]
    #expect(Array(lines.dropFirst()) == expected)
  }

  /// Figures on how well tests measure stand on the page and in its data; where there is none, the
  /// reason does.
  @Test(
    arguments: [
      (
        [[0, 100], [200, 150], [300, 170], [400, 300], [0, 50]], #"["0.87", "± 0.98 points"]"#,
        #""0.93\n0.25 to 1.00""#, #""itemRest":{"high":0.99534"#, #""alpha":{"value":0.86630"#
      ),
      (
        [[0, 100], [200, 0]], #"["-8.00", "–"]"#, #""-1.00\nan interval needs 4 submissions""#,
        #""itemRest":{"missing":"an interval needs 4 submissions","value":-1}"#,
        #""standardError":{"missing":"none where alpha is below 0"}"#
      ),
      (
        [[0, 100]], #"["–", "–"]"#, #""–\nneeds 2 submissions""#,
        #""itemRest":{"missing":"needs 2 submissions"}"#,
        #""alpha":{"missing":"needs 2 submissions"}"#
      ),
      (
        [[0, 100], [50, 100], [0, 100]], #"["–", "–"]"#, #""–\nthe same sum of all others""#,
        #""itemRest":{"missing":"the same sum of all others"}"#,
        #""alpha":{"missing":"needs 2 tests on which points differ"}"#
      ),
    ] as [([[Int]], String, String, String, String)]
  )
  func measures(
    points: [[Int]],
    ofAll: String,
    ofTest: String,
    testData: String,
    data: String
  ) throws {
    var report = ClassReport(title: "Batch normalization", date: "1 April 2026")
    for row in points {
      let tests = row.enumerated().map { Grade.TestResult(id: "t\($0)", score: $1, of: 400) }
      report.add(ClassResult(students: [], attempt: nil, grade: Grade(tests: tests)))
    }
    let page = try Self.page(report)
    #expect(page.contains(testData) && page.contains(data))
    let lines = try Self.browse(
      "measures-\(points.count)",
      page,
      [
        Self.js("[...document.querySelectorAll('.wordy dd')].map(dd => dd.innerText)"),
        Self.js("document.querySelector('#tests tbody td:nth-child(5)').innerText"),
        Self.js("/\\b(nan|inf)\\b/i.test(document.body.innerText)"),
      ]
    )
    #expect(Array(lines.dropFirst()) == [ofAll, ofTest, "false"])
  }

  @Test func hostileNamesAreText() throws {
    let page = try Self.page(SyntheticClass.report(40, hostile: true))
    let lines = try Self.browse(
      "hostile",
      page,
      [
        Self.js("document.querySelectorAll('script').length"),
        Self.js("document.images.length"),
        Self.js("document.querySelector('#scroller tbody button').click()"),
        Self.js("document.querySelectorAll('dialog b, dialog script, dialog img').length"),
        Self.js(Self.firstName + ".includes('<script>alert(1)</script>')"),
      ]
    )
    #expect(Array(lines.dropFirst()) == ["3", "0", "null", "0", "true"])
    let check = try Checker.run("python3", [Checker.fixture("check_html.py"), "@0"], on: page)
    #expect(check.status == 0, "\(check.output)")
  }

  /// Grading a whole term's downloads at once is told by the page and not by its figures.
  @Test func mixedAssignmentsAreSaid() throws {
    var report = ClassReport(title: "Batch normalization", date: "1 April 2026")
    for (index, assignment) in ["a1", "a1", "a<2>"].enumerated() {
      var grade = Grade(rows: [Grade.TestResult(row: "one", status: .passed, score: 400)])
      grade.assignment = assignment
      let student = Student(id: "s\(index)", name: "")
      report.add(ClassResult(students: [student], attempt: nil, grade: grade))
      let lines = try Self.browse(
        "mixed-\(index)",
        try Self.page(report),
        [Self.js("document.querySelector('.warning')?.innerText")]
      )
      let isMixed = lines.contains { $0.contains("Grades of 2 assignments") }
      #expect(isMixed == (index == 2), "\(lines)")
      if isMixed { #expect(lines.contains { $0.contains("(a1: 2, a<2>: 1)") }, "\(lines)") }
    }
  }

  /// Who fails on the same input in the same way is counted together, a team member by member.
  @Test func studentsAreCountedByCounterexample() throws {
    var report = ClassReport(title: "Batch normalization", date: "1 April 2026")
    for (index, answer) in [2.0, 3, 2].enumerated() {
      let example = Counterexample(
        function: "batchMean",
        arguments: [.init("x", .number(ExampleNumber(1)))],
        ending: .returned,
        results: [
          .init(
            name: "mean",
            path: [],
            yours: .number(ExampleNumber(answer)),
            right: .number(ExampleNumber(1))
          )
        ]
      )
      var row = Grade.TestResult(id: "one", status: .failed, score: 0, of: 400, title: "Mean")
      row.facts = Grade.Facts()
      row.facts?.search = ExampleSearch(
        questions: index,
        found: example,
        by: "batchMean(_ x: Double) throws -> Double",
        show: .input
      )
      let names = index == 0 ? ["a", "b"] : ["\(index)"]
      let students = names.map { Student(id: $0, name: "") }
      let attempt = Attempt(students: names, originalName: "s.zip", path: "x")
      report.add(ClassResult(students: students, attempt: attempt, grade: Grade(rows: [row])))
    }
    for search in [
      ExampleSearch(questions: 64, found: nil, by: nil, show: nil),
      ExampleSearch(notSearched: .questions),
    ] {
      var row = Grade.TestResult(id: "two", status: .failed, score: 0, of: 400, title: "Mean")
      row.facts = Grade.Facts()
      row.facts?.search = search
      let students = [Student(id: "\(search.outcome)", name: "")]
      let attempt = Attempt(students: students.map(\.id), originalName: "s.zip", path: "x")
      report.add(ClassResult(students: students, attempt: attempt, grade: Grade(rows: [row])))
    }
    let page = try Self.page(report)
    let remark = """
      Of the other wrong answers, for 1 none was found among the small inputs that were tried, \
      for 1 none was looked for.
      """
    #expect(page.contains(remark))
    #expect(page.contains("3 students fail on this one: Mean"))
    #expect(page.contains("1 student fails on this one: Mean"))
    #expect(page.contains("<mark>2*</mark>") && page.contains("<mark>3*</mark>"))
  }

  /// What is open says so, as in all tables.
  @Test func openStates() throws {
    var report = ClassReport(title: "Batch normalization", date: "1 April 2026")
    for open in [FinalGrade.Open.marks, .markAboveMaximum, .lateness] {
      var result = ClassResult.of([Student(id: "\(open.rawValue)", name: "")], total: nil)
      result.final?.open = open
      report.add(result)
    }
    report.add(.of([Student(id: "x", name: "")], total: 100))
    let cells = "[...document.querySelectorAll('#scroller tbody td:nth-child(5)')]"
    let lines = try Self.browse(
      "open",
      try Self.page(report),
      [Self.js("\(cells).map(cell => cell.textContent).sort().join('; ')")]
    )
    #expect(
      lines.last == """
        "graded, late; has a mark above the maximum, late; waits for marks, late; \
        waits for the time of handing in, late"
        """,
      "\(lines)"
    )
  }

  /// The policy lets no other script run: the browser says so.
  @Test func strangeScriptIsRefused() throws {
    let page = try Self.page(SyntheticClass.report(3))
      .replacing("</main>", with: "</main><script>document.title = 'taken over'</script>")
    let words = [Checker.fixture("browser.py"), "@0", Self.js("document.title")]
    let answer = try Checker.run("python3", words, on: page)
    #expect(answer.status == 1)
    #expect(answer.output.contains("Content Security Policy"))
    #expect(!answer.output.contains("\"taken over\""))
  }

  /// Only the rows in view exist.
  ///
  /// What the page weighs and how long it takes is printed; only its weight is the same on every
  /// machine.
  @Test(
    .enabled("it takes a minute of processor time; CHAINRULE_TESTS=all runs it") {
      ProcessInfo.processInfo.environment["CHAINRULE_TESTS"] == "all"
    }
  )
  func twentyThousandStudents() throws {
    let page = try Self.page(SyntheticClass.report(20_000))
    let last =
      "Number([...document.querySelectorAll('#scroller tbody tr:not(.gap)')].at(-1)"
      + ".getAttribute('aria-rowindex'))"
    let lines = try Self.browse(
      "large",
      page,
      [
        Self.js(Self.rowCount + " < 80"),
        Self.js("document.querySelector('#scroller').scrollTop = 1e9"),
        // The rows follow when the page is drawn next, for which a busy machine takes its time.
        Self.js(
          "new Promise(done => { const look = () => (\(last)) === 20001 || performance.now() > 6e4"
            + " ? done() : setTimeout(look, 20); look() })"
        ),
        Self.js(last),
        Self.js(
          "{ const t = performance.now(); "
            + "document.querySelectorAll('#scroller thead button')[0].click(); "
            + "Math.round(performance.now() - t) }"
        ),
      ]
    )
    print(
      "20,000 students: \(page.utf8.count) bytes, ready after \(lines[0]) ms, "
        + "sorted by name in \(lines.last ?? "?") ms"
    )
    #expect(page.utf8.count < 6 << 20)
    #expect(Array(lines.dropFirst().dropLast()) == ["true", "1000000000", "null", "20001"])
  }
}
