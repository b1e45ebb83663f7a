import Foundation
import Gradebook
import Testing

@Suite struct GradebookTests {
  @Test func opens() throws {
    let path = NSTemporaryDirectory() + "/chainrule-\(UUID().uuidString).sqlite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Gradebook(path: path).close()
    #expect(FileManager.default.fileExists(atPath: path))
  }
}
