package import ClassCore
import Foundation
import GradeFormats
import Gradebook
import GraderCore
package import GraderRuntime

/// Writes what people read about a class: the report, and feedback for everybody.
package struct ReportWriter {
  let folder: ResultsFolder
  let course: Course

  /// A writer for a folder of results.
  package init(_ folder: ResultsFolder, course: Course) {
    self.folder = folder
    self.course = course
  }

  /// The files and figures of a report that was written.
  package struct Written: Sendable {
    /// The report's path.
    package var report: String
    /// Its size.
    package var bytes: Int
    /// The number of results in it.
    package var results: Int
    /// The number of students who got feedback.
    package var feedback: Int
  }

  /// Writes `report.html`, and `feedback/` with a page and a Markdown file for each attempt.
  ///
  /// - Parameters:
  ///   - date: When, for people.
  ///   - comparesCode: Whether to look for similar submissions.
  ///   - policy: What the class agreed on, for final grades.
  /// - Returns: What was written.
  /// - Throws: `GraderFault`.
  package func write(
    date: String,
    comparesCode: Bool,
    policy: ClassPolicy
  ) throws(GraderFault) -> Written {
    let feedback = try folder.files.folder("feedback")
    var report = ClassReport(title: try title(), date: date)
    var comparison = Comparison()
    var written: Set<String> = []
    try folder.forEachFinal(policy) { members in
      let number = report.add(members)
      for result in members {
        guard let view = result.studentView, let name = result.feedbackName(among: members) else {
          continue
        }
        let page = HTMLFeedback.page(view, final: result.final)
        let text = MarkdownFeedback.text(view, final: result.final)
        try feedback.put(page.utf8, to: "\(name).html")
        try feedback.put(text.utf8, to: "\(name).md")
        written.formUnion(["\(name).html", "\(name).md"])
        if comparesCode { comparison.files[number] = Comparison.swiftFiles(of: view.grade) }
      }
    }
    folder.removeOthers(in: feedback.path, than: written)
    let similar = comparesCode ? try findings(comparison) : nil
    let page = try Self.page(ClassPage(report, similar: similar))
    try folder.files.write(Array(page.utf8), to: "report.html")
    return Written(
      report: "\(folder.path)/report.html",
      bytes: page.utf8.count,
      results: report.count,
      feedback: written.count / 2
    )
  }

  private static func page(_ page: ClassPage) throws(GraderFault) -> String {
    do {
      return try page.html { Digest.hex(of: $0) }
    } catch {
      throw GraderFault(.broken, "The report cannot be written: \(error)")
    }
  }

  /// The assignment that most grades are of.
  private func mainAssignment() throws(GraderFault) -> CourseAssignment? {
    let ids = try folder.withBook { try $0.standings().values.compactMap(\.assignment) }
    let counts = Dictionary(grouping: ids, by: \.self).mapValues(\.count)
    guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      course.assignmentIDs.contains(most.key)
    else { return nil }
    return try course.assignment(most.key)
  }

  private func title() throws(GraderFault) -> String {
    try mainAssignment()?.assignment.title ?? "Class"
  }

  // MARK: Similar code

  /// The files to compare, by their owners and digests; the texts stay in the gradebook.
  private struct Comparison {
    var files: [Int: [(path: String, digest: String)]] = [:]

    static func swiftFiles(of grade: Grade) -> [(path: String, digest: String)] {
      grade.intake.kept.filter { $0.path.hasSuffix(".swift") }.map { ($0.path, $0.digest) }
    }
  }

  private func findings(_ comparison: Comparison) throws(GraderFault) -> SimilarityFindings {
    let handout = try mainAssignment()?.stubSources() ?? []
    return try folder.withBook { book in
      func texts(_ number: Int) throws -> [String: String] {
        var texts: [String: String] = [:]
        for file in comparison.files[number] ?? [] {
          guard let bytes = try book.file(file.digest) else { continue }
          texts[file.path] = String(decoding: bytes, as: UTF8.self)
        }
        return texts
      }
      var similarity = Similarity(
        handout: handout.map { String(decoding: $0.content, as: UTF8.self) }
      )
      var known: [[String]: Int] = [:]
      for number in comparison.files.keys.sorted() {
        let digests = comparison.files[number, default: []].flatMap { [$0.path, $0.digest] }
        if let other = known[digests] {
          similarity.add(number, sameAs: other)
        } else {
          known[digests] = number
          similarity.add(number, files: try texts(number))
        }
      }
      return similarity.findings { (try? texts($0)) ?? [:] }
    }
  }
}
