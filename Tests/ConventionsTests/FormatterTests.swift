import Foundation
import Testing

/// The formatter's configuration names every rule: naming one switches off all that are not named.
@Suite struct FormatterTests {
  @Test(.enabled("swift-format is not of 6.3, whose rules are named") { try Formatter.isPinned() })
  func everyRuleIsNamed() throws {
    let ours = try #require(SourceTree.repository.files[".swift-format"])
    let known = try Formatter.run(["dump-configuration"])
    #expect(try Formatter.differences(named: ours, known: known) == [])
  }

  @Test func aRuleThatIsNotNamed() throws {
    let ours = #"{"rules": {"OrderedImports": true, "Gone": false}}"#
    let known = #"{"lineLength": 100, "rules": {"OrderedImports": true, "OneCasePerLine": true}}"#
    #expect(
      try Formatter.differences(named: ours, known: known) == [
        "Gone is no rule of the toolchain", "OneCasePerLine is not named",
      ]
    )
  }

  @Test func aConfigurationWithoutRules() {
    #expect(throws: (any Error).self) {
      try Formatter.differences(named: "{}", known: #"{"rules": {}}"#)
    }
  }
}

/// The toolchain's swift-format.
private enum Formatter {
  /// True of the toolchain that the repository is made for.
  static func isPinned() throws -> Bool {
    try run(["--version"]).hasPrefix("6.3")
  }

  /// The standard output of `swift format`, started where no configuration of ours is found.
  static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["swift", "format"] + arguments
    process.currentDirectoryURL = URL(filePath: "/")
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  private struct Configuration: Decodable {
    var rules: [String: Bool]
  }

  /// The rules that only one of two configurations names.
  static func differences(named: String, known: String) throws -> [String] {
    let (named, known) = (Set(try rules(of: named)), Set(try rules(of: known)))
    let missing = known.subtracting(named).map { "\($0) is not named" }
    return (missing + named.subtracting(known).map { "\($0) is no rule of the toolchain" }).sorted()
  }

  private static func rules(of configuration: String) throws -> [String] {
    let data = Data(configuration.utf8)
    return Array(try JSONDecoder().decode(Configuration.self, from: data).rules.keys)
  }
}
