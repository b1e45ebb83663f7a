import Foundation
import GraderCore
import Testing

/// Objects are read without trust: whatever the bytes, an answer or an error comes of it.
@Suite struct ObjectFileTests {
  private static let ordinary = ObjectImage(
    sections: [".text", ".rodata.cst16", "swift5_types", ".eh_frame"],
    symbols: [("$s1A4meanyyF", 1), ("symbolic x", 2), ("swift_retain", 0), ("$s1A1BVMn", 3)]
  )

  @Test func readsNames() throws {
    let object = try ObjectFile(Self.ordinary.bytes)
    #expect(
      object.sections
        == [
          "", ".text", ".rodata.cst16", "swift5_types", ".eh_frame", ".symtab", ".strtab",
          ".shstrtab",
        ]
    )
    #expect(object.definedSymbols == ["$s1A4meanyyF", "symbolic x", "$s1A1BVMn"])
  }

  @Test func localSymbolsDoNotCount() throws {
    var image = Self.ordinary
    image.binding = 0
    #expect(try ObjectFile(image.bytes).definedSymbols == [])
    image.binding = 2
    #expect(try ObjectFile(image.bytes).definedSymbols.count == 3)
  }

  /// Objects by the compiler that builds these tests can be read.
  @Test func readsARealObject() throws {
    let object = try ObjectFile(try Self.realObject())
    #expect(object.sections.contains(".text"))
    #expect(object.definedSymbols.contains { $0.hasPrefix("$s10GraderCore6PointsV") })
    #expect(ObjectRules.violation(in: object) == nil)
  }

  private static func realObject() throws -> [UInt8] {
    let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let file = products.appending(path: "GraderCore.build/Points.swift.o")
    return [UInt8](try Data(contentsOf: file))
  }

  @Test(arguments: [
    ([], ObjectFile.Malformed.notAnObject),
    (Array("#!/bin/sh\n".utf8) + [UInt8](repeating: 32, count: 100), .notAnObject),
    (changed(at: 4, to: 1), .notAnObject),  // 32 bits
    (changed(at: 5, to: 2), .notAnObject),  // big-endian
    (changed(at: 16, to: 2), .notAnObject),  // a program
    (changed(at: 58, to: 63), .notAnObject),  // another size of section headers
    (changed(at: 62, to: 200), .outOfBounds),  // names in a section that is not there
    (changed(at: 44, to: 1), .outOfBounds),  // a table of sections at 4 GiB
    (changed(at: 43, to: 0x7f), .outOfBounds),
    (Array(ordinary.bytes.dropLast(65)), .outOfBounds),
  ])
  func malformed(bytes: [UInt8], error: ObjectFile.Malformed) {
    #expect(throws: error) { try ObjectFile(bytes) }
  }

  private static func changed(at offset: Int, to byte: UInt8) -> [UInt8] {
    var bytes = ordinary.bytes
    bytes[offset] = byte
    return bytes
  }

  @Test func everyPrefixIsRefusedOrRead() {
    let bytes = Self.ordinary.bytes
    for count in bytes.indices { _ = try? ObjectFile(Array(bytes[..<count])) }
    #expect((try? ObjectFile(bytes)) != nil)
  }

  /// A trap would end the tests.
  @Test(arguments: 0..<8)
  func survivesMutations(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    let samples = [Self.ordinary.bytes, try Self.realObject()]
    var read = 0
    for sample in samples {
      for _ in 0..<(sample.count < 4_000 ? 2_000 : 25) {
        var bytes = sample
        for _ in 0..<Int.random(in: 1...8, using: &dice) {
          let offset =
            Bool.random(using: &dice)
            ? Int.random(in: 0..<64, using: &dice) : Int.random(in: bytes.indices, using: &dice)
          bytes[offset] =
            [0, 0xff, 0x7f, 0x80, UInt8.random(in: 0...255, using: &dice)]
            .randomElement(using: &dice) ?? 0
        }
        if let object = try? ObjectFile(bytes) {
          read += 1
          _ = ObjectRules.violation(in: object)
        }
      }
    }
    #expect(read > 0)
  }
}
