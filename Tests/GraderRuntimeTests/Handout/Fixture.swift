import Foundation

/// A course with one small assignment, in a folder of its own.
final class Fixture {
  let root: String

  static let stub = "func a() throws {\n  throw NotImplemented()\n}\n"
  static let answer = "  let answer = question / 2\n  print(\"the answer\", answer)\n"
  static let hidden = "func testHidden() throws {\n  let x = draw(seed: 1)\n  try check(x)\n}\n"

  static let repository: String = {
    let here = URL(filePath: #filePath)
    return (0..<4).reduce(here) { url, _ in url.deletingLastPathComponent() }.path
  }()

  init() throws {
    root = FileManager.default.temporaryDirectory.path + "/chainrule-handout-\(UUID().uuidString)"
    try write("x", to: "assignments/CourseKit/.gitignore")
    try write("// kit\n", to: "assignments/CourseKit/Sources/CourseKit.swift")
    try write("// package\n", to: "assignments/a1/Package.swift")
    try write("required Sources/Module/A.swift", to: "assignments/a1/handin.txt")
    try write("#!/bin/sh\n", to: "assignments/a1/run.sh")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: "\(root)/assignments/a1/run.sh"
    )
    try write(Self.stub, to: "assignments/a1/Sources/Module/A.swift")
    try write("Write here.\n", to: "assignments/a1/Answers.md")

    let solved = "func a() throws {\n  // solution\n\(Self.answer)}\n"
    try write(solved, to: "reference/a1/Solution/Sources/Module/A.swift")
    let answers = "<!-- handout\nWrite here.\n-->\n42.\n<!-- /handout -->\n"
    try write(answers, to: "reference/a1/Solution/Answers.md")
    try write(Self.hidden, to: "reference/a1/HiddenTests/T.swift")
    try write(
      """
      { id: a1, title: A, module: Module, task: Task, suite: HiddenTests,
        parts: [{ name: A, file: Sources/Module/A.swift, functions: ["a() throws"] }],
        tests: [], pending: [], limits: {} }
      """,
      to: "reference/a1/assignment.yaml"
    )
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func write(_ text: String, to name: String) throws {
    let file = URL(filePath: "\(root)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: file)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(root)/\(name)")), as: UTF8.self)
  }
}
