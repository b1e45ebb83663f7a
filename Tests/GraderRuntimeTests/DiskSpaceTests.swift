import Testing

@testable import GraderRuntime

/// A full disk is told from code that does not build.
@Suite struct DiskSpaceTests {
  private static let (full, mistake) = ("error: No space left on device", "error: no such module")

  @Test(arguments: [
    (DiskSpace(bytes: 0, files: nil), mistake, true),
    (DiskSpace(bytes: 7 << 20, files: 1_000), mistake, true),
    (DiskSpace(bytes: 1 << 40, files: 31), mistake, true),
    (DiskSpace(bytes: 63 << 20, files: 1_000), full, true),
    (DiskSpace(bytes: 63 << 20, files: nil), mistake, false),
    (DiskSpace(bytes: 64 << 20, files: 32), full, false),
    (DiskSpace(bytes: 1 << 40, files: nil), full, false),
  ])
  func room(space: DiskSpace, words: String, isUsedUp: Bool) {
    #expect(space.isUsedUp(byJobThatSaid: Array(words.utf8)) == isUsedUp)
  }

  @Test func folderThatIsThere() throws {
    let space = try #require(DiskSpace(of: "/tmp"))
    #expect(space.bytes >= 0)
    #expect(DiskSpace(of: "/nowhere") == nil)
  }
}
