package import GraderCore

/// Homework of an assignment as students hand it in, made of its solution and planted mistakes.
package struct SampleWork: Sendable {
  /// Files by their paths in the hand-in.
  package typealias Homework = [String: [UInt8]]

  /// Everything right.
  package let solution: Homework
  /// As it was handed out.
  package let stub: Homework
  /// The planted mistakes.
  package let mutants: [Mutant]
  /// The file that the fewest tests are about.
  package let leastTested: String

  /// The homework of an assignment.
  package init(_ assignment: CourseAssignment) throws(GraderFault) {
    var solution: Homework = [:]
    var stub: Homework = [:]
    for path in assignment.handIn.required.map(\.string) {
      let handedOut = try Files.read("\(assignment.handout)/\(path)")
      let solved = "\(assignment.reference)/Solution/\(path)"
      stub[path] = handedOut
      solution[path] = Files.exists(solved) ? try Files.read(solved) : handedOut
    }
    for source in try assignment.solutionSources() { solution[source.path.string] = source.content }
    self.solution = solution
    self.stub = stub
    mutants = try assignment.mutants()
    let parts = assignment.assignment.parts
    let tests = assignment.assignment.tests
    let counts = parts.map { part in tests.count { $0.part == part.name } }
    leastTested = zip(counts, parts).min { $0.0 < $1.0 }?.1.file ?? ""
  }

  /// The solution with one mistake, or with several in different files.
  package func solution(with mistakes: [Mutant]) -> Homework {
    var homework = solution
    for mutant in mistakes {
      let text = String(decoding: homework[mutant.file] ?? [], as: UTF8.self)
      guard let changed = mutant.applied(to: text) else { continue }
      homework[mutant.file] = Array(changed.utf8)
    }
    return homework
  }
}
