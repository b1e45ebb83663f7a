import GraderCore
import Testing

/// Names that are listed ones but for what people and systems add, and names that are others.
@Suite struct NearNameTests {
  private static let listed = ["Forward.swift", "Steps.swift", "Derivation.md", "a.b.swift"]

  /// What is done to `Forward` and `.swift`, and the copies that it counts.
  private static let marks: [(added: String, copies: [Int])] = [
    ("", []), (" (1)", [1]), ("(12)", [12]), ("_(1)", [1]), (" ( 3 )", [3]), ("（２）", [2]),
    (" 2", [2]), ("-1", [1]), ("_4", [4]), (".5", [5]), ("+6", [6]), ("-20260501", [20_260_501]),
    (" copy", [1]), ("_copy", [1]), ("-Copy", [1]), (" copy 2", [2]), (" - Copy", [1]),
    (" - Copy (3)", [3]), (" (copy)", [1]), (" (Copy 2)", [2]), (" (another copy)", [2]),
    (" (3rd copy)", [3]), (" - コピー", [1]), (" - コピー (2)", [2]), ("のコピー", [1]),
    (" のコピー2", [2]), ("_v2", [2]), (" V3", [3]), ("-ver.4", [4]), ("v5", [5]),
    ("_version 6", [6]), (" (1) (2)", [1, 2]), (" copy-1", [1]), (" Kopie", [1]), (" ", []),
  ]

  /// What is done to the ending.
  private static let endings: [@Sendable (String) -> String] = [
    { $0 }, { $0.uppercased() }, { $0 + ".txt" }, { $0 + $0 }, { $0 + " " }, { $0 + ".TXT" },
    { $0 + ".text" }, { " " + $0 },
  ]

  private func near(_ name: String, _ listed: String) -> NearName? {
    NearName(name, of: ListedName(listed))
  }

  @Test(arguments: listed, marks.indices)
  func everyMarkIsSeenThrough(listed: String, mark: Int) throws {
    let dot = try #require(listed.lastIndex(of: "."))
    let (stem, ending) = (String(listed[..<dot]), String(listed[dot...]))
    let (added, copies) = Self.marks[mark]
    for change in Self.endings {
      for name in [stem + added + change(ending), stem.uppercased() + added + change(ending)] {
        #expect(near(name, listed)?.copies == copies, "\(name)")
        for other in Self.listed where other != listed {
          #expect(near(name, other) == nil, "\(name) of \(other)")
        }
      }
      // The mark behind the ending, where a system does not know it.
      #expect(near(listed + added, listed)?.copies == copies, "\(listed + added)")
    }
  }

  @Test(arguments: ["Copy of Forward.swift", "copy_of_forward.swift.txt", "Ｆｏｒｗａｒｄ．ｓｗｉｆｔ"])
  func marksInFront(name: String) {
    #expect(near(name, "Forward.swift") != nil)
  }

  @Test func theNameItselfIsNoChange() throws {
    let name = try #require(near("Forward.swift", "Forward.swift"))
    #expect(name.copies == [] && name.changes == 0)
    #expect(near("ANSWERS", "ANSWERS")?.changes == 0)
    #expect(near("ANSWERS (1).txt", "ANSWERS")?.copies == [1])
  }

  @Test(arguments: [
    "ForwardTests.swift", "Forwarder.swift", "Forward+Helpers.swift", "MyForward.swift",
    "Backward.swift", "Forward", "Forward.txt", "Forward (1)", "Forward.swift.orig",
    "Forward.swiftinterface", "Forward2.swift", "Forward (1.swift", "Forward 1).swift",
    "Forward ().swift", "Forward-.swift", "Forward_old.swift", "Forward copyright.swift",
    "Forward-1234567890.swift", "Forward.md", "Forward/1.swift", ".swift", "", "._Forward.swift",
    "Forward\u{202E}.swift", "\u{200E}Forward.swift", "Forward (1\u{301}).swift",
    "For\u{200B}ward.swift", "Fórward.swift", "Forward (٢).swift",
  ])
  func otherNames(name: String) {
    #expect(near(name, "Forward.swift") == nil)
  }

  /// As macOS packs it, and as it is typed.
  @Test func separateVoicingMarksAreTheSame() {
    #expect(near("Forward - コヒ\u{309A}ー.swift", "Forward.swift")?.copies == [1])
  }

  @Test(arguments: [
    ("Forward.swift (1).txt", ".swift", true), ("x.swift.swift", ".swift", true),
    ("x.SWIFT", ".swift", true), (".md", ".md", true), ("x.swift.zip", ".swift", false),
    ("x.swiftly", ".swift", false), ("x.md - Copy", ".md", true), ("x.txt", ".md", false),
  ])
  func endingsBelowMarks(name: String, ending: String, isOne: Bool) {
    #expect(NameMarks.ends(name, with: ending) == isOne)
  }

  @Test(
    arguments: [
      ("ann (2)", "ann", 2), ("ann-1", "ann", 1), ("ann copy", "ann", 1),
      ("Ann (1) (2)", "Ann (1)", 2),
      ("a_v12", "a", 12), ("ann", nil, 0), ("-1", nil, 0), ("", nil, 0), ("ann2", nil, 0),
    ] as [(String, String?, Int)]
  )
  func lastCopy(name: String, first: String?, copy: Int) {
    let found = NameMarks.lastCopy(of: name)
    #expect(found?.name == first)
    #expect((found?.copy ?? 0) == copy)
  }
}
