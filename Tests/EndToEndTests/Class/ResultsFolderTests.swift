import Foundation
import Testing

/// The folder of results tells the truth, also after a class has changed or a disk has failed.
@Suite struct ResultsFolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let samples = "\(Repository.root)/Tests/Fixtures/Samples"
    try folder.shell(
      """
      mkdir class
      cp '\(samples)/a1-full-marks.tar.gz' class/ann.tar.gz
      cp '\(samples)/a1-stub.tar.gz' class/bob.tar.gz
      printf junk > class/cyd.zip
      """
    )
  }

  private func run(_ arguments: String...) throws -> Grading {
    try Grading.run(arguments, in: folder)
  }

  private func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/results/\(path)").sorted()
  }

  /// A second attempt takes another name, and somebody withdraws: no file tells of what was.
  @Test(.beyondTheSample()) func nothingOfAnEarlierRunStays() throws {
    let first = try run("batch", "class", "-o", "results")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("To look at: 1 with the state \"cannot be read\"\n  cyd\n"))
    #expect(try names("grades") == ["ann.json", "bob.json", "cyd.json"])
    #expect(try names("").filter { $0.hasPrefix("gradebook") } == ["gradebook.sqlite"])
    try folder.shell("rm class/bob.tar.gz; mkdir results/x; cp class/ann.tar.gz class/ann-1.tar.gz")
    let second = try run("batch", "class", "-o", "results")
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.errors.contains("No longer there: 1 of an earlier run"))
    #expect(
      try String(contentsOfFile: "\(folder.path)/results/intake.txt", encoding: .utf8)
        .hasSuffix("no longer there: bob\n")
    )
    let grades = try names("grades")
    #expect(grades.count == 2 && grades[0].hasPrefix("ann-") && grades[1] == "cyd.json")
    let pages = grades.flatMap { ["\($0.dropLast(5)).html", "\($0.dropLast(5)).md"] }
    #expect(try names("feedback") == pages.sorted())
  }

  /// Who has more time sees later what waits for the due date; what is written then says so.
  @Test func dueDateIsThatOfTheStudent() throws {
    let course = try TestCourse(limits: .none, later: ["grad-gamma"], in: folder)
    func pages(_ policy: String) throws -> [String: Bool] {
      try folder.write(policy.utf8, to: "policy.yaml")
      let batch = try Grading.run(
        ["batch", "class", "-o", "results", "--policy", "policy.yaml"],
        course: course.path,
        in: folder
      )
      try #require(batch.status == 0, "\(batch.errors)")
      var shows: [String: Bool] = [:]
      for name in ["ann", "bob"] {
        let path = "\(folder.path)/results/feedback/\(name)."
        let texts = try ["md", "html"].map {
          try String(contentsOfFile: path + $0, encoding: .utf8)
        }
        let shown = texts.map { $0.contains("Gradient of gamma") }
        #expect(shown == texts.map { !$0.contains("1 more test is shown after the due date") })
        #expect(shown[0] == shown[1])
        shows[name] = shown[0]
      }
      return shows
    }
    #expect(try pages("attempts: latest\n") == ["ann": false, "bob": false])
    #expect(
      try pages("due: 2001-01-01T00:00:00Z\nextensions: { bob: 9999-01-01T00:00:00Z }\n")
        == ["ann": true, "bob": false]
    )
    #expect(try pages("due: 2001-01-01T00:00:00Z\n") == ["ann": true, "bob": true])
  }

  /// An empty file is a gradebook to SQLite, and would be a class without grades and marks.
  @Test(arguments: [": > results/gradebook.sqlite", "rm results/gradebook.sqlite"].sample(0))
  func lostGradebook(loss: String) throws {
    #expect(try run("batch", "class", "-o", "results", "--no-report").status == 0)
    try folder.shell(loss)
    let again = try run("batch", "class", "-o", "results")
    #expect(again.status == 70)
    #expect(again.errors.contains("originals/ holds what was handed in"))
    #expect(try names("grades").count == 3)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/results/report.html"))
  }
}
