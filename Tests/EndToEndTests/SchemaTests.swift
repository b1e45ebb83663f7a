import Foundation
import GraderCore
import Testing

/// Real output of every kind obeys the schema, and the schema is strict enough to notice slips.
@Suite struct SchemaTests {
  private static let schema = "\(Repository.root)/Sources/GraderCore/Schema/grade.schema.json"
  private static let checker = "\(Repository.root)/Tests/Fixtures/check_schema.py"

  @Test func outputsOfEveryKind() throws {
    let folder = try TemporaryFolder()
    let broken = try Homework.solution
      .replacing("return x.mean(axis: 0)", with: "return nothing", in: "Forward.swift")
      .replacing("public func gradBeta(", with: "func gradBeta(", in: "ParameterGradients.swift")
    let slip = try Homework.solution
      .replacing("return x.mean(axis: 0)", with: "return x.sum(axis: 0)", in: "Forward.swift")
      .replacing("return dU.sum(axis: 0)", with: "fatalError()", in: "ParameterGradients.swift")
    var nothing = Homework.stub
    for file in Homework.parts { nothing = nothing.adding(file, "}") }
    let kinds: [(name: String, homework: Homework?, arguments: [String], status: String)] = [
      ("graded", slip, [], "graded"),
      ("student", slip, ["--student-view"], "graded"),
      ("incomplete", broken, [], "incomplete"),
      ("nothing", nothing, ["--no-jail"], "didNotBuild"),
      ("unreadable", nil, [], "unreadable"),
      ("named", nil, ["--assignment", "a1-batch-norm"], "unreadable"),
    ]
    var files: [String] = []
    for kind in kinds {
      let archive = try kind.homework?.packed(in: folder) ?? folder.write([], to: "empty.zip")
      let grading = try Grading.run([archive] + kind.arguments, in: folder)
      #expect(try grading.grade.status.rawValue == kind.status)
      files.append(try folder.write(Array(grading.output.utf8), to: "\(kind.name).json"))
    }
    let check = try Program.run("/usr/bin/python3", [Self.checker, Self.schema] + files)
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(check.output.contains(/\d{3,} slips tried/))
  }

  /// The checker itself says no.
  @Test func checkerRefuses() throws {
    let folder = try TemporaryFolder()
    let wrong = try folder.write(Array("{ \"schema\": \"chainrule/grade/1\" }".utf8), to: "x.json")
    let check = try Program.run("/usr/bin/python3", [Self.checker, Self.schema, wrong])
    #expect(check.status == 1)
    #expect(check.output.contains("'status' is a required property"))
  }
}
