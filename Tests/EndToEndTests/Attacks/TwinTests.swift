import Foundation
import GraderCore
import Testing

/// Whoever is graded after a poisoner, in the same process and jail, gets the grade that they get
/// alone, bit for bit.
@Suite struct TwinTests {
  /// Tries to leave something behind for who comes next, in each function of a file, and then
  /// answers as the solution does.
  private static func poisoner() throws -> Homework {
    let attempts = [
      "for d in 3..<64 { fcntl(Int32(d), F_SETFD, 0); fcntl(Int32(d), F_SETFL, O_NONBLOCK) }",
      #"for p in ["/tmp", "/dev/shm", "/var/tmp", "."] { creat(p + "/chainrule-poison", 0o666) }"#,
      #"setenv("CHAINRULE_CACHE", "/nowhere", 1); setenv("LC_ALL", "C", 1); chdir("/")"#,
      "for s in 1..<32 { signal(Int32(s), SIG_IGN) }; umask(0o777); nice(19)",
      "Thread.detachNewThread { while true { sleep(1) } }; fesetround(FE_UPWARD)",
      "var l = rlimit(rlim_cur: 1, rlim_max: 1); setrlimit(__rlimit_resource_t(7), &l)",
    ]
    var homework = try Homework.solution.callingCopies()
    for (code, slot) in zip(attempts, Slot.all) {
      let attack = Attack(slot.function, "do { \(code) }", .passed)
      homework = try homework.attacked(by: attack, in: slot).homework
    }
    return homework
  }

  /// A class with the poisoner before the twin, and the twin's own folder.
  private struct World {
    let folder = Result { try TemporaryFolder() }

    func pack(_ homework: Homework, as name: String) throws {
      let folder = try folder.get()
      let archive = try homework.packed(in: folder)
      _ = try folder.folder((name as NSString).deletingLastPathComponent)
      try folder.shell("mv '\(archive)' '\(name)'")
    }

    func batch(_ name: String, to output: String) throws -> Grading {
      try Grading.run(
        ["batch", name, "-o", output, "--jobs", "1"],
        in: try folder.get()
      )
    }

    /// A grade without what differs from run to run of the same archive.
    func grade(_ path: String) throws -> Grade {
      let data = try Data(contentsOf: URL(filePath: "\(try folder.get().path)/\(path)"))
      var grade = try JSONDecoder().decode(Grade.self, from: data)
      grade.provenance.gradedAt = ""
      for index in grade.tests.indices { grade.tests[index].usage = nil }
      return grade
    }
  }

  @Test(.beyondTheSample()) func aTwinNeverNoticesThePoisoner() throws {
    let world = World()
    // Wrong in one place, so that the grade holds findings, a slip and carried points too.
    let twin = try Homework.solution.replacing(
      "return direct + throughVariance + throughMean",
      with: "return direct + throughVariance",
      in: "Steps.swift"
    )
    try world.pack(Self.poisoner(), as: "class/a-poisoner.tar.gz")
    try world.pack(twin, as: "class/b-twin.tar.gz")
    try world.folder.get().shell("mkdir alone && cp class/b-twin.tar.gz alone")
    for (name, output) in [("alone", "first"), ("class", "second")] {
      let run = try world.batch(name, to: output)
      #expect(run.status == 0, "\(run.errors)")
    }
    let alone = try world.grade("first/grades/b-twin.json")
    #expect(alone.tests.contains { $0.facts?.findings != nil })
    #expect(try world.grade("second/grades/b-twin.json") == alone)
    #expect(try world.grade("second/grades/a-poisoner.json") != alone)
    for place in ["/tmp", "/dev/shm", "/var/tmp"] {
      #expect(!FileManager.default.fileExists(atPath: "\(place)/chainrule-poison"))
    }
  }
}
