import Foundation
import GraderCore
import Testing

@testable import GraderRuntime

/// The form of hidden suites that the grader compiles itself, and the list of their tests.
@Suite struct SuiteBuildTests {
  // MARK: Packages

  private static func manifest(of id: String, in work: Folder) throws -> String {
    try Tool.run(
      try Toolchain.find().packageManager,
      [
        "package", "--package-path", "\(root)/reference/\(id)", "--scratch-path",
        work.path, "dump-package",
      ]
    ).outputText
  }

  private static let root: String = {
    let here = URL(filePath: #filePath)
    return (0..<4).reduce(here) { url, _ in url.deletingLastPathComponent() }.path
  }()

  private static func assignment(_ id: String) throws -> Assignment {
    try Course(root: root, origin: "a test").assignment(id).assignment
  }

  @Test(arguments: [
    ("a1-batch-norm", [], []), ("a2-conv-bias", [], []),
    (
      "a3-two-hidden-layers", ["Digits/SOURCE.md", "Digits/make_subset.py"],
      ["train-images", "train-labels", "t10k-images", "t10k-labels"]
    ),
  ])
  func suitesHaveTheUsualForm(id: String, excluded: [String], resources: [String]) throws {
    let work = try Folder()
    let manifest = try Self.manifest(of: id, in: work)
    let usual = SuitePackage.usual(Data(manifest.utf8), for: try Self.assignment(id))
    #expect(usual?.languageMode == "6")
    #expect(usual?.options.contains("-warnings-as-errors") == true)
    #expect(usual?.options.count { $0 == "-enable-upcoming-feature" } == 3)
    #expect(usual?.excluded == excluded)
    #expect(usual?.resources.count == resources.count)
    for (path, name) in zip(usual?.resources ?? [], resources) {
      #expect(path.hasPrefix("Digits/\(name)"))
    }
  }

  @Test(arguments: [
    (#""enableUpcomingFeature""#, #""enableExperimentalFeature""#),
    (#""enableUpcomingFeature""#, #""define""#),
    (#""tool" : "swift""#, #""tool" : "linker""#),
    (#""error""#, #""warning""#),
    (#""type" : "test""#, #""type" : "regular""#),
    (#""path" : "HiddenTests""#, #""path" : "Tests""#),
    (#""name" : "HiddenTests""#, #""name" : "OtherTests""#),
    (#""BatchNormTask""#, #""Numerics""#),
    (#"/CourseKit""#, #"/OtherKit""#),
    (#""fileSystem""#, #""sourceControl""#),
    (#""resources" : ["#, #""resources" : [ { "path": "a", "rule": { "process": {} } }"#),
    (#""exclude" : ["#, #""sources" : [ "a.swift" ], "exclude" : ["#),
    (#""exclude" : ["#, #""pluginUsages" : [ {} ], "exclude" : ["#),
    ("{", ""),
    (#""_version""#, #""version""#),
  ])
  func anythingElseIsForThePackageManager(part: String, other: String) throws {
    let work = try Folder()
    let manifest = try Self.manifest(of: "a1-batch-norm", in: work)
    try #require(manifest.contains(part))
    let changed = manifest.replacingOccurrences(of: part, with: other)
    let assignment = try Self.assignment("a1-batch-norm")
    #expect(SuitePackage.usual(Data(manifest.utf8), for: assignment) != nil)
    #expect(SuitePackage.usual(Data(changed.utf8), for: assignment) == nil)
  }

  @Test func settingsThatHoldSometimesAreForThePackageManager() throws {
    let work = try Folder()
    let manifest = try Self.manifest(of: "a1-batch-norm", in: work)
    let kind = #""kind" : {"#
    let changed = manifest.replacingOccurrences(
      of: kind,
      with: #""condition" : { "config" : "debug" }, "# + kind
    )
    try #require(changed != manifest)
    let assignment = try Self.assignment("a1-batch-norm")
    #expect(SuitePackage.usual(Data(changed.utf8), for: assignment) == nil)
  }

  @Test(arguments: [("6.2.0", "6"), ("5.10.0", "5"), ("7.0.0", "6")])
  func versionOfToolsDecidesTheLanguageMode(version: String, mode: String) throws {
    let work = try Folder()
    let manifest = try Self.manifest(of: "a1-batch-norm", in: work)
      .replacingOccurrences(of: "\"6.2.0\"", with: "\"\(version)\"")
      .replacingOccurrences(of: "swiftLanguageVersions", with: "otherVersions")
    let usual = SuitePackage.usual(
      Data(manifest.utf8),
      for: try Self.assignment("a1-batch-norm")
    )
    #expect(usual?.languageMode == mode)
  }

  // MARK: Tests

  @Test func theCompilerListsWhatIsRun() throws {
    let work = try Folder()
    let compiler = JudgeCompiler(
      driver: try Toolchain.find().driver,
      moduleMaps: [],
      moduleCache: "\(work.path)/cache"
    )
    let sources = ["\(Self.root)/Tests/Fixtures/Suite/Classes.swift"]
    var module = JudgeCompiler.Module(name: "HiddenTests", sources: sources)
    module.options = ["-enable-testing"]
    let list = try compiler.symbols(of: module, in: work.path)
    let tests = try JSONDecoder().decode(SymbolGraph.self, from: Data(list)).tests
    let inherited = ["testInherited", "testThrows", "testWaits"]
    #expect(
      tests.map { "\($0.owner)/\($0.name)" }
        == inherited.map { "BaseTests/\($0)" }
        + (inherited + ["testOwn", "testExtended"]).sorted().map { "DerivedTests/\($0)" }
    )
    #expect(tests.filter(\.isAsync).map(\.name) == ["testWaits", "testWaits"])

    let text = SuiteBuild.mainProgram(of: tests, in: module.name)
    try work.write(text, to: "main.swift")
    var main = JudgeCompiler.Module(name: "Main", sources: ["\(work.path)/main.swift"])
    main.isOptimized = false
    module.isOptimized = false
    let objects = ["\(work.path)/suite.o", "\(work.path)/main.o"]
    try compiler.makeObject(of: module, at: objects[0])
    try compiler.importing([work.path]).makeObject(of: main, at: objects[1])
    try compiler.link(objects, to: "\(work.path)/suite.xctest")
    let listed = try Tool.run("\(work.path)/suite.xctest", ["--list-tests"]).outputText
    for test in tests { #expect(listed.contains("HiddenTests.\(test.owner)/\(test.name)")) }
    let run = try Tool.run("\(work.path)/suite.xctest", ["HiddenTests.DerivedTests"])
    #expect(run.status == 0)
    #expect((run.outputText + run.errorText).contains("Executed 5 tests, with 0 failures"))
  }
}
