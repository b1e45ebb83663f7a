import ClassCore
import Foundation
import GraderClass
import GraderRuntime
import Testing

@Suite struct RosterFileTests {
  /// 髙 is in the Windows code page and not in the standard it is named after.
  @Test(arguments: ["utf-8", "utf-8-sig", "cp932", "utf-16"])
  func encodings(encoding: String) throws {
    let scratch = try Scratch()
    let script = """
      open("r.csv", "w", newline="", encoding="\(encoding)").write(
          "学生証番号,氏名\\r\\n3240396,髙橋 太郎\\r\\n")
      """
    try scratch.run("python3", "-c", script)
    let (roster, doubts, _) = try RosterFile.read(scratch.path + "/r.csv")
    #expect(roster.students == [Student(id: "03240396", name: "髙橋 太郎")])
    #expect(doubts == [])
  }

  /// Letters of western Europe are no Japanese.
  @Test func westernExcel() throws {
    let scratch = try Scratch()
    let script = """
      open("r.csv", "w", newline="", encoding="cp1252").write(
          "Student Number,Name\\r\\n20260001,Rémi Leroy\\r\\n20260002,Ben Cole\\r\\n")
      """
    try scratch.run("python3", "-c", script)
    let (roster, _, encoding) = try RosterFile.read(scratch.path + "/r.csv")
    #expect(roster.students.map(\.name) == ["Rémi Leroy", "Ben Cole"])
    #expect(encoding == .windows1252)
  }

  @Test func workbook() throws {
    let scratch = try Scratch()
    try scratch.write("PK\u{3}\u{4}", to: "r.xlsx")
    let fault = #expect(throws: GraderFault.self) { try RosterFile.read(scratch.path + "/r.xlsx") }
    #expect(fault?.remedy.contains("CSV") == true)
  }
}
