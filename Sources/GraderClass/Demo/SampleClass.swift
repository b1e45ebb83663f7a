import ClassCore
import Foundation
import GraderCore
package import GraderRuntime

/// A class that does not exist: what its students hand in, with what goes wrong in any class.
package struct SampleClass: Sendable {
  /// One student's archive.
  struct HandIn {
    var student: String
    var name: String
    var bytes: [UInt8]
  }

  private let work: SampleWork
  private let count: Int

  /// A class of so many students.
  package init(_ assignment: CourseAssignment, students count: Int) throws(GraderFault) {
    work = try SampleWork(assignment)
    self.count = count
  }

  /// Writes one archive for each student and a roster; one student of it hands in nothing.
  package func write(to folder: String) throws(GraderFault) {
    try Files.makeFolder("\(folder)/submissions")
    var roster = "Student number,Name,Email\n"
    for place in 0..<count {
      let student = student(place)
      roster += "\(student.number),\(student.name),\(student.number)@example.org\n"
      guard let bytes = archive(place) else { continue }
      try Files.write(bytes, to: "\(folder)/submissions/\(student.number).tar")
    }
    try Files.write(Array(roster.utf8), to: "\(folder)/roster.csv")
  }

  // MARK: Students

  private static let givenNames = [
    "Ada", "Alan", "Barbara", "Chen", "Dai", "Edsger", "Emmy", "Farid", "Grace", "Haruka",
    "Ines", "Jun", "Katherine", "Lin", "Mei", "Niels", "Olga", "Priya", "Rosa", "Sofia",
  ]
  private static let familyNames = [
    "Abe", "Brown", "Costa", "Dube", "Eriksen", "Fujita", "Garcia", "Haddad", "Ivanova", "Jansen",
    "Kim",
  ]

  private func student(_ place: Int) -> (number: String, name: String) {
    let given = Self.givenNames[place % Self.givenNames.count]
    let family = Self.familyNames[(place * 7) % Self.familyNames.count]
    return ("03\(240_101 + place)", "\(given) \(family)")
  }

  // MARK: Homework

  /// The archive that a student hands in; nil if none.
  private func archive(_ place: Int) -> [UInt8]? {
    switch place {
    case 3: packed(place, work.stub)
    case 5: packed(place, broken(in: { text in text + "\npublic func unfinished( {\n" }))
    case 7: packed(place, broken(in: { $0.replacingFirstBody(with: "while true {}") }))
    case 9: packed(place, broken(in: { $0.replacingFirstBody(with: "fatalError()") }))
    case 11: packed(10, homework(10))  // The same as a neighbour's.
    case 13: Array("this is a photo of my homework".utf8)
    case 15: nil
    default: packed(place, homework(place))
    }
  }

  /// Right for some, with one mistake for most, with two for others.
  private func homework(_ place: Int) -> SampleWork.Homework {
    let mutants = work.mutants
    guard place % 6 != 0, !mutants.isEmpty else { return work.solution }
    let first = mutants[(place * 7) % mutants.count]
    let second = mutants[(place * 11 + place / mutants.count) % mutants.count]
    let isPair = place % 4 == 0 && first.file != second.file
    return work.solution(with: isPair ? [first, second] : [first])
  }

  /// The solution with something done to a file that few others need.
  private func broken(in change: (String) -> String) -> SampleWork.Homework {
    var homework = work.solution
    let text = String(decoding: homework[work.leastTested] ?? [], as: UTF8.self)
    homework[work.leastTested] = Array(change(text).utf8)
    return homework
  }

  /// A tar whose files are its student's alone: each begins with a comment of their own.
  private func packed(_ place: Int, _ homework: SampleWork.Homework) -> [UInt8] {
    var tar: [UInt8] = []
    let isUntouched = place == 3
    for (path, bytes) in homework.sorted(by: { $0.key < $1.key }) {
      let own = "// Attempt \(place + 1).\n"
      let isSwift = path.hasSuffix(".swift") && !isUntouched
      let content = isSwift ? Array(own.utf8) + bytes : bytes
      tar += TarWriter.header(name: path, size: content.count)
      tar += content + TarWriter.padding(after: content.count)
    }
    return tar + TarWriter.end
  }
}

extension String {
  /// The text with a statement at the start of its first public function.
  fileprivate func replacingFirstBody(with statement: String) -> String {
    guard let start = range(of: "public func "),
      let brace = range(of: "{\n", range: start.upperBound..<endIndex)
    else { return self }
    return replacingCharacters(in: brace, with: "{\n  \(statement)\n")
  }
}
