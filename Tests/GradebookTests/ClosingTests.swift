import ClassCore
import Foundation
import Gradebook
import GraderCore
import Testing

/// Another program at a gradebook, which does what it is told line by line.
private struct Visitor: ~Copyable {
  private let process = Process()
  private let orders = Pipe()
  private let answers = Pipe()

  /// Starts a script in Python, in which `book` is the gradebook and `wait()` a line from us.
  init(_ path: String, _ script: String) throws {
    let start = """
      import os, signal, sqlite3, sys
      book = sqlite3.connect(sys.argv[1], isolation_level=None)
      def say(word): print(word, flush=True)
      def wait(): sys.stdin.readline()
      def grades(): return book.execute(
          "SELECT (SELECT COUNT(*) FROM grade), (SELECT COUNT(*) FROM award)").fetchone()

      """
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", start + script, path]
    process.standardInput = orders
    process.standardOutput = answers
    try process.run()
  }

  /// Its next line.
  func line() -> String {
    var line: [UInt8] = []
    while let byte = try? answers.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
  }

  func goOn() { orders.fileHandleForWriting.write(Data("\n".utf8)) }

  /// How it ended; a signal counts as less than nothing.
  consuming func status() -> Int32 {
    process.waitUntilExit()
    return process.terminationReason == .exit
      ? process.terminationStatus : -process.terminationStatus
  }
}

/// One file that can be copied, and nothing lost on the way to it.
@Suite struct ClosingTests {
  private func award(_ shelf: borrowing Shelf, _ number: Int) throws {
    try shelf.book.award(
      .of("ann.zip", score: number),
      key: "k\(number)",
      to: "ann/1",
      because: .batch
    )
  }

  private func files(_ shelf: borrowing Shelf) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: shelf.folder.path).sorted()
  }

  @Test func closesAsOneFile() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    try award(shelf, 300)
    #expect(try shelf.book.results().count == 1)
    try shelf.book.close()
    #expect(try files(shelf) == ["book.sqlite"])
  }

  /// Each award comes with its grade, whenever somebody looks.
  @Test func othersReadWhileItIsWritten() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    let reader = try Visitor(
      shelf.path,
      """
      looks = 0
      say("ready")
      while grades()[0] < 60:
          there = grades()
          looks += 1
          if there[0] != there[1]: sys.exit("torn: %s" % (there,))
      say("some" if looks > 1 else "none")
      """
    )
    #expect(reader.line() == "ready")
    for number in 0..<60 { try award(shelf, number) }
    #expect(reader.line() == "some")
    #expect(reader.status() == 0)
  }

  /// Who reads sees what was there at the start, keeps nobody from closing, and closes last.
  @Test func aReaderOutlivesTheWriter() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    try award(shelf, 1)
    let reader = try Visitor(
      shelf.path,
      """
      book.execute("BEGIN")
      first = grades()
      say("%d" % first[0])
      wait()
      if grades() != first: sys.exit("changed")
      book.execute("COMMIT")
      say("%d" % grades()[0])
      book.close()
      """
    )
    #expect(reader.line() == "1")
    try award(shelf, 2)
    let start = ContinuousClock.now
    try shelf.book.close()
    #expect(ContinuousClock.now - start < .seconds(15), "it waited for the reader")
    reader.goOn()
    #expect(reader.line() == "2")
    #expect(reader.status() == 0)
    #expect(try files(shelf) == ["book.sqlite"])
  }

  @Test func nothingIsLostThatAKilledProcessWrote() throws {
    let shelf = try Shelf()
    try shelf.book.close()
    let writer = try Visitor(
      shelf.path,
      """
      book.execute("PRAGMA wal_autocheckpoint = 0")
      book.execute("INSERT INTO mark (submission, item, marker, points, comment, markedAt)"
          " VALUES ('sha256:s', 'why', 'ann', 5, '', '')")
      os.kill(os.getpid(), signal.SIGKILL)
      """
    )
    #expect(writer.status() == -SIGKILL)
    #expect(try files(shelf).contains("book.sqlite-wal"))
    let again = try Gradebook(path: shelf.path)
    #expect(
      try again.marks() == [Mark(submission: "sha256:s", item: "why", marker: "ann", score: 5)]
    )
    try again.close()
    #expect(try files(shelf) == ["book.sqlite"])
  }
}
