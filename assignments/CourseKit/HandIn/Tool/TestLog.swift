/// The output of XCTest, read as the ends of tests and the failures in them.
struct TestLog {
  struct Failure {
    var path: String
    var line: Int
    var text: String
  }

  private(set) var passed: Set<String> = []
  private(set) var failed: Set<String> = []
  /// In the order in which they came, by test.
  private(set) var failures: [(test: String, failure: Failure)] = []
  /// The test that began last, while it has not ended.
  private(set) var running: String?
  /// The line with which the Swift runtime ended the program.
  private(set) var trap: String?
  /// Tells whether lines belong to the failure that came last.
  private var isInFailure = false

  /// Tells whether a test has begun.
  func knows(_ test: String) -> Bool {
    passed.contains(test) || failed.contains(test) || running == test
  }

  mutating func read(_ line: Substring) {
    if let mark = line.firstRange(of: "Test Case '") {
      isInFailure = false
      readMark(line[mark.upperBound...])
    } else if let failure = failure(in: line) {
      failures.append(failure)
      isInFailure = true
    } else if line.hasPrefix("Test Suite '") || line.hasPrefix("\t Executed ") {
      isInFailure = false
    } else if line.contains("Fatal error:"), running != nil {
      trap = String(line)
      isInFailure = false
    } else if isInFailure {
      failures[failures.count - 1].failure.text += "\n\(line)"
    }
  }

  /// Ends the test that is running, since the program ended.
  ///
  /// - Returns: Its name, and the line that the runtime left; nil if no test was running.
  mutating func end() -> (test: String, trap: String?)? {
    defer { (running, trap, isInFailure) = (nil, nil, false) }
    guard let running else { return nil }
    failed.insert(running)
    return (running, trap)
  }

  private mutating func readMark(_ rest: Substring) {
    guard let end = rest.firstRange(of: "'") else { return }
    let test = Self.name(rest[..<end.lowerBound])
    let verb = rest[end.upperBound...]
    if verb.hasPrefix(" started") { (running, trap) = (test, nil) }
    if verb.hasPrefix(" passed") { passed.insert(test) }
    if verb.hasPrefix(" failed") { failed.insert(test) }
    if !verb.hasPrefix(" started") { running = nil }
  }

  /// `path:line: error: Class.test : text`; on Apple's systems `-[Module.Class test]`.
  private func failure(in line: Substring) -> (String, Failure)? {
    guard let mark = line.firstRange(of: ": error: "),
      let colon = line[..<mark.lowerBound].lastIndex(of: ":"),
      let number = Int(line[line.index(after: colon)..<mark.lowerBound]),
      let end = line[mark.upperBound...].firstRange(of: " : ")
    else { return nil }
    var text = line[end.upperBound...]
    if text.hasPrefix("failed - ") { text = text.dropFirst("failed - ".count) }
    let test = Self.name(line[mark.upperBound..<end.lowerBound])
    return (test, Failure(path: String(line[..<colon]), line: number, text: String(text)))
  }

  /// `Class/test`, whatever the system calls it.
  private static func name(_ text: Substring) -> String {
    let words = text.split { "-[]. ".contains($0) }
    return words.suffix(2).joined(separator: "/")
  }
}
