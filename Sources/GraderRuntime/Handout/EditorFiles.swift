/// Settings for editors and for browsers that run one, which stand beside an assignment's folder.
///
/// Visual Studio Code reads `.vscode`; it, GitHub's Codespaces and others read `.devcontainer`.
enum EditorFiles {
  /// The image that Swift's own makers publish, of the version that the course uses.
  private static let image = "swift:6.3-noble"
  private static let extensionID = "swiftlang.swift-vscode"

  /// The files by their paths, for the assignment in the folder of its id.
  static func all(for id: String) -> [String: String] {
    [
      ".vscode/tasks.json": tasks(id),
      ".vscode/extensions.json": "{\n  \"recommendations\": [\"\(extensionID)\"]\n}\n",
      // The package is not at the root: CourseKit has to lie beside it.
      ".vscode/settings.json": "{\n  \"swift.searchSubfoldersForPackages\": true\n}\n",
      ".devcontainer/devcontainer.json": container(id),
    ]
  }

  /// The files that a repository of a student's holds besides.
  static func repository(for id: String) -> [String: String] {
    [
      ".gitignore": ".build/\n.swiftpm/\nsubmit.tar.gz\n",
      ".github/workflows/check.yml": """
      # The public check, at each push. It sees what students see, and nothing secret.
      name: check
      on: push
      permissions:
        contents: read
      jobs:
        check:
          runs-on: ubuntu-24.04
          container: \(image)
          defaults:
            run:
              working-directory: \(id)
          steps:
            - uses: actions/checkout@v4
            - run: \(check)

      """,
    ]
  }

  private static let check = "swift package --scratch-path .build/check check"
  private static let watch = "swift package --scratch-path .build/watch check --watch"
  private static let test = "swift test --disable-swift-testing"
  private static let submit = "swift package --allow-writing-to-package-directory submit"

  private static func container(_ id: String) -> String {
    """
    {
      "name": "\(id)",
      "image": "\(image)",
      "postCreateCommand": "swift build --package-path \(id)",
      "customizations": {
        "vscode": {
          "extensions": ["\(extensionID)"]
        }
      }
    }

    """
  }

  private static func tasks(_ id: String) -> String {
    let tasks = [
      task(
        "check",
        check,
        id,
        "\"group\": {\"kind\": \"build\", \"isDefault\": true}",
        pattern(id)
      ),
      task("check at each save", watch, id, "\"isBackground\": true", background + pattern(id)),
      task("test", test, id, "\"group\": {\"kind\": \"test\", \"isDefault\": true}", nil),
      task("submit", submit, id, "\"group\": \"none\"", nil),
    ]
    return """
      {
        "version": "2.0.0",
        "tasks": [
      \(tasks.joined(separator: ",\n"))
        ]
      }

      """
  }

  private static func task(
    _ label: String,
    _ command: String,
    _ id: String,
    _ more: String,
    _ matcher: String?
  ) -> String {
    """
        {
          "label": "\(label)",
          "type": "shell",
          "command": "\(command)",
          "options": {"cwd": "${workspaceFolder}/\(id)"},
          \(more),
          "problemMatcher": \(matcher.map { "{\n\($0)\n      }" } ?? "[]")
        }
    """
  }

  /// A round begins and ends with these lines, and what it does not say again is mended.
  private static let background = """
            "background": {
              "activeOnStart": true,
              "beginsPattern": "^Checking",
              "endsPattern": "^Waiting for changes"
            },

    """

  /// The lines of the check: paths in the folder, or whole ones of files elsewhere.
  private static func pattern(_ id: String) -> String {
    #"""
            "owner": "check",
            "source": "check",
            "fileLocation": ["autoDetect", "${workspaceFolder}/\#(id)"],
            "pattern": {
              "regexp": "^(.+?):(\\d+):(\\d+): (error|warning): (.*)$",
              "file": 1,
              "line": 2,
              "column": 3,
              "severity": 4,
              "message": 5
            }
    """#
  }
}
