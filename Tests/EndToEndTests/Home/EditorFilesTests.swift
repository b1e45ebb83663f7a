import Foundation
import Testing

/// What a handout holds for editors works on what they find.
@Suite(.serialized) struct EditorFilesTests {
  private struct Tasks: Decodable {
    struct Task: Decodable {
      struct Options: Decodable { var cwd: String }
      var label: String
      var type: String
      var command: String
      var options: Options
    }

    var version: String
    var tasks: [Task]
  }

  private func handout(_ command: String...) throws -> (TemporaryFolder, String) {
    let folder = try TemporaryFolder()
    let run = try Grading.run(command.map { $0.replacing("@", with: folder.path) }, in: folder)
    try #require(run.status == 0, "\(run.errors)")
    return (folder, run.output)
  }

  /// Every task runs in the unpacked zip, and the matcher finds each problem and its file.
  @Test func tasksRunAndTheirMatcherMatches() throws {
    let (folder, _) = try handout("handout", "a1-batch-norm", "-o", "@/a1.zip")
    try folder.shell("mkdir 'my work'; unzip -q a1.zip -d 'my work'")
    let root = "\(folder.path)/my work"
    let data = try Data(contentsOf: URL(filePath: "\(root)/.vscode/tasks.json"))
    let tasks = try JSONDecoder().decode(Tasks.self, from: data)
    #expect(tasks.version == "2.0.0")
    #expect(tasks.tasks.map(\.label) == ["check", "check at each save", "test", "submit"])
    #expect(tasks.tasks.allSatisfy { $0.type == "shell" })
    // Something of each kind: a compiler's error comes later.
    for task in tasks.tasks where !task.command.contains("--watch") {
      let place = task.options.cwd.replacing("${workspaceFolder}", with: root)
      let run = try Program.run("/bin/sh", ["-c", task.command], in: place, longest: 3_600)
      #expect(run.status == (task.label == "submit" ? 0 : 1), "\(run.output)\(run.errors)")
      if task.label == "check" { try expectMatches(run.output, count: 21, data, root) }
    }
    let part = "\(root)/a1-batch-norm/Sources/BatchNorm/Chain.swift"
    try Data("public func x( {\n".utf8).write(to: URL(filePath: part))
    let broken = try Program.run(
      "/bin/sh",
      ["-c", tasks.tasks[0].command],
      in: "\(root)/a1-batch-norm",
      longest: 3_600
    )
    #expect(broken.output.contains("Chain.swift:1:16: error: "), "\(broken.output)")
    try expectMatches(broken.output, count: nil, data, root)
  }

  /// Reads the output as an editor does: by the matcher that stands in the file.
  private func expectMatches(
    _ output: String,
    count: Int?,
    _ tasks: Data,
    _ root: String
  ) throws {
    let script = """
      import json, os, re, sys
      root = sys.argv[1]
      matcher = json.load(open(root + "/.vscode/tasks.json"))["tasks"][0]["problemMatcher"]
      pattern, (kind, base) = matcher["pattern"], matcher["fileLocation"]
      assert kind == "autoDetect"
      base = base.replace("${workspaceFolder}", root)
      lines = [l for l in sys.stdin.read().split("\\n") if ": error: " in l or ": warning: " in l]
      for line in lines:
          match = re.search(pattern["regexp"], line)
          assert match, line
          assert os.path.isfile(os.path.join(base, match[pattern["file"]])), line
          assert match[pattern["severity"]] in ("error", "warning")
          assert int(match[pattern["line"]]) > 0 and int(match[pattern["column"]]) > 0
      print(len(lines))
      """
    let folder = try TemporaryFolder()
    try folder.write(Array(output.utf8), to: "output")
    try folder.write(Array(script.utf8), to: "match.py")
    let run = try Program.run(
      "/bin/sh",
      ["-c", "python3 match.py '\(root)' < output"],
      in: folder.path
    )
    #expect(run.status == 0, "\(run.errors)")
    if let count { #expect(run.output == "\(count)\n", "\(output)") }
  }

  /// The container is as the specification of development containers says, as far as it is used.
  @Test func containerIsValid() throws {
    let (folder, _) = try handout("template", "a2-conv-bias", "@/repository")
    let schema = """
      {"type": "object", "required": ["image"], "additionalProperties": false, "properties": {
        "name": {"type": "string"}, "image": {"type": "string", "pattern": "^swift:6[.]"},
        "postCreateCommand": {"type": ["string", "array", "object"]},
        "customizations": {"type": "object", "properties": {"vscode": {"type": "object",
          "additionalProperties": false, "properties": {
            "extensions": {"type": "array",
              "items": {"type": "string", "pattern": "^[^.]+[.][^.]+$"}}
          }}}}}}
      """
    try folder.write(Array(schema.utf8), to: "schema.json")
    let check =
      "import json,jsonschema as j;"
      + "j.validate(json.load(open('repository/.devcontainer/devcontainer.json')),"
      + "json.load(open('schema.json')))"
    try folder.shell("python3 -c \"\(check)\"")
    try folder.shell("cd repository/$(ls repository | grep a2) && test -f Package.swift")
  }

  /// A template is the handout and what a repository needs; it overwrites nothing.
  @Test func templateIsTheHandoutAsARepository() throws {
    let (folder, output) = try handout("template", "a1-batch-norm", "@/new/repository")
    #expect(output.hasSuffix(" files\n"), "\(output)")
    let zip = try Grading.run(
      ["handout", "a1-batch-norm", "-o", "\(folder.path)/a1.zip"],
      in: folder
    )
    #expect(zip.status == 0)
    try folder.shell("mkdir zip; unzip -q a1.zip -d zip; diff -r zip new/repository > diff || true")
    let difference = try String(contentsOfFile: "\(folder.path)/diff", encoding: .utf8)
    #expect(
      difference.split(separator: "\n").sorted() == [
        "Only in new/repository: .github", "Only in new/repository: .gitignore",
      ]
    )
    let workflow = try String(
      contentsOfFile: "\(folder.path)/new/repository/.github/workflows/check.yml",
      encoding: .utf8
    )
    #expect(workflow.contains("- run: swift package --scratch-path .build/check check\n"))
    #expect(workflow.contains("working-directory: a1-batch-norm\n"))
    let again = try Grading.run(
      ["template", "a1-batch-norm", "\(folder.path)/new/repository"],
      in: folder
    )
    #expect(again.status == 64)
    #expect(again.errors.contains("is not empty"), "\(again.errors)")
  }
}
