import Foundation
import GraderCore
import Testing

/// The schema names what the code can write.
struct SchemaTests {
  private let schema: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    schema = try String(
      contentsOf: root.appending(path: "Sources/GraderCore/Schema/grade.schema.json"),
      encoding: .utf8
    )
  }

  /// The words of the list that follows this text for the first time.
  private func words(after text: String) throws -> Set<String> {
    let rest = try #require(schema.firstRange(of: text)).upperBound
    let list = try #require(schema[rest...].firstRange(of: "[")).upperBound
    let words = schema[list...].prefix { $0 != "]" }.split { "\", \n".contains($0) }
    return Set(words.map(String.init))
  }

  @Test func formats() throws {
    let formats = ArchiveLayout.all.map { String($0.description.dropFirst()) }
    #expect(try words(after: #""format": {"#) == Set(formats + ["null"]))
  }

  @Test func verdicts() throws {
    #expect(try words(after: #""The verdict.""#) == Set(Verdict.Kind.allCases.map(\.rawValue)))
  }
}
