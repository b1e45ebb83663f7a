import Foundation
import GradeFormats
import GraderCore
import TestSupport
import Testing

/// Every format is read back by a real reader, and none says more than a student may know.
@Suite struct FormatTests {
  /// Everything that is written for students, by name.
  static func everything(
    _ grade: Grade,
    deadline: Deadline = .passed
  ) throws -> [String: String] {
    let view = StudentView(grade, deadline: deadline)
    return [
      "gradescope": try Self.gradescope(grade),
      "json": try JSONText.text(of: view.grade),
      "text": GradeTable.text(for: view.grade),
      "junit": JUnitReport.xml([JUnitReport.Suite(name: "s", view: view)]),
      "github": GitHubReport.log(view, token: "abcdefghijklmnop"),
      "summary": GitHubReport.summary(view),
      "html": HTMLFeedback.page(view),
      "markdown": MarkdownFeedback.text(view),
      "classroom50": try JSONText.text(
        of: Classroom50Result(view, environment: Classroom50Tests.environment)
      ),
    ]
  }

  private static func view(_ grade: Grade) -> StudentView {
    StudentView(grade, deadline: .passed)
  }

  private static func gradescope(_ grade: Grade) throws -> String {
    try JSONText.text(of: GradescopeResults(grade))
  }

  static let allStates: [Grade] = [
    .hostile(), .hostile(status: .incomplete), .hostile(status: .didNotBuild), .unreadable,
    Grade(rows: [Grade.TestResult(row: "one", status: .passed, score: 400)]),
  ]

  @Test func noFormatTellsSecrets() throws {
    for grade in Self.allStates {
      for (name, text) in try Self.everything(grade) {
        #expect(!text.contains("SECRET"), "\(name)")
      }
    }
  }

  @Test func hiddenRowsAreLeftOutButCounted() throws {
    for (name, text) in try Self.everything(.hostile()) where name != "gradescope" {
      #expect(!text.contains("Title of t2"), "\(name)")
    }
    #expect(HTMLFeedback.page(.hostile()).contains("0 of 4 points"))
  }

  /// Until the due date, and for ever if nobody knows it, a number is all that a student learns.
  @Test func testsForAfterTheDueDateAreNumbered() throws {
    var grade = Grade.hostile(text: "plain")
    grade.tests[3].message = "Words of t3."
    for deadline in [Deadline.unknown, .ahead] {
      for (name, text) in try Self.everything(grade, deadline: deadline) {
        #expect(text.contains("1 more test is shown after the due date"), "\(name)")
        guard name != "gradescope" else { continue }
        for secret in ["t3", "Words of", "crashed"] { #expect(!text.contains(secret), "\(name)") }
      }
    }
    for (name, text) in try Self.everything(grade, deadline: .passed) {
      #expect(text.contains("Title of t3"), "\(name)")
      #expect(text.contains("after the due date") == (name == "gradescope"), "\(name)")
    }
  }

  /// Where every test waits for the due date, no reader may take that for a fault, nor for all.
  @Test(arguments: [(Grade.Status.graded, 0), (.didNotBuild, 1)])
  func junitWithNothingToShow(status: Grade.Status, errors: Int) {
    var grade = Grade(rows: [Grade.TestResult(row: "a", status: .failed)], status: status)
    grade.tests[0].visibility = .afterDueDate
    let view = StudentView(grade, deadline: .ahead)
    let xml = JUnitReport.xml([JUnitReport.Suite(name: "s", view: view)])
    #expect(
      xml.contains("tests=\"\(1 + errors)\" failures=\"0\" errors=\"\(errors)\" skipped=\"1\"")
    )
    #expect(xml.contains("<skipped message=\"1 more test is shown after the due date.\""))
  }

  // MARK: Gradescope

  @Test(arguments: allStates.indices)
  func gradescopeObeysItsSpecification(state: Int) throws {
    let script =
      "import json,sys,jsonschema;"
      + "jsonschema.validate(json.load(open(sys.argv[2])),json.load(open(sys.argv[1])))"
    let answer = try Checker.run(
      "python3",
      ["-c", script, Checker.fixture("gradescope.schema.json"), "@0"],
      on: try Self.gradescope(Self.allStates[state])
    )
    #expect(answer.status == 0, "\(answer.output)")
  }

