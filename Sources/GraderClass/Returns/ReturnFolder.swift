package import ClassCore
import Foundation
import GradeFormats
import GraderCore
package import GraderRuntime

/// A folder of files to give back: a table for spreadsheets, and what learning systems import.
package struct ReturnFolder {
  private let folder: PrivateFolder
  private let source: ResultsFolder
  /// Everybody's rows; the texts of grades stay in the gradebook.
  package let results: [FinalResult]
  private let missingTable: MissingTable
  /// Sentences on whom and what the policy names and nobody knows.
  package let doubts: [String]
  /// The files that were written, and what a person should know of each.
  package private(set) var written: [(name: String, notes: [String])] = []

  /// Writes the table for spreadsheets into a folder, of all results under a policy.
  ///
  /// Only one grade is in memory at a time.
  package init(
    _ folder: PrivateFolder,
    of source: ResultsFolder,
    policy: ClassPolicy
  ) throws(GraderFault) {
    (self.folder, self.source) = (folder, source)
    var (table, missing, results) = (ClassTable(), MissingTable(), [FinalResult]())
    try source.forEachFinal(policy) { members in
      for result in members {
        table.add(result)
        missing.add(result)
        results.append(FinalResult(result))
      }
    }
    (self.results, missingTable) = (results, missing)
    doubts = policy.doubts(about: results.flatMap(\.students), items: table.items)
    let file = try folder.fresh("grades.csv")
    try table.forEachLine { line throws(GraderFault) in try file.write(line.utf8) }
    try file.keep()
    try file.put()
    written.append(("grades.csv", []))
  }

  /// Fills Canvas's export of the gradebook.
  package mutating func canvas(
    _ export: String,
    assignment: String?,
    machineColumn: String? = nil
  ) throws(GraderFault) {
    let (text, results) = (try TableFile.text(of: export), results)
    try fill("canvas.csv", from: export) { () throws(ReturnProblem) in
      try CanvasReturn.table(
        results,
        export: text,
        assignment: assignment,
        machineColumn: machineColumn
      )
    }
    let graded = results.filter { $0.grade != nil && !$0.students.isEmpty }
    let pages = graded.compactMap { result in
      result.attempt?.feedbackPrefix.map { ("\($0)feedback.html", result) }
    }
    let others = graded.count - pages.count
    try packFeedback(
      pages,
      to: "canvas-feedback.zip",
      notes: others == 0
        ? [] : ["\(others) did not come from a download of Canvas: no page for them."]
    )
  }

  /// Fills tables with the machine's points alone, in the column that the class agreed to have them
  /// in.
  package mutating func machine(
    canvas: String?,
    moodle: String?,
    utol: String?,
    column: String
  ) throws(GraderFault) {
    if let canvas { try canvasMachine(canvas, column: column) }
    let results = results
    if let moodle {
      let text = try TableFile.text(of: moodle)
      try fill("moodle.csv", from: moodle) { () throws(ReturnProblem) in
        try MoodleReturn.machine(results, worksheet: text, column: column)
      }
    }
    if let utol {
      let text = try TableFile.text(of: utol)
      try fill("utol.csv", from: utol) { () throws(ReturnProblem) in
        try UTOLReturn.table(results, sheet: text, machineColumn: column)
      }
    }
  }

  private mutating func canvasMachine(_ export: String, column: String) throws(GraderFault) {
    let text = try TableFile.text(of: export)
    let machine = results.map(\.byMachine)
    try fill("canvas.csv", from: export) { () throws(ReturnProblem) in
      try CanvasReturn.table(machine, export: text, assignment: column)
    }
  }

  /// Writes what each student without a final grade waits for.
  ///
  /// - Returns: Lines for people.
  package mutating func missing() throws(GraderFault) -> [String] {
    guard !missingTable.isEmpty else { return [] }
    try write(missingTable.text, to: "missing.csv", notes: ["\(missingTable.count) students."])
    return missingTable.lines
  }

  /// Fills Moodle's grading worksheet, and packs feedback for everybody in it.
  package mutating func moodle(
    _ worksheet: String,
    machineColumn: String? = nil
  ) throws(GraderFault) {
    let (text, results) = (try TableFile.text(of: worksheet), results)
    try fill("moodle.csv", from: worksheet) { () throws(ReturnProblem) in
      try MoodleReturn.worksheet(
        results,
        worksheet: text,
        machineColumn: machineColumn,
        comment: Self.comment
      )
    }
    let pages: [(path: String, result: FinalResult)]
    do throws(ReturnProblem) {
      pages = try MoodleReturn.feedback(results, worksheet: text, file: "feedback.html")
    } catch {
      throw GraderFault(.usage, "\(worksheet) cannot be filled. \(error)")
    }
    try packFeedback(pages, to: "moodle-feedback.zip")
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
  private static func comment(_ result: FinalResult) -> String {
    guard let final = result.final, let total = final.total else { return "" }
    return (["\(total) of \(final.maxScore) points."] + final.reasons).joined(separator: " ")
  }

  private mutating func packFeedback(
    _ pages: [(path: String, result: FinalResult)],
    to name: String,
    notes: [String] = []
  ) throws(GraderFault) {
    let file = try folder.fresh(name)
    var (zip, count) = (ZipWriter(), 0)
    var notes = notes
    for (place, result) in pages {
      guard let view = try source.studentView(of: result) else { continue }
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
