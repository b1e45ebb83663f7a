import Foundation
import GraderCore

/// Arguments of the compiler's and the linker's jobs, as the toolchain's own driver would give
/// them.
struct JobTemplates: Codable, Sendable {
  /// Arguments of a compilation that do not depend on what is compiled.
  var compile: [String]
  /// Arguments of a static link before the objects.
  var linkBefore: [String]
  /// Arguments of a static link after the objects.
  var linkAfter: [String]

  /// Reads the jobs of an empty program.
  init(from toolchain: Toolchain) throws(GraderFault) {
    let compilation = try Self.lastJob(
      toolchain.driver,
      [
        "-###", "-c", "-O", "-gline-tables-only", "-static-executable", "-module-name", "Empty",
        "empty.swift", "-o", "empty.o",
      ]
    )
    compile = Self.commonCompileArguments(compilation)
    // clang leaves out inputs that do not exist.
    let folder = try Files.makeTemporaryFolder()
    defer { Files.remove(folder) }
    let object = "\(folder)/empty.o"
    try Files.write([], to: object)
    let driverLink = try Self.lastJob(
      toolchain.driver,
      ["-###", "-static-executable", "-use-ld=lld", object, "-o", "empty"]
    )
    // The list of libraries that the object asks for is what a student could forge; ours is fixed.
    let link = try Self.lastJob(
      toolchain.clang,
      ["-###"] + driverLink.dropFirst().filter { !$0.hasPrefix("@") || !$0.hasSuffix(".autolink") }
    )
    (linkBefore, linkAfter) = try Self.splitLink(link, at: object)
  }

  /// Drops what names a source, a module, an output or a plugin: no macro can be loaded.
  private static func commonCompileArguments(_ job: [String]) -> [String] {
    let withValue: Set = [
      "-module-name", "-o", "-plugin-path", "-in-process-plugin-server-path",
      "-file-compilation-dir", "-swift-version", "-external-plugin-path", "-primary-file",
    ]
    let alone: Set = ["-frontend", "-c", "empty.swift", "-enable-default-cmo", "-parse-as-library"]
    var kept: [String] = []
    var skipNext = false
    for argument in job.dropFirst() {
      if skipNext {
        skipNext = false
      } else if withValue.contains(argument) {
        skipNext = true
      } else if !alone.contains(argument) {
        kept.append(argument)
      }
    }
    return kept
  }

  private static func splitLink(
    _ job: [String],
    at input: String
  ) throws(GraderFault) -> (before: [String], after: [String]) {
    guard let object = job.firstIndex(of: input), let output = job.firstIndex(of: "-o") else {
      throw GraderFault(.broken, "The linker's job has another form than expected: \(job)")
    }
    var before = Array(job[1..<object])
    before.removeSubrange((output - 1)...output)
    before.removeAll { $0 == "--build-id" || $0 == "--start-group" }
    let after = Array(job[(object + 1)...].drop { $0 == "--end-group" })
    let fixed = ["--no-dependent-libraries", "--gc-sections", "-z", "nostart-stop-gc"]
    return (fixed + before, after)
  }

  /// The words of the last line that a driver prints under `-###`.
  private static func lastJob(
    _ executable: String,
    _ arguments: [String]
  ) throws(GraderFault) -> [String] {
    let result = try Tool.run(executable, arguments)
    let lines = (result.outputText + result.errorText).split(separator: "\n")
    guard let line = lines.last(where: { $0.contains("/bin/") }) else {
      throw GraderFault(.broken, "\(executable) -### printed no job: \(result.errorText)")
    }
    return words(of: line)
  }

  /// Splits a command as a shell would: the drivers quote with double quotes and backslashes.
  static func words(of line: some StringProtocol) -> [String] {
    var words: [String] = []
    var word: String?
    var quoted = false
    var escaped = false
    for character in line {
      if escaped {
        word = (word ?? "") + String(character)
        escaped = false
      } else if character == "\\" {
        escaped = true
      } else if character == "\"" {
        quoted.toggle()
        word = word ?? ""
      } else if character == " ", !quoted {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
