import Foundation

/// Runs the public tests of a folder, also those behind one that ends the program.
struct PublicTests {
  let folder: URL
  /// The bundle of all tests that was built.
  let bundle: URL
  /// The seconds for which a test may say nothing.
  var patience = 30.0

  private(set) var log = TestLog()
  private(set) var problems: [Problem] = []

  init(folder: URL, bundle: URL) {
    (self.folder, self.bundle) = (folder, bundle)
  }

  mutating func run() throws {
    var rest: [String] = []
    while true {
      let end = try execute(rest)
      guard let (test, trap) = log.end() else { break }
      problems.append(stop(of: test, by: end, trap))
      rest = try all().filter { !log.knows(key(of: $0)) }
      if rest.isEmpty { break }
    }
    problems += log.failures.compactMap(problem)
  }

  // MARK: Running

  private enum End {
    case exit
    case signal
    case patience
  }

  /// Runs these tests, or all.
  private mutating func execute(_ tests: [String]) throws -> End {
    let place = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    _ = FileManager.default.createFile(atPath: place.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: place) }
    let output = try FileHandle(forWritingTo: place)
    let input = try FileHandle(forReadingFrom: place)
    let process = program(tests.isEmpty ? [] : selection(tests))
    process.standardOutput = output
    process.standardError = output
    try process.run()
    var (pending, quiet, isLate) = (Data(), Date(), false)
    while true {
      // Asked before reading: what was written before the end is then read for certain.
      let isRunning = process.isRunning
      let bytes = input.readDataToEndOfFile()
      if !bytes.isEmpty { quiet = Date() }
      pending += bytes
      pending = readLines(of: pending)
      if !isRunning { break }
      if Date().timeIntervalSince(quiet) > patience {
        isLate = true
        process.terminate()
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
    log.read(Substring(String(decoding: pending, as: UTF8.self)))
    if isLate { return .patience }
    return process.terminationReason == .uncaughtSignal ? .signal : .exit
  }

  /// Reads whole lines.
  ///
  /// - Returns: The bytes behind the last of them.
  private mutating func readLines(of bytes: Data) -> Data {
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return bytes }
    let text = String(decoding: bytes[...end], as: UTF8.self)
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      log.read(line)
    }
    return Data(bytes[bytes.index(after: end)...])
  }

  private func program(_ arguments: [String]) -> Process {
    let process = Process()
    #if canImport(Darwin)
      process.executableURL = URL(filePath: "/usr/bin/xcrun")
      process.arguments = ["xctest"] + arguments + [bundle.path]
    #else
      process.executableURL = bundle
      process.arguments = arguments
    #endif
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
    // Slow, and for people who read machine code.
    process.environment?["SWIFT_BACKTRACE"] = "enable=no"
    return process
  }

  private func selection(_ tests: [String]) -> [String] {
    #if canImport(Darwin)
      ["-XCTest", tests.joined(separator: ",")]
    #else
      [tests.joined(separator: ",")]
    #endif
  }

  /// All tests of the bundle, as it calls them; none where it cannot be asked.
  private func all() throws -> [String] {
    #if canImport(Darwin)
      return []
    #else
      let output = try System.run(bundle.path, ["--list-tests"], in: folder)
      return output.split(whereSeparator: \.isNewline).map { $0.trimmed }
        .filter { $0.contains("/") && !$0.contains(" ") }.map(String.init)
    #endif
  }

  private func key(of test: String) -> String {
    test.split { $0 == "/" || $0 == "." }.suffix(2).joined(separator: "/")
  }

  // MARK: Words

  private func problem(_ test: String, _ failure: TestLog.Failure) -> Problem? {
    // The stub itself has a line already.
    if failure.text.contains(" is not implemented yet") { return nil }
    let text = "\(test): \(failure.text)".replacing("\n", with: "\n    ").trimmed
    let path = relative(failure.path)
    return Problem(severity: .error, path: path, line: failure.line, text: String(text))
  }

  private func stop(of test: String, by end: End, _ trap: String?) -> Problem {
    var place = (path: "handin.txt", line: 1)
    if let declared = declaration(of: test) { place = declared }
    if end == .patience {
      let text = "\(test): no answer within \(Int(patience)) s, as in a loop without an end"
      return Problem(severity: .error, path: place.path, line: place.line, text: text)
    }
    // `BatchNorm/Forward.swift:18: Fatal error: Index out of range`
    let words = trap?.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false) ?? []
    if words.count == 3, let line = Int(words[1]), let source = source(words[0]) {
      place = (source, line)
    }
    let reason = words.last.map { ":\($0)" } ?? ""
    let text = "\(test): the program ends here\(reason)"
    return Problem(severity: .error, path: place.path, line: place.line, text: text)
  }

  private func relative(_ path: String) -> String {
    let root = folder.path.hasSuffix("/") ? folder.path : folder.path + "/"
    return path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
  }

  /// The file of the student's that the runtime calls `Module/File.swift`.
  private func source(_ name: Substring) -> String? {
    let parts = name.split { $0 == "/" || $0 == "\\" }
    guard let module = parts.first, let file = parts.last else { return nil }
    let root = folder.appending(path: "Sources/\(module)")
    let all = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return all.first { $0 == file || $0.hasSuffix("/\(file)") }.map { "Sources/\(module)/\($0)" }
  }

  /// The place where a test is written.
  private func declaration(of test: String) -> (path: String, line: Int)? {
    let parts = test.split(separator: "/")
    guard parts.count == 2 else { return nil }
    let root = folder.appending(path: "Tests")
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    for file in (files ?? []).sorted() where file.hasSuffix(".swift") {
      guard let text = try? String(contentsOf: root.appending(path: file), encoding: .utf8),
        text.contains("class \(parts[0])")
      else { continue }
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      if let line = lines.firstIndex(where: { $0.contains("func \(parts[1])(") }) {
        return ("Tests/\(file)", line + 1)
      }
    }
    return nil
  }
}