  @Test func gradescopeRows() throws {
    let json = try JSONSerialization.jsonObject(with: Data(Self.gradescope(.hostile()).utf8))
    let results = try #require(json as? [String: Any])
    let rows = try #require(results["tests"] as? [[String: Any]])
    #expect(results["score"] as? Double == 5.25)
    #expect(rows.compactMap { $0["visibility"] as? String }[2...3] == ["hidden", "after_due_date"])
    #expect(rows[0]["status"] as? String == "passed")
    #expect(rows[1]["status"] as? String == "failed")
    #expect(rows[1]["score"] as? Double == 1.25)
    // What waits for a person is no lost point.
    #expect(rows[8]["max_score"] == nil && rows[8]["status"] == nil)
    let output = try #require(results["output"] as? String)
    // What is not judged is no failure.
    #expect(rows[9]["score"] == nil && rows[9]["status"] == nil)
    #expect(output.hasPrefix("Tests that you can see now: 5.25 of 28 points."))
  }

  // MARK: JUnit

  @Test(arguments: allStates.indices)
  func junitObeysTheSchema(state: Int) throws {
    let deadlines: [Deadline] = [.passed, .unknown]
    let suites = [Self.allStates[state], .hostile()].flatMap { grade in
      deadlines.map {
        JUnitReport.Suite(name: "same name", view: StudentView(grade, deadline: $0))
      }
    }
    let answer = try Checker.run(
      "xmllint",
      ["--noout", "--schema", Checker.fixture("junit.xsd"), "@0"],
      on: JUnitReport.xml(suites)
    )
    #expect(answer.status == 0, "\(answer.output)")
  }

  @Test func junitSaysNoToWhatIsNotSo() throws {
    let good = JUnitReport.xml([JUnitReport.Suite(name: "s", view: .hostile())])
    let slips = [
      good.replacing("time=\"0.000\"", with: "time=\"0.000000001\""),
      good.replacing("t1: Title of t1", with: "t0: Title of t0"),
      good.replacing("</testsuite>", with: ""),
    ]
    for slip in slips {
      #expect(slip != good)
      let answer = try Checker.run(
        "xmllint",
        ["--noout", "--schema", Checker.fixture("junit.xsd"), "@0"],
        on: slip
      )
      #expect(answer.status != 0)
    }
  }

  @Test func junitCounts() {
    let xml = JUnitReport.xml([
      JUnitReport.Suite(name: "a", view: .hostile()),
      JUnitReport.Suite(name: "b", view: Self.view(.unreadable)),
    ])
    // The hidden row is not there; a partly right answer is a failure, what did not run an error,
    // and what is not judged is skipped.
    #expect(xml.contains(/<testsuites [^>]*tests="10" failures="1" errors="6"/))
    #expect(xml.contains(/<testsuite name="a" tests="9" failures="1" errors="5" skipped="2"/))
    #expect(xml.contains(/<testsuite name="b" tests="1" failures="0" errors="1" skipped="0"/))
    #expect(xml.contains("<skipped message"))
    #expect(xml.contains("type=\"timedOut\""))
  }

  /// A program takes as long as it likes, and could say in that what it was asked.
  @Test func noFormatTellsTimesOrMemory() throws {
    var (fast, slow) = (Grade.hostile(), Grade.hostile())
    for index in slow.tests.indices where slow.tests[index].usage != nil {
      fast.tests[index].usage = .init(cpuSeconds: 0.1, wallSeconds: 0.2, peakMemoryBytes: 3)
      slow.tests[index].usage = .init(cpuSeconds: 4.5, wallSeconds: 6.7, peakMemoryBytes: 8_901_234)
    }
    for deadline in [Deadline.passed, .unknown] {
      #expect(StudentView(fast, deadline: deadline) == StudentView(slow, deadline: deadline))
      let (one, other) = (
        try Self.everything(fast, deadline: deadline), try Self.everything(slow, deadline: deadline)
      )
      #expect(one == other)
    }
  }

  // MARK: GitHub

  /// The commands that a runner would obey, as it reads a log line by line.
  private static func commands(in log: String) -> [String] {
    var found: [String] = []
    var token: String?
    for line in log.split(whereSeparator: \.isNewline).map({ $0.drop { $0 == " " } }) {
      if let waiting = token {
        if line == "::\(waiting)::" { token = nil }
      } else if line.hasPrefix("::stop-commands::") {
        token = String(line.dropFirst(17))
      } else if line.hasPrefix("::") || line.contains("##[") {
        found.append(String(line))
      }
    }
    return found
  }

