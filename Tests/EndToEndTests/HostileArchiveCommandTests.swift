import Foundation
import GraderCore
import Testing

/// Archives that attack, are broken, or are none: a clear word, no score, no file anywhere.
///
/// What the reader makes of each of a hundred such archives is tested with the reader.
@Suite struct HostileArchiveCommandTests {
  /// An archive that Python's own library writes.
  struct Hostile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var name: String
    /// Statements that write the file called `name`; `canary` is a path outside, `good` makes a
    /// tar of the solution with more members.
    var script: String
    /// The words that the student has to read.
    var message: String

    init(_ description: String, _ name: String, _ script: String, says message: String) {
      testDescription = description
      (self.name, self.script, self.message) = (name, script, message)
    }
  }

  /// Refused as a whole.
  private static let unreadable = [
    Hostile("an empty file", "submit.tar.gz", "open(name, 'w')", says: "The archive is empty"),
    Hostile(
      "text",
      "submit.tar.gz",
      "open(name, 'w').write('func batchMean() {}\\n' * 9)",
      says: "The file is"
    ),
    Hostile(
      "half of an archive",
      "submit.tar.gz",
      "data = packed(); open(name, 'wb').write(data[:len(data) // 2])",
      says: "The archive is cut off"
    ),
    Hostile(
      "a damaged archive",
      "submit.tar.gz",
      "data = bytearray(packed()); data[2000:2100] = bytes(100); open(name, 'wb').write(data)",
      says: "The archive is damaged"
    ),
    Hostile(
      "a symbolic link in the place of a file",
      "submit.tar",
      "good([link(forward, tarfile.SYMTYPE, canary)], without=forward)",
      says: "is a symbolic link in the archive"
    ),
    Hostile(
      "a hard link in the place of a file",
      "submit.tar",
      "good([link(forward, tarfile.LNKTYPE, canary)], without=forward)",
      says: "is a hard link in the archive"
    ),
    Hostile(
      "a device in the place of a file",
      "submit.tar",
      "good([link(forward, tarfile.CHRTYPE, '')], without=forward)",
      says: "is a device in the archive"
    ),
    Hostile(
      "two files for one path",
      "submit.tar",
      "good([(forward, b'// another')])",
      says: "more than once, with different contents"
    ),
    Hostile(
      "100,000 entries",
      "submit.tar.gz",
      "good([('junk/%d' % i, b'') for i in range(100_000)], mode='w:gz')",
      says: "The archive has more than 50,000 entries"
    ),
    Hostile(
      "a gzip bomb",
      "submit.tar.gz",
      "good([('zeros', bytes(200 << 20))], mode='w:gz')",
      says: "The archive unpacks to more than 200 times its size"
    ),
    Hostile(
      "a zip bomb in the place of a file",
      "submit.zip",
      """
      z = zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED)
      for path in files: z.write(path)
      z.writestr('Sources/BatchNorm/Zeros.swift', bytes(64 << 20)); z.close()
      """,
      says: "a file may have at most 1 MiB"
    ),
    Hostile(
      "a file of more than a mebibyte",
      "submit.tar",
      "good([('Sources/BatchNorm/Big.swift', b'/' * (1 << 20 | 1))])",
      says: "a file may have at most 1 MiB"
    ),
    Hostile(
      "more than 64 files",
      "submit.tar",
      "good([('Sources/BatchNorm/F%d.swift' % i, b'') for i in range(64)])",
      says: "at most 64 are accepted"
    ),
    Hostile(
      "nothing of the assignment",
      "submit.zip",
      "z = zipfile.ZipFile(name, 'w'); z.writestr('essay.txt', 'hello'); z.close()",
      says: "No file that the assignment asks for is in the archive."
    ),
  ]

  /// Read, but for what attacks.
  private static let harmless = [
    Hostile(
      "names that leave the folder",
      "submit.tar",
      "good([('../../escaped', b'x'), ('/tmp/chainrule-escaped', b'x'), ('a/../../b', b'x')])",
      says: "unusableName"
    ),
    Hostile(
      "a symbolic link and a write through it",
      "submit.tar",
      """
      out = os.path.dirname(canary)
      good([link('out', tarfile.SYMTYPE, out), ('out/written', b'x'), ('out/secret', b'x')])
      """,
      says: "link"
    ),
    Hostile(
      "hard links to what is outside",
      "submit.tar",
      "good([link('hard', tarfile.LNKTYPE, canary), ('hard', b'overwritten')])",
      says: "link"
    ),
    Hostile(
      "devices and pipes",
      "submit.tar",
      "good([link('null', tarfile.CHRTYPE, ''), link('pipe', tarfile.FIFOTYPE, '')])",
      says: "device"
    ),
    Hostile(
      "a zip bomb beside the files, which nobody unpacks",
      "submit.zip",
      """
      z = zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED)
      for path in files: z.write(path)
      for i in range(8): z.writestr('.build/zeros%d' % i, bytes(32 << 20))
      z.close()
      """,
      says: "buildFolder"
    ),
    Hostile(
      "names in a zip that leave the folder",
      "submit.zip",
      """
      z = zipfile.ZipFile(name, 'w')
      for path in files: z.write(path)
      z.writestr('../../escaped', 'x'); z.writestr('/tmp/chainrule-escaped', 'x'); z.close()
      """,
      says: "unusableName"
    ),
  ]

  /// Makes the archive and grades it, with a canary beside it that must stay as it is.
  private func run(_ hostile: Hostile, _ arguments: String...) throws -> Grading {
    let folder = try TemporaryFolder()
    let canary = try folder.write(Array(Canary.secret.utf8), to: "outside/secret")
    try Homework.solution.write(to: "a/b/work", in: folder)
    let script = Self.library + hostile.script
    let made = try Program.run(
      "/usr/bin/python3",
      ["-c", script, hostile.name, canary],
      in: "\(folder.path)/a/b/work"
    )
    try #require(made.status == 0, "\(made.errors)")
    let before = try folder.snapshot()
    let grading = try Grading.run(
      ["\(folder.path)/a/b/work/\(hostile.name)"] + arguments,
      in: folder
    )
    let after = try folder.snapshot().filter { !$0.key.hasPrefix("tmp-") }
    #expect(after == before)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/chainrule-escaped"))
    #expect(grading.status == 0)
    #expect(grading.errors == "")
    #expect(grading.processorSeconds < 60)
    #expect(!grading.output.contains(Canary.secret))
    return grading
  }

  private static let library = """
    import gzip, io, os, sys, tarfile, zipfile
    name, canary = sys.argv[1:]
    forward = 'Sources/BatchNorm/Forward.swift'
    files = [os.path.join(d, f)[2:] for d, _, fs in os.walk('.') for f in fs]
    def link(name, kind, target):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        return info
    def good(more=(), without=None, mode='w'):
        with tarfile.open(name, mode) as tar:
            for path in files:
                if path != without: tar.add(path)
            for item in more:
                info = item if isinstance(item, tarfile.TarInfo) else tarfile.TarInfo(item[0])
                data = b'' if item is info else item[1]
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
    def packed():
        good([('noise', os.urandom(9000))], mode='w:gz')
        return open(name, 'rb').read()

    """

  @Test(arguments: unreadable.sample(2, 4, 9))
  func isUnreadable(hostile: Hostile) throws {
    let grade = try run(hostile).grade
    #expect(grade.status == .unreadable)
    #expect(grade.message.contains(hostile.message), "\(grade.message)")
    #expect(grade.assignment == nil)
    #expect(grade.maxScore == nil)
    #expect(grade.score == .zero)
    #expect(grade.tests == [])
    #expect(grade.build.status == .notTried)
  }

  @Test func namedAssignmentGivesTheMaximum() throws {
    let grade = try run(Self.unreadable[0], "--assignment", "a1-batch-norm").grade
    #expect(grade.status == .unreadable)
    #expect(grade.assignment == "a1-batch-norm")
    #expect(grade.maxScore == Points(hundredths: 80_00))
    #expect(grade.score == .zero)
  }

  @Test(arguments: harmless.sample(1, 4))
  func isGradedWithoutIt(hostile: Hostile) throws {
    let grade = try run(hostile).grade
    #expect(grade.status == .graded)
    #expect(grade.score == grade.maxScore)
    #expect(grade.intake.ignored[hostile.message] ?? 0 > 0, "\(grade.intake.ignored)")
  }
}
