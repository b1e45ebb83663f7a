import ClassCore
import Foundation
import Testing

@Suite struct ModelTests {
  @Test func anAttemptSurvivesItsJSON() throws {
    let attempt = Attempt(students: ["03240396"], originalName: "a.zip", path: "/x", number: 2)
    let data = try JSONEncoder().encode(attempt)
    #expect(try JSONDecoder().decode(Attempt.self, from: data) == attempt)
  }
}