  @Test func githubLogCannotBeForged() {
    let commands = Self.commands(in: GitHubReport.log(.hostile(), token: "abcdefghijklmnop"))
    #expect(commands.count == 6)
    let place = "::error file=Sources/A/B.swift,line="
    #expect(commands.allSatisfy { $0.hasPrefix(place) })
  }

  /// The same reader believes a log that has no fence.
  @Test func readerOfLogsCanBeDeceived() {
    #expect(Self.commands(in: "x\n::notice title=A::b").count == 1)
  }

  @Test func githubTokenInTheStudentsTextEndsNothing() {
    let token = "abcdefghijklmnop"
    let log = GitHubReport.log(.hostile(text: "::\(token)::\n::notice::forged"), token: token)
    #expect(Self.commands(in: log).filter { $0.contains("forged") && $0.hasPrefix("::n") } == [])
  }

  // MARK: Pages

  @Test(arguments: allStates.indices)
  func feedbackPageIsSoundAndStill(state: Int) throws {
    let page = HTMLFeedback.page(Self.view(Self.allStates[state]))
    let answer = try Checker.run("python3", [Checker.fixture("check_html.py"), "@0"], on: page)
    #expect(answer.status == 0, "\(answer.output)")
    #expect(!answer.output.contains("script="))
    #expect(!answer.output.contains("img="))
    #expect(!answer.output.contains("b="))
  }

  @Test func checkerOfPagesSaysNo() throws {
    let pages = ["<p><b></p>", "<p onclick='x'></p>", "<a href='https://x'></a>", "<i><b>"]
    for page in pages {
      let answer = try Checker.run("python3", [Checker.fixture("check_html.py"), "@0"], on: page)
      #expect(answer.status == 1, "\(page)")
    }
  }

  @Test(arguments: allStates.indices)
  func markdownHoldsNoMarkupOfStrangers(state: Int) throws {
    let text = MarkdownFeedback.text(Self.view(Self.allStates[state]))
    let answer = try Checker.run(
      "cmark-gfm",
      ["--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "@0"],
      on: text
    )
    #expect(answer.status == 0)
    for element in ["<script", "<img", "<b>", "<a ", "<em>", "<h1>not", "<del>"] {
      #expect(!answer.output.contains(element), "\(element) in \(answer.output)")
    }
    #expect(answer.output.contains("<h1>"))
  }

  /// One file that does not compile stops a dozen tests, and is read about once.
  @Test func theSameReasonIsSaidOnce() {
    var rows = ["one", "two", "three"].map { Grade.TestResult(row: $0, status: .notRun, score: 0) }
    for place in [0, 2] { rows[place].message = "Not run.\nForward.swift:1:1: error: strange" }
    rows[1].message = "Not run."
    let grade = Grade(rows: rows)
    let view = Self.view(grade)
    let texts = [
      GradeTable.text(for: grade), HTMLFeedback.page(view), MarkdownFeedback.text(view),
    ]
    for text in texts {
      #expect(text.ranges(of: "strange").count == 1)
      #expect(text.contains("The reason is the same as for “Title of one”"))
    }
    #expect(GitHubReport.log(view, token: "abcdefghijklmnop").ranges(of: "strange").count > 2)
  }

  @Test func finalGradeIsShown() {
    let final = FinalGrade(
      machine: Points(hundredths: 525),
      marks: Points(hundredths: 300),
      latePenalty: Points(hundredths: 100),
      extra: .zero,
      total: Points(hundredths: 725),
      maxScore: Points(hundredths: 3600),
      reasons: ["One day late costs 1 point <b>."]
    )
    #expect(HTMLFeedback.page(.hostile(), final: final).contains("<strong>7.25 of 36</strong>"))
    #expect(HTMLFeedback.page(.hostile(), final: final).contains("costs 1 point &lt;b&gt;."))
    #expect(HTMLFeedback.page(.hostile(), final: final).contains("People gave 3 of 4 points"))
    #expect(!HTMLFeedback.page(.hostile(), final: final).contains("wait for a person"))
    #expect(HTMLFeedback.page(.hostile()).contains("4 more points wait for a person"))
    #expect(MarkdownFeedback.text(.hostile(), final: final).contains("**7\\.25 of 36**"))
  }
}
