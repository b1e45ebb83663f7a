import Foundation
import Testing

/// A learning system's zip goes in, and its own tables come back with final grades.
@Suite struct ReturnTests {
  /// Canvas's zip of three students, one of them late, with two attempts of one; and the lists.
  private func makeClass(in folder: TemporaryFolder) throws {
    let samples = "\(Repository.root)/Tests/Fixtures/Samples"
    try folder.shell(
      """
      mkdir zip
      cp '\(samples)/a1-stub.tar.gz' zip/doejane_1021_500_submit.tar.gz
      cp '\(samples)/a1-full-marks.tar.gz' zip/doejane_1021_501_submit-1.tar.gz
      mkdir loose
      tar xzf '\(samples)/a1-full-marks.tar.gz' -C loose
      (cd loose && zip -qr ../zip/roerae_LATE_1022_502_hw.zip .)
      echo answer > zip/poeal_1023_503_answer.pdf
      (cd zip && zip -qr ../hw1_submissions.zip .)
      """
    )
    let export = """
      Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (4001),Homework 2 (4002)
          Points Possible,,,,,100,10
      "Doe, Jane",1021,03-240396,jdoe,1,,7
      "Roe, Rae",1022,03-240397,rroe,1,,8
      "Poe, Al",1023,03-240398,apoe,1,55,9
      """
    try folder.write(export.utf8, to: "canvas.csv")
    let policy = """
      due: 2026-04-30T23:59:59+09:00
      late: { per: day, percent: 10, unitsIfUnknown: 1 }
      extra: [{ student: 3-240396, points: 1.5, reason: a mistake found }]
      """
    try folder.write(policy.utf8, to: "policy.yaml")
  }

  /// A person's mark for every written answer.
  private func mark(_ book: String, points: Int) throws {
    let script = """
      import json, sqlite3, sys
      book = sqlite3.connect(sys.argv[1])
      for (text,) in book.execute("SELECT json FROM grade").fetchall():
          grade = json.loads(text)
          for test in grade["tests"]:
              if test["status"] == "pending":
                  book.execute(
                      "INSERT INTO mark (submission, item, marker, points, comment, markedAt) "
                      "VALUES (?, ?, 'ta', ?, '', '')",
                      (grade["submission"]["digest"], test["id"], int(sys.argv[2])))
      book.commit()
      """
    let run = try Program.run("/usr/bin/env", ["python3", "-c", script, book, "\(points)"])
    try #require(run.status == 0, "\(run.errors)")
  }

  @Test func canvasThereAndBack() throws {
    let folder = try TemporaryFolder()
    try makeClass(in: folder)
    let batch = ["batch", "hw1_submissions.zip", "--output", "results"]

    let names = try Grading.run(batch, in: folder)
    #expect(names.status == 64, "names alone need --yes")
    #expect(names.errors.contains("doejane: submit.tar.gz"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/results"), "nothing was done")

    let lists = ["--roster", "canvas.csv", "--policy", "policy.yaml"]
    let graded = try Grading.run(batch + lists, in: folder)
    // Al's document is not taken in: all other grades are there.
    #expect(graded.status == 65, "\(graded.errors)")
    #expect(graded.output.contains("03240398: answer.pdf: there is no archive"))
    let report = try String(contentsOfFile: "\(folder.path)/results/intake.txt", encoding: .utf8)
    #expect(report.hasPrefix("Recognized: Canvas (4 of 4 names). 3 archives of 2 students.\n"))
    let findings = [
      "no archive found: poeal of 03240398, but answer.pdf",
      "duplicate: 03240396: doejane: submit.tar.gz, doejane: submit-1.tar.gz",
      "late: roerae of 03240397",
    ]
    #expect(report.split(separator: "\n").suffix(3).map(String.init) == findings)

    let back = ["return", "results", "--canvas", "canvas.csv", "--column", "Homework 1"]
    let early = try Grading.run(back, course: nil, in: folder)
    #expect(early.errors.contains("Doe, Jane (1021) has no final grade yet"))
    #expect(early.errors.contains("3 without a final grade:"))
    #expect(early.errors.contains("03240396 Doe, Jane: derivation is to be marked."))
    #expect(early.errors.contains("03240398 Poe, Al: The hand-in was not taken in: there is no"))

    try mark("\(folder.path)/results/gradebook.sqlite", points: 1000)
    #expect(try Grading.run(back, course: nil, in: folder).status == 0)
    let table = try String(
      contentsOfFile: "\(folder.path)/results/return/canvas.csv",
      encoding: .utf8
    )
    // 80 by the machine and 10 by a person; 1.5 more for one, a tenth less for the other.
    #expect(
      table == """
        Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (4001)\r
        "    Points Possible",,,,,100\r
        "Doe, Jane",1021,03-240396,jdoe,1,91.5\r
        "Roe, Rae",1022,03-240397,rroe,1,81\r

        """
    )
  }

  /// With the first attempt the stub counts, and what was kept of the class needs no naming again.
  @Test(.beyondTheSample()) func anotherAttempt() throws {
    let folder = try TemporaryFolder()
    try makeClass(in: folder)
    try folder.write("attempts: first\n".utf8, to: "policy.yaml")
    let batch = ["batch", "hw1_submissions.zip", "--output", "results"]
    let lists = ["--roster", "canvas.csv", "--policy", "policy.yaml"]
    #expect(try Grading.run(batch + lists, in: folder).status == 65)
    #expect(try Grading.run(batch, in: folder).status == 65, "the lists are kept")
    #expect(try Grading.run(["return", "results"], course: nil, in: folder).status == 0)
    let table = try String(
      contentsOfFile: "\(folder.path)/results/return/grades.csv",
      encoding: .utf8
    )
    let rows = table.split(separator: "\r\n").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(rows == ["03240396,", "03240397,", "03240398,"])
    #expect(table.contains("\"Doe, Jane\",,1,waits for marks,0,"))
    #expect(table.contains("\"Poe, Al\",,1,not taken in,,"))
    // Under another policy other attempts count, which nobody graded: told, and not returned.
    try folder.write("attempts: latest\n".utf8, to: "latest.yaml")
    let other = try Grading.run(
      ["return", "results", "--policy", "latest.yaml"],
      course: nil,
      in: folder
    )
    #expect(other.errors.contains("The attempt that counts (latest) is not graded."))
    #expect(
      other.errors.contains(
        "`grader batch hw1_submissions.zip -o results --policy latest.yaml` grades what is missing."
      )
    )
    let open = try String(
      contentsOfFile: "\(folder.path)/results/return/grades.csv",
      encoding: .utf8
    )
    #expect(open.contains("\"Doe, Jane\",,1,not graded,,"))
  }

  /// With the best one, all are graded and the points decide.
  @Test(.beyondTheSample()) func bestAttempt() throws {
    let folder = try TemporaryFolder()
    try makeClass(in: folder)
    try folder.shell("cd zip && cp doejane_1021_500_* doejane_1021_509_submit-2.tar.gz")
    try folder.write("attempts: best\n".utf8, to: "policy.yaml")
    let lists = ["--roster", "canvas.csv", "--policy", "policy.yaml", "--output", "results"]
    #expect(try Grading.run(["batch", "zip"] + lists, in: folder).status == 65)
    #expect(try Grading.run(["return", "results"], course: nil, in: folder).status == 0)
    let table = try String(
      contentsOfFile: "\(folder.path)/results/return/grades.csv",
      encoding: .utf8
    )
    #expect(table.ranges(of: "Doe, Jane").count == 1)
    #expect(table.contains("\"Doe, Jane\",,1,waits for marks,80,"))
  }
}
