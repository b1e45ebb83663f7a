import ClassCore
import Foundation
import Testing

@Suite struct ModelTests {
  @Test func anAttemptSurvivesItsJSON() throws {
    let attempt = Attempt(students: ["03240396"], originalName: "a.zip", path: "/x", number: 2)
    let data = try JSONEncoder().encode(attempt)
    #expect(try JSONDecoder().decode(Attempt.self, from: data) == attempt)
  }
  /// Columns of their own say the rest: a gradebook's texts are the same whatever these are.
  @Test func namesAreNoPartOfItsJSON() throws {
    var attempt = Attempt(students: ["03240396"], originalName: "a.zip", path: "/x")
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let plain = try encoder.encode(attempt)
    attempt.content = .archive(Delivery.File(path: "in/a.zip", name: "a.zip"))
    (attempt.label, attempt.id, attempt.slug, attempt.counts) = ("a", "1", "a", false)
    #expect(try encoder.encode(attempt) == plain)
  }
}

@Suite struct AttemptNameTests {
  private static func attempts(_ names: [(students: [String], file: String)]) -> [Attempt] {
    names.map { students, file in
      Attempt(students: students, originalName: file, path: "/\(file)")
    }.named { text in
      let hash = text.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
        ($0 ^ UInt64($1)) &* 1_099_511_628_211
      }
      return String(hash, radix: 16)
    }
  }

  @Test func slugIsTheStudent() {
    #expect(
      Self.attempts([(["0324"], "a.zip"), (["x", "y"], "b.zip")]).map(\.slug) == ["0324", "x+y"]
    )
  }

  /// Slugs become names of files.
  @Test(arguments: ["../../etc/passwd", "/etc/passwd", "..", ".hidden", "a/b", "a\u{0}b", ""])
  func slugStaysInItsFolder(student: String) {
    let slug = Self.attempts([([student], "a.zip")])[0].slug
    #expect(!slug.contains("/") && !slug.contains("\u{0}"))
    #expect(!slug.hasPrefix(".") && !slug.isEmpty)
  }

  @Test func longNamesFit() {
    let slug = Self.attempts([([String(repeating: "名", count: 300)], "a.zip")])[0].slug
    #expect(slug.utf8.count <= 120)
  }

  /// `a/b` and `a_b` have the same slug, and so have `Ann` and `ann` where case does not count.
  @Test func noTwoAttemptsShareAFile() {
    let attempts = Self.attempts([
      (["a/b"], "1.zip"), (["a_b"], "2.zip"), (["Ann"], "3.zip"), (["ann"], "4.zip"),
      (["bo"], "5.zip"), (["bo"], "5.zip"),
    ])
    #expect(Set(attempts.map { $0.slug.lowercased() }).count == attempts.count)
    #expect(Set(attempts.map(\.id)).count == attempts.count)
  }

  @Test func identityDoesNotDependOnThePlace() {
    let one = Self.attempts([(["ann"], "a.zip"), (["bob"], "b.zip")])
    let other = Self.attempts([(["bob"], "b.zip"), (["ann"], "a.zip")])
    #expect(Set(one.map(\.id)) == Set(other.map(\.id)))
  }
}
