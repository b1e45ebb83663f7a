import GraderCore
import Testing

/// Symbols that no homework needs are refused by name; those that the compiler makes are not.
@Suite struct ObjectRulesTests {
  @Test(arguments: [
    ".init_array", ".init_array.1", ".fini_array", ".preinit_array", ".ctors", ".dtors", ".init",
    ".interp", ".dynamic", ".note.gnu.property", ".gnu.linkonce.t.x", "anything", ".textual",
    ".swift1_autolink_entries2", "swift4_types",
  ])
  func foreignSection(name: String) throws {
    let object = try ObjectFile(ObjectImage(sections: [".text", name]).bytes)
    #expect(ObjectRules.violation(in: object) == .section(name))
  }

  @Test(arguments: [
    ".text", ".text.$s1A4meanyyF", ".rodata.str1.1", ".data.rel.ro", ".bss", ".tbss",
    "swift5_protocol_conformances", ".swift_modhash", ".rela.text", ".debug_line",
    ".note.GNU-stack", ".llvm_addrsig", ".swift1_autolink_entries",
  ])
  func ordinarySection(name: String) throws {
    let object = try ObjectFile(ObjectImage(sections: [name]).bytes)
    #expect(ObjectRules.violation(in: object) == nil)
  }

  @Test func secondListForTheLinker() throws {
    let list = ".swift1_autolink_entries"
    let object = try ObjectFile(ObjectImage(sections: [list, ".text", list]).bytes)
    #expect(ObjectRules.violation(in: object) == .section(list))
  }

  @Test(arguments: [
    "malloc", "main", "_start", "swift_retain", "write", "__libc_start_main", "serve_judge",
  ])
  func foreignSymbol(name: String) throws {
    let symbols: [(String, UInt16)] = [("$s1A4meanyyF", 1), (name, 1)]
    let object = try ObjectFile(ObjectImage(sections: [".text"], symbols: symbols).bytes)
    #expect(ObjectRules.violation(in: object) == .symbol(name))
  }

  @Test(arguments: [
    "$s1A4meanyyF", "symbolic _____ 1A1BV", "get_enum_tag_for_layout_string 1A",
    "block_copy_helper",
    "block_destroy_helper.3", "__swift_memcpy16_8", "__swift_reflection_version",
    "_swift1_autolink_entries",
  ])
  func ordinarySymbol(name: String) throws {
    let image = ObjectImage(sections: [".text"], symbols: [(name, 1)])
    #expect(ObjectRules.violation(in: try ObjectFile(image.bytes)) == nil)
  }

  @Test func usedSymbolsAreFree() throws {
    let image = ObjectImage(sections: [".text"], symbols: [("malloc", 0), ("fork", 0)])
    #expect(ObjectRules.violation(in: try ObjectFile(image.bytes)) == nil)
  }
}
