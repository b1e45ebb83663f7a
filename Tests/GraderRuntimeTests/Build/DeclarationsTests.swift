import Foundation
import Testing

@testable import GraderRuntime

/// The compiler's parser says where a file can be taken apart, round errors too.
@Suite struct DeclarationsTests {
  /// The declarations of a source, as the parser of this toolchain finds them.
  private func declarations(_ source: String) throws -> Declarations {
    let folder = try Folder()
    try folder.write(source, to: "a.swift")
    let process = Process()
    process.executableURL = URL(filePath: try Toolchain.find().frontend)
    process.arguments = [
      "-frontend", "-dump-parse", "-dump-ast-format", "json", "-parse-as-library",
      "\(folder.path)/a.swift",
    ]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
    try process.run()
    let dump = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return try #require(Declarations(dump: dump, of: Array(source.utf8)))
  }

  private func text(_ source: String, without left: Set<Int>) throws -> String {
    String(decoding: try declarations(source).source(without: left), as: UTF8.self)
  }

  /// A declaration that is left out, and whether the other one stays whole.
  struct Piece: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let source: String

    init(_ testDescription: String, _ source: String) {
      (self.testDescription, self.source) = (testDescription, source)
    }
  }

  private static let pieces = [
    Piece("a function", "func out() -> Int { 1 }"),
    Piece("with comments and attributes", "/// Out.\n@inline(never)\npublic\nfunc out() {}"),
    Piece("an attribute that begins behind its @", "@_cdecl(\"out\") public func out() {}"),
    Piece("with a type error", "func out() -> Int { \"a\" }"),
    Piece("with a syntax error", "func out() -> Int { 1 + }"),
    Piece("with a parenthesis that does not close", "func out() -> Int { g(1 }"),
    Piece("with one brace too many", "func out() -> Int { 1 } }"),
    Piece("in other scripts", "func größe() -> String { \"é日本\" }"),
    Piece("a structure", "struct Out {\n  var a = 1\n  func f() {}\n}"),
    Piece("an extension", "extension Int { var out: Int { \"no\" } }"),
    Piece("a constant", "let out = [1,\n  2,\n  333]"),
    Piece("a text of several lines", "let out = \"\"\"\n  a\n  func kept() {}\n  \"\"\""),
    Piece("a variable with an attribute", "@MainActor let out = 1"),
    Piece("another name for a type", "typealias Out = [Nothing]"),
    Piece("an operator", "infix operator +++"),
    Piece("a line that was forgotten", "print(1)"),
  ]

  @Test(arguments: pieces, ["\n", "\r\n"])
  func isLeftOutAlone(piece: Piece, lineBreak: String) throws {
    let lines = { (text: String) in text.replacing("\n", with: lineBreak) }
    let kept = lines("import Foundation\npublic func kept(_ x: Int) -> Int {\n  x\n}\n")
    let more = lines("\n/// Last.\nfunc last() -> Int { 3 }\n")
    let source = kept + lines(piece.source) + lines("\n") + more
    let found = try declarations(source)
    #expect(found.all.first?.name == "kept")
    #expect(found.all.first?.isPublic == true)
    #expect(found.all.last?.name == "last")
    #expect(found.all.last?.isPublic == false)
    let left = Set(found.all.indices.dropFirst().dropLast())
    let text = String(decoding: found.source(without: left), as: UTF8.self)
    #expect(text.hasPrefix(kept))
    #expect(text.hasSuffix("func last() -> Int { 3 }\(lineBreak)"))
    #expect(text.utf8.count == source.utf8.count)
    #expect(text.count { $0.isNewline } == source.count { $0.isNewline })
    let between = text.dropFirst(kept.count).dropLast(more.count)
    let code = between.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("///") }
    #expect(code.allSatisfy { $0.trimmingCharacters(in: .whitespaces).isEmpty })
  }

  /// What the parser passes over belongs to nobody.
  @Test(arguments: ["func {{{\n", "}\n", "} /* } */ )\n"])
  func strayWords(stray: String) throws {
    let source = "func a() {} // }\n/* { */\n" + stray
    let found = try declarations(source)
    #expect(found.all.map(\.name) == ["a", ""])
    let text = String(decoding: found.source(without: [1]), as: UTF8.self)
    #expect(text.hasPrefix("func a() {} // }\n/* { */\n "))
    #expect(text.dropFirst(25).allSatisfy { $0.isWhitespace })
  }

  @Test func linesOfADeclaration() throws {
    let found = try declarations("// First.\n\n/// A.\nfunc a() {\n}\n\n/// B.\nfunc b() {}\n")
    #expect(found.all.map(\.lines) == [4...7, 8...8])
  }

  /// What a condition chooses is for the whole file to say.
  @Test func directivesStay() throws {
    let source = "func a() {}\n#if os(Linux)\nfunc b() {}\n#endif\nfunc c() {}\n"
    let text = try text(source, without: [0])
    #expect(text == "           \n#if os(Linux)\nfunc b() {}\n#endif\nfunc c() {}\n")
  }

  /// The functions behind a brace that does not close are inside the one that lacks it.
  @Test func aBraceThatDoesNotClose() throws {
    let found = try declarations("func a() {}\nfunc b() {\n  if true {\n}\nfunc c() {}\n")
    #expect(found.all.map(\.name) == ["a", "b"])
  }

  @Test(arguments: [
    "", "{", "[]", #"{"items": 1}"#,
    #"{"items":[{"_kind":"func_decl","range":{"start":3,"end":99}}]}"#,
    #"{"items":[{"_kind":"func_decl","range":{"start":-1,"end":2}}]}"#,
    #"{"items":[{"_kind":"func_decl","range":{"start":5,"end":2}}]}"#,
    #"{"items":[{"_kind":"","range":{"start":0,"end":4}},"#
      + #"{"_kind":"","range":{"start":2,"end":6}}]}"#,
  ])
  func noDumpOfTheSource(dump: String) {
    #expect(Declarations(dump: Array(dump.utf8), of: Array("func a() {}".utf8)) == nil)
  }
}
