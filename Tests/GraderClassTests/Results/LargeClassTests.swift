import ClassCore
import Foundation
import Gradebook
import GraderCore
import GraderRuntime
import TestSupport
import Testing

@testable import GraderClass

/// What is made of a class holds one grade at a time, however much all of them say.
struct LargeClassTests {
  /// The characters that each grade says, which are the most of its memory.
  private static let words = 150_000
  /// Far less than the grades together, and more than all rows.
  private static let mostGrowth = 30 << 20

  /// The most memory that this process has had, in bytes.
  private static func peak() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber))) << 10
  }

  /// A folder of results in which so many students have a grade, each another one.
  private static func fill(_ path: String, _ count: Int) throws -> ResultsFolder {
    let folder = try ResultsFolder(path, creates: true)
    let students = (0..<count).map { Student(id: "\(1000 + $0)", name: "Student \($0)") }
    let attempts = students.map { student in
      var attempt = Attempt(students: [student.id], originalName: "a.zip", path: "")
      (attempt.id, attempt.slug) = (student.id, student.id)
      return attempt
    }
    try folder.withBook { book in
      _ = try book.register(students: students, attempts: attempts)
      for (place, attempt) in attempts.enumerated() {
        var test = Grade.TestResult(id: "t", score: 100 + place % 100, of: 200)
        test.staffMessage = String(repeating: "\(place) ", count: words / 4)
        var grade = Grade(tests: [test])
        grade.submission.digest = "sha256:\(place)"
        grade.submission.archiveDigest = "sha256:\(place)"
        try book.award(grade, key: "\(place)", to: attempt.id, because: .batch)
      }
    }
    return folder
  }

  private static func worksheet(_ path: String, _ count: Int) throws -> String {
    let header = "Identifier,Full name,ID number,Grade,Maximum Grade,Last modified (grade)\n"
    let rows = (0..<count).map { "Participant \($0),Student \($0),\(1000 + $0),,2.00,-\n" }
    try Files.write(Array((header + rows.joined()).utf8), to: path)
    return path
  }

  @Test func memoryDoesNotGrowWithWhatGradesSay() async throws {
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      let (few, many) = (100, 600)
      let small = try LargeClassTests.fill("\(scratch.path)/small", few)
      let large = try LargeClassTests.fill("\(scratch.path)/large", many)
      func giveBack(_ folder: ResultsFolder, _ count: Int) throws -> [FinalResult] {
        let target = try folder.files.folder("return")
        var files = try ReturnFolder(target, of: folder, policy: ClassPolicy())
        try files.moodle(try LargeClassTests.worksheet("\(folder.path)/sheet.csv", count))
        let notes = files.written.map(\.notes.first)
        try #require(notes == [nil, "\(count) grades.", "\(count) pages."])
        return try folder.finalResults(ClassPolicy())
      }
      try #require(giveBack(small, few).count == few)
      let before = try LargeClassTests.peak()
      let results = try giveBack(large, many)
      let growth = try LargeClassTests.peak() - before
      try #require(growth < LargeClassTests.mostGrowth, "\(growth >> 20) MiB")
      try #require(Set(results.compactMap(\.final?.total)).count == 100)
    }
  }
}
