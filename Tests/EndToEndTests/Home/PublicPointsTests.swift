import Foundation
import Testing

/// The points that students are told of are the rubric's.
@Suite struct PublicPointsTests {
  private struct Row: Equatable {
    var points: String
    var title: String
  }

  @Test(arguments: ["a1-batch-norm", "a2-conv-bias", "a3-two-hidden-layers"])
  func listsTheRubric(assignment: String) throws {
    let rows = try text("assignments/\(assignment)/points.txt").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map { $0.split(separator: "|").map(\.trimmed) }
    let rubric = try text("reference/\(assignment)/assignment.yaml")
    let tests = rubric.matches(of: /\ {4}title: "?(.*?)"?\n    part: .*\n    points: (.*)\n/)
      .map { Row(points: String($0.2), title: String($0.1)) }
    let pending = rubric.matches(of: /title: "?([^,"]*)"?, file: .*, points: (\d+)/)
      .map { Row(points: String($0.2), title: String($0.1)) }
    #expect(tests.count > 10)
    #expect(rows.map { Row(points: $0[0], title: $0[1]) } == tests + pending)
    // Each row that a machine judges is seen by a test that exists.
    let folder = "\(Repository.root)/assignments/\(assignment)/Tests"
    let all = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") }
      .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
    for (index, row) in rows.enumerated() {
      let names = row.count < 3 ? [] : row[2].split(separator: " ")
      #expect(names.isEmpty == (index >= tests.count), "\(row)")
      for name in names {
        let parts = name.split(separator: "/")
        let isThere = all.contains { file in
          file.contains("class \(parts[0]):")
            && (parts.count == 1 || file.contains("func \(parts[1])("))
        }
        #expect(isThere, "\(name)")
      }
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(Repository.root)/\(path)", encoding: .utf8)
  }
}

extension Substring {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
