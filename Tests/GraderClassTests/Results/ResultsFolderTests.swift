import Foundation
import GraderClass
import GraderRuntime
import Testing

/// Faults of a folder of results name their kind and their place.
struct ResultsFolderTests {
  private struct Row: Decodable {
    var score: Double
  }

  /// Space on the disk would not help.
  @Test func unreadableContent() throws {
    let scratch = try Scratch()
    let folder = try ResultsFolder("\(scratch.path)/results", creates: true)
    let fault = try #require(throws: GraderFault.self) {
      try folder.withBook { _ in
        _ = try JSONDecoder().decode([Row].self, from: Data(#"[{"score": "x"}]"#.utf8))
      }
    }
    #expect(fault.kind == .broken)
    #expect(
      fault.what == "The gradebook in \(folder.path) holds what this grader cannot read: "
        + "#1.score: must be a number."
    )
    try folder.close()
  }
}
