import Testing

/// The repository keeps its rules, and each rule can fail.
@Suite struct ConventionsTests {
  @Test(arguments: Rule.allCases)
  func repository(rule: Rule) {
    #expect(rule.violations(in: .repository) == [])
  }

  /// The repository is really seen.
  @Test func repositoryIsRead() {
    let tree = SourceTree.repository
    #expect(tree.files.count > 200)
    #expect(
      tree.files["Sources/GraderCore/Values/Points.swift"]?.contains("struct Points") == true
    )
    #expect(tree.links["reference/a1-batch-norm/Handout"] == "../../assignments/a1-batch-norm")
    #expect(tree.swiftFiles(below: "assignments/CourseKit/Sources/").count > 5)
  }

  /// A tree without fault.
  private static let sound: [String: String] = [
    "Package.swift": "", "README.md": "", "LICENSE": "", ".gitignore": "",
    "Tests/T.swift": "import Testing\n", "findings/README.md": "",
    "Sources/GraderCore/A.swift": "package import JudgeEvents\n",
    "Sources/GraderRuntime/Course/B.swift": "import Foundation\nimport Yams\n",
    "assignments/a1/Package.swift": ".package(path: \"../CourseKit\")",
    "assignments/a1/README.md": "swift test --filter '\\.XTests' # one part",
    "assignments/a1/Tests/A1Tests/XTests.swift":
      "final class XTests: C {\n  func testOne() {}\n}\nclass YTests: C {\n  func testOne() {}\n}",
    "assignments/CourseKit/Sources/CourseKit/C.swift":
      "#if canImport(Glibc)\n  internal import Glibc\n#endif\n",
    "reference/a1/assignment.yaml": "      - \"f(_ x: T, mean: (Int, Int)) throws -> T\"\n",
    "reference/a1/HiddenTests/T.swift": "import XCTest\nimport JudgeSupport\n",
  ]

  @Test(arguments: Rule.allCases)
  func soundTree(rule: Rule) {
    #expect(rule.violations(in: SourceTree(Self.sound)) == [])
  }

  /// A fault, and what the rule says.
  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String { says }
    var rule: Rule
    var path: String
    var text: String
    var says: String

    init(_ rule: Rule, _ path: String, _ text: String, says: String) {
      (self.rule, self.path, self.text, self.says) = (rule, path, text, says)
    }
  }

  @Test(arguments: [
    Fault(.topLevel, "notes/x.txt", "", says: "notes is at the top level"),
    Fault(.topLevel, "Makefile", "", says: "Makefile is at the top level"),
    Fault(.topLevel, "CHANGELOG.md", "", says: "CHANGELOG.md is at the top level"),
    Fault(
      .importTable,
      "Sources/GraderCore/X.swift",
      "import Foundation",
      says: "Sources/GraderCore/X.swift imports Foundation"
    ),
    Fault(
      .importTable,
      "Sources/GraderCore/X.swift",
      "@_exported public import Sandbox",
      says: "Sources/GraderCore/X.swift imports Sandbox"
    ),
    Fault(
      .importTable,
      "Sources/GraderCore/X.swift",
      "  import func Glibc.exit",
      says: "Sources/GraderCore/X.swift imports Glibc"
    ),
    Fault(
      .everyPlatform,
      "assignments/a9/Sources/A/X.swift",
      "#if canImport(Darwin)\n  import Darwin\n#endif\ninternal import Glibc\n",
      says: "assignments/a9/Sources/A/X.swift imports Glibc on every platform"
    ),
    Fault(
      .importTable,
      "Sources/Sandbox/X.swift",
      "import GraderCore",
      says: "Sources/Sandbox/X.swift imports GraderCore"
    ),
    Fault(
      .importTable,
      "Sources/GraderRuntime/X.swift",
      "import CArchive",
      says: "Sources/GraderRuntime/X.swift imports CArchive"
    ),
    Fault(
      .importTable,
      "Sources/grader/X.swift",
      "import CCrypto",
      says: "Sources/grader/X.swift imports CCrypto"
    ),
    Fault(
      .importTable,
      "Sources/GraderRuntime/X.swift",
      "import XCTest",
      says: "Sources/GraderRuntime/X.swift imports XCTest"
    ),
    Fault(
      .importTable,
      "Sources/New/X.swift",
      "",
      says: "Sources/New/X.swift: no row in the table of imports"
    ),
    Fault(
      .importTable,
      "assignments/CourseKit/Sources/CourseKit/X.swift",
      "import Foundation",
      says: "assignments/CourseKit/Sources/CourseKit/X.swift imports Foundation"
    ),
    Fault(
      .importTable,
      "Sources/JudgeWire/Sources/JudgeEvents/X.swift",
      "import Foundation",
      says: "Sources/JudgeWire/Sources/JudgeEvents/X.swift imports Foundation"
    ),
    Fault(
      .wrappedLibraries,
      "Sources/GraderRuntime/Build/X.swift",
      "import Yams",
      says: "Yams in Sources/GraderRuntime/Build, Sources/GraderRuntime/Course"
    ),
    Fault(
      .secretsStaySecret,
      "assignments/a1/README.md",
      "see ../reference/a1/Solution",
      says: "assignments/a1/README.md names reference/"
    ),
    Fault(
      .secretsStaySecret,
      "assignments/a1/Tests/X.swift",
      "class X: JudgeCase {}",
      says: "assignments/a1/Tests/X.swift names JudgeCase"
    ),
    Fault(
      .secretsStaySecret,
      "assignments/a1/HiddenTests/X.swift",
      "",
      says: "assignments/a1/HiddenTests/X.swift names HiddenTests"
    ),
    Fault(
      .listedArguments,
      "reference/a1/README.md",
      "\n## Arguments\n\n| `f` | `x` | drawn |\n",
      says: "reference/a1/README.md does not list f mean"
    ),
    Fault(
      .listedArguments,
      "reference/a1/README.md",
      "\n## Arguments\n\n| `f` | `x` | drawn |\n| `f` | `mean` | free |\n",
      says: "reference/a1/README.md does not say why f mean is free"
    ),
    Fault(
      .listedArguments,
      "reference/a1/README.md",
      "\n## Arguments\n\n| `f` | `x` | drawn |\n| `f` | `mean` | drawn |\n| `f` | `y` | drawn |\n",
      says: "reference/a1/README.md lists f y, which is none"
    ),
    Fault(
      .listedArguments,
      "reference/a1/README.md",
      "\n## Arguments\n\n| `f` | `x` | drawn |\n| `f` | `mean` | drawn |\n| `f` | `x` | drawn |\n",
      says: "reference/a1/README.md lists f x twice"
    ),
    Fault(
      .choosingFilters,
      "assignments/a1/README.md",
      "swift test --filter XTests/testMistyped",
      says: "assignments/a1/README.md: XTests/testMistyped chooses nothing"
    ),
    Fault(
      .choosingFilters,
      "assignments/a1/README.md",
      "swift test --filter Tests # one part",
      says: "assignments/a1/README.md: Tests chooses several classes"
    ),
    Fault(
      .handoutIsWhole,
      "assignments/a2/Package.swift",
      ".package(url: \"https://x\", from: \"1.0.0\")",
      says: "assignments/a2/Package.swift needs a package from elsewhere"
    ),
    Fault(
      .oneTestFramework,
      "Tests/X.swift",
      "import Testing\n@testable import A\nimport XCTest\n",
      says: "Tests/X.swift imports Testing and XCTest"
    ),
    Fault(
      .shortFiles,
      "Tests/X.swift",
      String(repeating: "\n", count: 500),
      says: "Tests/X.swift has 501 lines"
    ),
    Fault(
      .shortLines,
      "Tests/X.swift",
      "\n" + String(repeating: "ä", count: 101),
      says: "Tests/X.swift:2 has 101 columns"
    ),
    Fault(
      .shortLines,
      "Sources/grader-jail/x.c",
      String(repeating: "x", count: 120),
      says: "Sources/grader-jail/x.c:1 has 120 columns"
    ),
    Fault(
      .wholeFormulas,
      "assignments/a1/README.md",
      "Costs `$5`.\n\n$$a \\quad\n\\alpha\\, b$$\n",
      says: "assignments/a1/README.md:4 has \\, in a formula"
    ),
    Fault(
      .wholeFormulas,
      "README.md",
      "| $x$ \\| y | $\\{a\\beta$ |\n",
      says: "README.md:1 has \\{ in a formula"
    ),
    Fault(
      .namedThings,
      "Sources/GraderCore/X.swift",
      "/// The result.\n/// What a search came to.\nvar a\n  /// What a search came to.\n  var b\n",
      says: "Sources/GraderCore/X.swift:4 begins with a question: What a search came to."
    ),
  ])
  func fault(fault: Fault) {
    let tree = SourceTree(Self.sound.merging([fault.path: fault.text]) { $1 })
    #expect(fault.rule.violations(in: tree) == [fault.says])
  }

  /// Folders may need each other in one direction alone, also through a third.
  @Test func foldersInAKnot() {
    let one = "package struct One {}\nstruct Other { var two: Two }\n"
    let two = "/// Unlike Three.\nenum Two { case three(Three), word = \"One\" }\n"
    let three = "final class Three { let one = [One]() }\n"
    let module = "Sources/GraderCore"
    var files = ["\(module)/A/A.swift": one, "\(module)/B/B.swift": two]
    #expect(Rule.foldersInOrder.violations(in: SourceTree(files)) == [])
    files["\(module)/C/C.swift"] = three
    #expect(
      Rule.foldersInOrder.violations(in: SourceTree(files)) == [
        "\(module)/A/A.swift names Two of B, which needs A",
        "\(module)/B/B.swift names Three of C, which needs B",
        "\(module)/C/C.swift names One of A, which needs C",
      ]
    )
    files["\(module)/C/C.swift"] = "struct Three { var two: Two }\n"
    #expect(
      Rule.foldersInOrder.violations(in: SourceTree(files)) == [
        "\(module)/B/B.swift names Three of C, which needs B",
        "\(module)/C/C.swift names Two of B, which needs C",
      ]
    )
  }

  @Test func missingAtTheTop() {
    let tree = SourceTree(Self.sound.filter { $0.key != "README.md" })
    #expect(Rule.topLevel.violations(in: tree) == ["README.md is missing"])
  }

  @Test func linkInAHandout() {
    let tree = SourceTree(Self.sound, links: ["assignments/a1/Data": "../../reference"])
    #expect(Rule.handoutIsWhole.violations(in: tree) == ["assignments/a1/Data is a link"])
  }

  @Test func whatIsNoImport() {
    let text = "// import A\nlet s = \"import B\"\nfunc importC() {}\nimportant D\n"
    #expect(Imports.modules(in: text) == [])
  }

  @Test func whatIsNoFormula() {
    let text = "`$a\\, b`\n```\n$a\\, b$\n```\n\\* $a$ \\_ $\\alpha b$\n"
    #expect(Formulas.escapes(in: text).map(\.escape) == [])
  }

  @Test(arguments: [(0, 1), (1, 199), (2, 399), (1, 200), (2, 400)])
  func fewRiddles(riddles: Int, names: Int) {
    let text =
      String(repeating: "/// How it is.\n\n", count: riddles)
      + String(repeating: "/// However it is.\n\n", count: names)
    let tree = SourceTree(["Sources/GraderCore/X.swift": text])
    #expect(Rule.namedThings.violations(in: tree) == [])
  }

  @Test(arguments: [(1, 198), (2, 397)])
  func manyRiddles(riddles: Int, names: Int) {
    let text =
      String(repeating: "/// Why it is.\n\n", count: riddles)
      + String(repeating: "/// It is.\n\n", count: names)
    let tree = SourceTree(["assignments/a1/X.swift": text])
    #expect(Rule.namedThings.violations(in: tree).count == riddles)
  }

  /// Wide tables are no fault.
  @Test func wideTables() {
    let wide = String(repeating: "x", count: 300)
    let tree = SourceTree(Self.sound.merging(["reference/a1/assignment.yaml": wide]) { $1 })
    #expect(Rule.shortLines.violations(in: tree) == [])
  }
}
