import Foundation
import GraderCore
import JudgeEvents
import TestSupport
import Testing

/// The facts of a result, from the judgement to the JSON and back.
@Suite struct FactsTests {
  /// A judgement, the facts that a student may know, and their JSON.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String { json }
    var judgement: Judgement
    var json: String

    init(_ judgement: Judgement, _ json: String) {
      (self.judgement, self.json) = (judgement, json)
    }
  }

  private static let trap = Trap(kind: "Index out of range", file: "A.swift", line: 42)

  private static var carried: Judgement {
    var carried = Judgement(verdict: .partial(Points(hundredths: 50)))
    carried.carried = CarriedShare(earned: Points(hundredths: 150), of: Points(hundredths: 400))
    carried.slip = "dX is missing"
    return carried
  }

  @Test(arguments: [
    Case(Judgement(verdict: .passed, findings: [.remark("x")]), "{}"),
    Case(Judgement(verdict: .pending), "{}"),
    Case(
      Judgement(
        verdict: .failed,
        findings: [
          .wrongValues(what: "dX", count: 2, of: 6, exponent: -2), .remark("So."),
          .pattern(what: "dX", .factor("1/n")),
        ],
        issues: ["SECRET"]
      ),
      #"{"findings":[{"wrongValues":{"count":2,"exponent":-2,"of":6,"what":"dX"}},"#
        + #"{"remark":{"text":"So."}},"#
        + #"{"pattern":{"pattern":{"factor":{"factor":"1\/n"}},"what":"dX"}}]}"#
    ),
    Case(carried, #"{"carried":{"earned":1.5,"of":4},"slip":"dX is missing"}"#),
    Case(
      Judgement(
        verdict: .crashed(.signaled(4)),
        findings: [.remark("x")],
        function: "f",
        trap: trap
      ),
      #"{"crash":{"signaled":{"signal":4}},"function":"f","#
        + #""place":{"file":"A.swift","line":42},"trap":"Index out of range"}"#
    ),
    Case(
      Judgement(verdict: .crashed(.exited(status: 3)), trap: trap),
      #"{"crash":{"exited":{"status":3}}}"#
    ),
    Case(
      Judgement(verdict: .timedOut(.cpu(seconds: 5)), function: "f"),
      #"{"function":"f","timeLimit":{"cpu":{"seconds":5}}}"#
    ),
    Case(Judgement(verdict: .outOfMemory(limitMiB: 512)), #"{"memoryLimitMiB":512}"#),
    Case(Judgement(verdict: .badReply(reason: "SECRET")), "{}"),
    Case(
      Judgement(verdict: .notJudged(Verdict.Condition(test: "mean", title: "Mean"))),
      #"{"condition":{"test":"mean","title":"Mean"}}"#
    ),
    Case(
      Judgement(verdict: .notRun(.missingFile("A.swift"))),
      #"{"blocker":{"missingFile":{"path":"A.swift"}}}"#
    ),
  ])
  func json(wanted: Case) throws {
    let facts = Grade.Facts(wanted.judgement)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(facts)
    #expect(String(decoding: data, as: UTF8.self) == wanted.json)
    #expect(try JSONDecoder().decode(Grade.Facts.self, from: data) == facts)
  }

  /// A file that does not compile is a place too: the line that the compiler named.
  @Test func placeOfTheFirstError() {
    let part = Grade.PartRecord(
      name: "P",
      file: "P.swift",
      status: .blocked,
      message: "P.swift:7:3: error: no\nP.swift:9:1: error: no"
    )
    let build = Grade.BuildRecord(status: .partial, parts: [part], diagnostics: "")
    let test = Assignment.Test(id: "t")
    let judged = JudgedTest(test, Judgement(verdict: .notRun(.file("P.swift"))))
    let result = Grade.TestResult(.judged(judged), build: build)
    #expect(result.facts?.place == Grade.Place(file: "P.swift", line: 7))
    #expect(result.message == "Not run: P.swift does not compile.\n\(part.message)")
  }

  private static func parts() throws -> [Assignment.Part] {
    let text = """
      [{"name": "P", "file": "P.swift", "functions": ["f(_ x: T) throws -> T", "g() -> T"]},
       {"name": "Q", "file": "Q.swift", "functions": ["h() -> T"]}]
      """
    return try JSONDecoder().decode([Assignment.Part].self, from: Data(text.utf8))
  }

  private func place(of judgement: Judgement) throws -> Grade.Place? {
    let texts = [
      ("Q.swift", "func h() {}\n"),
      ("P.swift", "import X\n// func f\n\n  public func f(_ x: T) {\n  }\n"),
      ("Helper.swift", "func f() {}\n\nfunc g() {}\n"),
    ]
    let files = texts.map { (path: $0.0, content: Array($0.1.utf8)) }
    let places = FunctionPlaces(of: try Self.parts(), in: files)
    let judged = JudgedTest(Assignment.Test(id: "t"), judgement)
    let build = Grade.BuildRecord(status: .built, parts: [], diagnostics: "")
    return Grade.TestResult(.judged(judged), build: build, places: places).facts?.place
  }

  /// A wrong answer is where its function is: of the test's own part, in its own file or another.
  @Test func placeOfAWrongAnswer() throws {
    func asked(_ functions: String...) -> Judgement {
      var judgement = Judgement(verdict: .failed)
      judgement.replies = functions.map { JudgeEvent.Reply(function: $0, values: [], error: nil) }
      return judgement
    }
    #expect(try place(of: asked("f")) == Grade.Place(file: "P.swift", line: 4))
    #expect(try place(of: asked("g", "f")) == Grade.Place(file: "Helper.swift", line: 3))
    #expect(try place(of: asked("h", "f")) == Grade.Place(file: "P.swift", line: 4))
    #expect(try place(of: asked("h")) == Grade.Place(file: "Q.swift", line: 1))
    #expect(try place(of: asked()) == nil)
    let late = Judgement(verdict: .timedOut(.cpu(seconds: 5)), function: "g")
    #expect(try place(of: late) == Grade.Place(file: "Helper.swift", line: 3))
    // Where something ended, its own place counts, and no other.
    let crash = Judgement(verdict: .crashed(.signaled(4)), function: "f")
    #expect(try place(of: crash) == nil)
  }

  /// However it is laid out, the function itself is meant, and nothing that only reads like it.
  @Test(arguments: [
    ("\u{FEFF}func f(_ x: T) {}", 1),
    ("@inlinable\npublic\nfunc f(_ x: T) {}", 3),
    ("public func\n  // the mean\n  f\n  (_ x: T) {}", 3),
    ("/* func f(\n /* func f( */ func f(\n*/ func f(_ x: T) {}", 3),
    ("let a = \"func f(\"\nlet b = \"// \\\" func f(\" ; func f(_ x: T) {}", 2),
    ("let a = \"\"\"\n  func f(\n  \"\"\"\nfunc f(_ x: T) {}", 4),
    ("let a = #\"\"\"\n \"\"\" func f(\n\"\"\"#\nfunc f(_ x: T) {}", 4),
    ("let a = #\"\\\"#\nfunc f(_ x: T) {}", 2),
    ("let url = \"https://x\" /* func f( */\nfunc f(_ x: T) {}", 2),
    ("struct S {\n  func f(_ x: T) {}\n}\n\nfunc f(_ x: T) {}", 5),
    ("func g() {\n  func f(_ x: T) {}\n}\nfunc f(_ x: T) {}", 4),
    ("extension Tensor {\r\n  static func f(_ x: T) {}\r\n}\r\n", 2),
    ("enum A { enum B {\n  func f() {}\n  func f(_ x: T) {} } }", 3),
    ("func f() {}\nfunc f(x: T) {}\nfunc f(_ x: T, _ y: T = 1) {}\nfunc f(_ x: T) {}", 4),
    ("func f(x: T) {}\nfunc f(_ values: [T]) {}\n", 2),
    ("func f<N>(_ x: N) {}", 1),
    ("func `f`(_ x: T) {}", 1),
    ("func == (a: T, f: T) {}\nfunc f(_ x: T) {}", 2),
    ("let func_f = 1, myfunc = f(1)\nfunc f(_ x: T) {}", 2),
    ("#if os(Linux)\nfunc f(_ x: T) {}\n#endif", 2),
    ("let broken = \"never closed\nfunc f(_ x: T) {}", 2),
  ])
  func placeInAnyLayout(text: String, line: Int) throws {
    let files = [
      (path: "Q.swift", content: Array("func f() {}\n".utf8)),
      (path: "P.swift", content: Array(text.utf8)),
    ]
    let places = FunctionPlaces(of: try Self.parts(), in: files)
    var judgement = Judgement(verdict: .failed)
    judgement.replies = [JudgeEvent.Reply(function: "f", values: [], error: nil)]
    let judged = JudgedTest(Assignment.Test(id: "t"), judgement)
    let place = places.place(of: judged)
    // What stands in a type is found where nothing of the module's own has the name.
    let isInType = text.hasPrefix("extension") || text.hasPrefix("enum")
    let own = Grade.Place(file: "P.swift", line: line)
    #expect(place == (isInType ? Grade.Place(file: "Q.swift", line: 1) : own))
    let alone = FunctionPlaces(of: try Self.parts(), in: [files[1]])
    #expect(alone.place(of: judged) == own)
  }

  /// Nothing that only reads like a declaration is one.
  @Test(arguments: [
    "", "func", "// func f(", "/* func f(", "let a = \"\"\"\nfunc f(",
    "let a = #\"\"\"\nfunc f(\"\"\"",
    "functional f", "func (f)", "\"func f(_ x: T)\"",
  ])
  func placeOfNothing(text: String) throws {
    let places = FunctionPlaces(of: try Self.parts(), in: [("P.swift", Array(text.utf8))])
    let judgement = Judgement(verdict: .timedOut(.cpu(seconds: 5)), function: "f")
    #expect(places.place(of: JudgedTest(Assignment.Test(id: "t"), judgement)) == nil)
  }

  /// The line is each student's own, so a class's mistakes are told apart without it.
  @Test func placeOfAWrongAnswerIsNoPartOfTheMistake() {
    var results = [1, 2].map { line in
      var result = Grade.TestResult(id: "t", status: .failed, score: 0, of: 100)
      result.facts = Grade.Facts()
      result.facts?.place = Grade.Place(file: "P\(line).swift", line: line)
      return result
    }
    #expect(Mistake(results[0]) == Mistake(results[1]))
    for index in results.indices { results[index].facts?.crash = .signaled(4) }
    #expect(Mistake(results[0]) != Mistake(results[1]))
  }

  @Test func nothingToTellIsNoFact() {
    let build = Grade.BuildRecord(status: .built, parts: [], diagnostics: "")
    let judged = JudgedTest(Assignment.Test(id: "t"), Judgement(verdict: .passed))
    #expect(Grade.TestResult(.judged(judged), build: build).facts == nil)
  }

  /// Steps can be hidden, so a student does not read what they earned.
  @Test func theStudentsViewSaysNoMoreThanTheMessage() {
    var result = Grade.TestResult(id: "t", status: .partial, score: 50, of: 100)
    result.facts = Grade.Facts(Self.carried)
    let facts = StudentView(Grade(tests: [result]), deadline: .unknown).grade.tests[0].facts
    #expect(facts?.carried == nil)
    #expect(facts?.slip == "dX is missing")
  }

  /// Grades that version 0.1 wrote are read as they are, by whichever limits they were made.
  @Test func gradeOfTheFirstVersion() throws {
    let json = #"""
      {"assignment":"a1","build":{"diagnostics":"","parts":[],"status":"built"},"intake":
      {"format":"zip","ignored":{},"kept":[],"missing":[],"notes":[],"repaired":[]},"maxScore":4,
      "message":"","pendingPoints":0,"provenance":{"gradedAt":"2026-04-01T10:00:00Z","grader":"0.1",
      "jail":{"enforced":[],"level":"L3"},"limits":{"compileCPUSeconds":30,"compileMemoryMiB":4096,
      "compileWallSeconds":60,"outputBytes":65536,"submissionWallSeconds":120,"testCPUSeconds":5,
      "testMemoryMiB":512,"testWallSeconds":10},"seed":"7","suiteDigest":null,
      "toolchain":null},"schema":"chainrule/grade/1","score":0,"status":"graded","submission":
      {"archiveDigest":"sha256:0","digest":null,"name":"s.zip"},"tests":[{"id":"t","maxScore":4,
      "message":"It looks as if x is 2.","score":0,"staffMessage":"","status":"badReply",
      "title":"T","visibility":"visible"}]}
      """#
    let grade = try JSONDecoder().decode(Grade.self, from: Data(json.utf8))
    #expect(grade.tests.map(\.status) == [.badReply])
    #expect(grade.tests[0].facts == nil)
    #expect(grade.tests[0].message == "It looks as if x is 2.")
  }
}
