package import ClassCore
import Foundation
import GradeFormats
import GraderCore
package import GraderRuntime

/// A folder of files to give back: a table for spreadsheets, and what learning systems import.
package struct ReturnFolder {
  private let folder: PrivateFolder
  private let results: [ClassResult]
  /// The files that were written, and what a person should know of each.
  package private(set) var written: [(name: String, notes: [String])] = []

  /// Writes the table for spreadsheets into a folder.
  package init(_ folder: PrivateFolder, results: [ClassResult]) throws(GraderFault) {
    self.folder = folder
    self.results = results
    try write(ClassTable.text(results), to: "grades.csv")
  }

  /// Fills Canvas's export of the gradebook.
  package mutating func canvas(
    _ export: String,
    assignment: String?
  ) throws(GraderFault) {
    let (text, results) = (try TableFile.text(of: export), results)
    try fill("canvas.csv", from: export) { () throws(ReturnProblem) in
      try CanvasReturn.table(results, export: text, assignment: assignment)
    }
  }

  /// Fills Moodle's grading worksheet, and packs feedback for everybody in it.
  package mutating func moodle(_ worksheet: String) throws(GraderFault) {
    let (text, results) = (try TableFile.text(of: worksheet), results)
    try fill("moodle.csv", from: worksheet) { () throws(ReturnProblem) in
      try MoodleReturn.worksheet(results, worksheet: text, comment: Self.comment)
    }
    let pages: [(path: String, result: ClassResult)]
    do throws(ReturnProblem) {
      pages = try MoodleReturn.feedback(results, worksheet: text, file: "feedback.html")
    } catch {
      throw GraderFault(.usage, "\(worksheet) cannot be filled. \(error)")
    }
    try packFeedback(pages)
  }

  /// Writes a table in the order of UTOL's sheet.
  package mutating func utol(_ sheet: String) throws(GraderFault) {
    let (text, results) = (try TableFile.text(of: sheet), results)
    try fill("utol.csv", from: sheet) { () throws(ReturnProblem) in
      try UTOLReturn.table(results, sheet: text, comment: Self.comment)
    }
  }

  private mutating func fill(
    _ name: String,
    from source: String,
    _ make: () throws(ReturnProblem) -> ReturnFile
  ) throws(GraderFault) {
    let file: ReturnFile
    do throws(ReturnProblem) {
      file = try make()
    } catch {
      throw GraderFault(.usage, "\(source) cannot be filled. \(error)")
    }
    try write(file.text, to: name, notes: ["\(file.filled) grades."] + file.notes)
  }

  private mutating func write(
    _ text: String,
    to name: String,
    notes: [String] = []
  ) throws(GraderFault) {
    try folder.write(Array(text.utf8), to: name)
    written.append((name, notes))
  }

  // MARK: Feedback

  /// The comment that a student reads beside the grade, in a few words.
  private static func comment(_ result: ClassResult) -> String {
    guard let final = result.final, let total = final.total else { return "" }
    return (["\(total) of \(final.maxScore) points."] + final.reasons).joined(separator: " ")
  }

  private mutating func packFeedback(
    _ pages: [(path: String, result: ClassResult)]
  ) throws(GraderFault) {
    let name = "moodle-feedback.zip"
    let file = try folder.fresh(name)
    var (zip, count) = (ZipWriter(), 0)
    var notes: [String] = []
    for (place, result) in pages {
      guard let view = result.studentView else { continue }
      let page = Array(HTMLFeedback.page(view, final: result.final).utf8)
      guard zip.hasRoom(for: page.count) else {
        notes.append("The zip is full: the feedback of the others is not in it.")
        break
      }
      try file.write(zip.add(place, page))
      count += 1
    }
    try file.write(zip.end())
    try file.put()
    written.append((name, ["\(count) pages."] + notes))
  }
}
