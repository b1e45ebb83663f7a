import GraderCore
import Testing

@testable import GraderRuntime

@Suite struct YAMLTextTests {
  private struct Entry: Decodable, Equatable {
    var name: String
    var count: Int?
    var share: Double?
    var isOpen: Bool?
    var day: String?
  }

  private func entries(_ text: String) throws -> [Entry] {
    try YAMLText.decodeWhole([Entry].self, from: text, path: "entries.yaml")
  }

  /// A value has the type that is asked for, however it could be read besides.
  @Test func plainTextsAreWhatIsAskedFor() throws {
    let text = "- {name: 12, count: 0x1F, share: 1e-3, isOpen: yes, day: 2026-05-01}"
    let read = Entry(name: "12", count: 31, share: 0.001, isOpen: true, day: "2026-05-01")
    #expect(try entries(text) == [read])
  }

  @Test(arguments: ["~", "null", "Null", ""]) func nothing(text: String) throws {
    #expect(try entries("- name: a\n  count: \(text)\n") == [Entry(name: "a")])
    #expect(try entries("- name: '\(text)'\n") == [Entry(name: text)])
  }

  @Test func keysOfAnchors() throws {
    let text = "- &first {name: a, count: 1}\n- {<<: *first, name: b}\n"
    let read = try YAMLText.decode([Entry].self, from: text, path: "entries.yaml")
    #expect(read == [Entry(name: "a", count: 1), Entry(name: "b", count: 1)])
  }
}
