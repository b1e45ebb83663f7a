import Foundation

/// The work of the plugins `check` and `submit`, which can share no code: one program for both.
///
/// - `handin list FOLDER`: what speaks against the folder, a line for each problem.
/// - `handin test FOLDER BUNDLE`: failures of the public tests, points, and what is left to write.
/// - `handin pack FOLDER ARCHIVE WORK`: packs, or says why not.
@main
enum Handing {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      guard try run(words) else { exit(1) }
    } catch let failure as ToolFailure {
      note("error: \(failure.text)")
      exit(2)
    } catch {
      note("error: \(error.localizedDescription)")
      exit(2)
    }
  }

  /// Carries out a command.
  ///
  /// - Returns: False if something has to be changed first.
  private static func run(_ words: [String]) throws -> Bool {
    switch (words.first, words.count) {
    case ("list", 2): return list(URL(filePath: words[1]))
    case ("test", 3): return try test(URL(filePath: words[1]), bundle: URL(filePath: words[2]))
    case ("pack", 4):
      return try pack(
        try Folder(URL(filePath: words[1])),
        words[2],
        work: URL(filePath: words[3])
      )
    default: throw ToolFailure(text: "usage: handin list|test|pack FOLDER ...")
    }
  }

  private static func list(_ url: URL) -> Bool {
    let folder: Folder
    do throws(ToolFailure) {
      folder = try Folder(url)
    } catch {
      // A line that editors mark, as all others are.
      print(Problem(severity: .error, path: "handin.txt", text: error.text).description)
      return false
    }
    let leftovers = folder.files.map(Leftovers.init)
    for problem in folder.problems + leftovers.flatMap(\.problems) { print(problem.description) }
    return folder.problems.isEmpty
  }

  private static func test(_ folder: URL, bundle: URL) throws -> Bool {
    var tests = PublicTests(folder: folder, bundle: bundle)
    try tests.run()
    for problem in tests.problems { print(problem.description) }
    let (passed, failed) = (tests.log.passed.count, tests.log.failed.count)
    print("\(passed) of \(passed + failed) public tests pass.")
    if let points = PublicPoints(in: folder) { print(points.text(for: tests.log)) }
    return failed == 0
  }

  private static func pack(_ folder: Folder, _ name: String, work: URL) throws -> Bool {
    guard folder.problems.isEmpty else {
      for problem in folder.problems { note("error: \(problem.text)") }
      return false
    }
    for file in folder.files {
      if let summary = Leftovers(file).summary { note("warning: \(summary)") }
    }
    try Packing(folder: folder, work: work).write(name)
    return true
  }

  private static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
