import Foundation
import Testing

/// The scripts in the recipes for classes on other systems, run as the page has them.
@Suite(.serialized) struct RecipeTests {
  private static let page = "Sources/grader/Documentation.docc/ContinuousIntegration.md"

  /// The commands of a recipe, in their order: those of the list below a job's key.
  private func commands(of job: String, under heading: String) throws -> [String] {
    let text = try String(contentsOfFile: "\(Repository.root)/\(Self.page)", encoding: .utf8)
    let section = try #require(text.components(separatedBy: "\n## \(heading)\n").dropFirst().first)
    let block = try #require(section.components(separatedBy: "```yaml\n").dropFirst().first)
    let lines = try #require(block.components(separatedBy: "\n```").first)
      .split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.trimmed == "\(job):" })
    let indent = lines[start].indent
    let body = lines[(start + 1)...].prefix { $0.indent > indent }
    var found: [String] = []
    var folded: Int?
    for line in body {
      if let depth = folded, line.indent > depth {
        found[found.count - 1] += " \(line.trimmed)"
        continue
      }
      folded = nil
      let isStep = line.trimmed.hasPrefix("- run: ")
      guard isStep || (line.trimmed.hasPrefix("- ") && !line.contains("uses:")) else { continue }
      let command = line.trimmed.dropFirst(isStep ? 7 : 2)
      found.append(command == ">" ? "" : String(command))
      if command == ">" { folded = line.indent }
    }
    return found.map(\.trimmed)
  }

  /// A checkout of the course in which the first steps, which install and build, are done.
  private func checkout() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Array("#!/bin/sh\necho set up >> log\n".utf8), to: ".ci/setup")
    let swift = """
      #!/bin/sh
      case "$1 $2 $3" in
      "build --product grader") echo built >> log ;;
      "run --skip-build grader") shift 3; exec '\(Program.beside("grader"))' "$@" ;;
      *) echo "swift $*: not expected" >&2; exit 1 ;;
      esac
      """
    try folder.write(Array(swift.utf8), to: "bin/swift")
    try folder.shell("chmod +x .ci/setup bin/swift; mkdir submissions")
    for (name, homework) in [("a", Homework.solution), ("b", .stub)] {
      let archive = try homework.packed(in: folder)
      try folder.shell("mv '\(archive)' submissions/\(name).tar.gz")
    }
    return folder
  }

  private func run(
    _ commands: [String],
    in folder: TemporaryFolder,
    _ environment: [String: String] = [:]
  ) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let known = ["PATH": "\(folder.path)/bin:\(path)", "CHAINRULE_COURSE": Repository.root]
    let run = try Program.run(
      "/bin/bash",
      ["-ec", commands.joined(separator: "\n")],
      environment: known.merging(environment) { $1 },
      in: folder.path,
      longest: 3_600
    )
    try #require(run.status == 0, "\(commands)\n\(run.output)\(run.errors)")
    return run.output
  }

  private func expectReport(in folder: TemporaryFolder) throws {
    try folder.shell("ls results >&2; test -s results/report.html; test -s results/grades/a.json")
  }

  @Test(.beyondTheSample()) func gitHub() throws {
    let heading = "GitHub Actions: a class in shards"
    let folder = try checkout()
    let shard = try commands(of: "grade", under: heading)
    #expect(shard.count == 3, "\(shard)")
    for number in 1...4 {
      _ = try run(
        shard.map { $0.replacing("${{ matrix.shard }}", with: "\(number)") },
        in: folder
      )
    }
    _ = try run(try commands(of: "merge", under: heading), in: folder)
    try expectReport(in: folder)
  }

  @Test(.beyondTheSample()) func gitLab() throws {
    let heading = "GitLab: a class in shards"
    let folder = try checkout()
    for number in 1...2 {
      _ = try run(
        try commands(of: "grade", under: heading).filter { !$0.hasPrefix("\"") },
        in: folder,
        ["CI_NODE_INDEX": "\(number)", "CI_NODE_TOTAL": "2"]
      )
    }
    _ = try run(try commands(of: "merge", under: heading), in: folder)
    try expectReport(in: folder)
  }

  /// Clones are made, pushes listed, and commits graded; the web's part is played by files.
  @Test func repositories() throws {
    let text = try String(contentsOfFile: "\(Repository.root)/\(Self.page)", encoding: .utf8)
    let section = try #require(text.components(separatedBy: "\n## Repositories\n").last)
    let block = try #require(section.components(separatedBy: "```sh\n").dropFirst().first)
    let script = try #require(block.components(separatedBy: "\n```").first)
    let folder = try TemporaryFolder()
    try Homework.solution.write(to: "ORG/a1-alice.git/a1-batch-norm", in: folder)
    try Homework.stub.write(to: "ORG/a1-bob.git/a1-batch-norm", in: folder)
    let gh = """
      #!/bin/sh
      name=${2#repos/ORG/}
      name=${name%%/*}
      echo "$name,$(git -C "ORG/$name.git" rev-parse HEAD),2026-05-01T08:00:00Z"
      """
    try folder.write(Array(gh.utf8), to: "bin/gh")
    try folder.write(
      Array("due: 2026-04-30 23:59 UTC\nlate: { per: day, percent: 10 }".utf8),
      to: "policy.yaml"
    )
    try folder.write(Array("login\nalice\nbob\n".utf8), to: "class.csv")
    try folder.write(Array("a1-alice\na1-bob\n".utf8), to: "names.txt")
    try folder.shell(
      """
      printf '#!/bin/sh\\nexec "%s" "$@"\\n' '\(Program.beside("grader"))' > bin/grader
      chmod +x bin/*
      for name in a1-alice a1-bob; do
        cd "ORG/$name.git"
        git init -q
        git add -A
        git -c user.name=x -c user.email=x@x commit -q -m x --date 2001-01-01T00:00:00Z
        cd ../..
      done
      """
    )
    _ = try run(
      [script],
      in: folder,
      [
        "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "url.\(folder.path)/.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/",
      ]
    )
    let late = "late by the list of pushes, which counts as 1 day"
    try folder.shell("grep -q '\(late)' results/feedback/alice*.md")
    try folder.shell("grep -q 'decided by the list of pushes (2)' results/report.html")
  }

  /// The adapter packs the checkout that it runs in, and leaves the result where it is looked for.
  @Test func classroom50() throws {
    let text = try String(contentsOfFile: "\(Repository.root)/\(Self.page)", encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```python\n").dropFirst().first)
    let script = try #require(block.components(separatedBy: "\n```").first)
    let folder = try TemporaryFolder()
    try Homework.solution.write(to: "checkout/a1-batch-norm", in: folder)
    try folder.write(Array(script.utf8), to: "bundle/autograder.py")
    try folder.shell(
      "mkdir bin temp; printf '#!/bin/sh\\nexec \"%s\" \"$@\"\\n' '\(Program.beside("grader"))'"
        + " > bin/grader; chmod +x bin/grader; mkdir checkout/.git; echo x > checkout/.git/config"
    )
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let run = try Program.run(
      "/usr/bin/env",
      ["python3", "\(folder.path)/bundle/autograder.py"],
      environment: [
        "PATH": "\(folder.path)/bin:\(path)", "CHAINRULE_COURSE": Repository.root,
        "RUNNER_TEMP": "\(folder.path)/temp", "CLASSROOM": "dl", "ASSIGNMENT": "hw1",
        "ASSIGNMENT_TYPE": "individual", "OWNER": "alice", "COMMIT_URL": "https://e/c",
        "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d", "RELEASE_URL": "https://e/r",
      ],
      in: "\(folder.path)/checkout"
    )
    try #require(run.status == 0, "\(run.output)\(run.errors)")
    let result = try String(contentsOfFile: "\(folder.path)/checkout/result.json", encoding: .utf8)
    #expect(result.contains("\"score\" : 8000"), "\(result)")
    #expect(result.contains("\"review\" : \"https://e/c\""), "\(result)")
  }
}

extension String {
  fileprivate var indent: Int { prefix { $0 == " " }.count }
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
