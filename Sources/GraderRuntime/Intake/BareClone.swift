import Foundation
import GraderCore
import Sandbox

/// A bare repository of the assistant's own making, of which only objects and tags are read.
///
/// Git sees them from a repository of ours, with a configuration of ours: what the clone's own
/// configuration, hooks or attributes name is never looked at, and there is nobody to fetch from.
package final class BareClone: Sendable {
  /// A file of a commit.
  package struct File: Equatable, Sendable {
    /// The path in the commit.
    package var path: [UInt8]
    /// The kind of the entry.
    package var kind: Kind
    /// The size in bytes.
    package var size: UInt64
    /// The identity of its content.
    package var id: String
  }

  /// The kind of an entry of a commit.
  package enum Kind: Equatable, Sendable { case file, link, repository }

  /// The reason why a commit cannot be read.
  package struct Problem: Error, Equatable {
    /// The end of a sentence about the clone.
    package let text: String
  }

  private let path: String
  private let jail: Jail
  private let work: WorkFolder

  /// More than all names of any hand-in take, in bytes.
  private static let listingBytes = 32 << 20
  /// As much content as is asked for at once, in bytes; a larger file comes alone.
  private static let chunkBytes: UInt64 = 8 << 20

  private static let allowance = Watch.Allowance(
    cpuSeconds: 30,
    wallSeconds: 60,
    memoryBytes: 4 << 30
  )

  /// Tells whether a folder is a bare repository, and no work tree.
  package static func isOne(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let objects = "\(path)/objects"
    return FileManager.default.fileExists(atPath: objects, isDirectory: &isFolder)
      && isFolder.boolValue && Files.exists("\(path)/HEAD")
      && (Files.exists("\(path)/refs") || Files.exists("\(path)/packed-refs"))
  }

  /// The clone in a folder.
  package init(_ path: String, machine: Machine) throws(GraderFault) {
    self.path = Files.real(path)
    jail = machine.jail
    work = try WorkFolder()
    for folder in ["objects", "refs"] {
      try Files.makeFolder("\(work.sources)/\(folder)", mode: 0o755)
    }
  }

  // MARK: Reading

  /// The files of a commit, which an identity or a tag names.
  package func files(
    at revision: String
  ) throws(GraderFault) -> Result<[File], Problem> {
    guard let id = tag(revision) ?? Self.id(revision) else {
      return .failure(Problem(text: "has no tag \(revision), and that is no commit's identity"))
    }
    try configure(isLong: id.count == 64)
    let answer = try git(["ls-tree", "-r", "-l", "-z", "--full-tree", id], cap: Self.listingBytes)
    guard let output = answer.output else {
      let text = "holds no commit \(revision) that can be read: \(answer.words)"
      return .failure(Problem(text: text))
    }
    return Result { () throws(Problem) in try Self.files(in: output) }
  }

  /// The contents of some files; of what cannot be read there are none.
  package func read(
    _ files: [File],
    _ body: (File, [UInt8]?) throws(GraderFault) -> Void
  ) throws(GraderFault) {
    var rest = files[...]
    while let first = rest.first {
      var chunk = [first]
      var bytes = first.size
      rest = rest.dropFirst()
      while let next = rest.first, bytes + next.size <= Self.chunkBytes {
        chunk.append(next)
        bytes += next.size
        rest = rest.dropFirst()
      }
      let request = chunk.map { "\($0.id)\n" }.joined()
      let answer = try git(
        ["cat-file", "--batch"],
        input: Array(request.utf8),
        cap: Int(bytes) + 256 * chunk.count
      )
      var contents = (answer.output ?? [])[...]
      for file in chunk { try body(file, Self.content(of: file, from: &contents)) }
    }
  }

  // MARK: Names of commits

  /// The identity that a tag stands for.
  private func tag(_ name: String) -> String? {
    guard let safe = RelativePath("refs/tags/\(name)") else { return nil }
    if let bytes = try? Files.read("\(path)/\(safe)"), let id = Self.id(Self.text(bytes).trimmed) {
      return id
    }
    let packed = (try? Files.read("\(path)/packed-refs")) ?? []
    let line = Self.text(packed).split(separator: "\n").first { $0.hasSuffix(" \(safe)") }
    return line.flatMap { Self.id($0.prefix { $0 != " " }) }
  }

  /// An identity, which may be cut short; nothing that git could take for an option or a formula.
  private static func id(_ text: some StringProtocol) -> String? {
    let isOne = (7...64).contains(text.utf8.count) && text.allSatisfy(\.isHexDigit)
    return isOne ? text.lowercased() : nil
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Git

  private static let programs = ["/usr/bin/git", "/usr/local/bin/git"]

  /// Writes the only configuration that git reads.
  private func configure(isLong: Bool) throws(GraderFault) {
    let config = """
      [core]
        repositoryFormatVersion = \(isLong ? 1 : 0)
        bare = true
        packedGitWindowSize = 32m
        packedGitLimit = 512m
      \(isLong ? "[extensions]\n  objectFormat = sha256\n" : "")
      """
    _ = try work.add(Array(config.utf8), as: "config")
    _ = try work.add(Array("ref: refs/heads/none\n".utf8), as: "HEAD")
  }

  private func git(
    _ arguments: [String],
    input: [UInt8] = [],
    cap: Int
  ) throws(GraderFault) -> (output: [UInt8]?, words: String) {
    guard let program = Self.programs.first(where: Files.exists) else {
      throw GraderFault(
        .unavailable,
        "\(path) is a repository, and there is no git to read it.",
        remedy: "Install git."
      )
    }
    let command = Command(
      executable: program,
      arguments: arguments,
      environment: [
        "GIT_DIR": work.sources, "GIT_OBJECT_DIRECTORY": "\(path)/objects",
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
        "HOME": work.output, "PATH": "/nowhere", "LC_ALL": "C",
      ],
      workingDirectory: work.sources,
      standardInput: input.isEmpty ? .empty : .bytes(input),
      outputCap: cap
    )
    // Whoever made the clone has had git read it already; what is new is bounded.
    let policy = JailPolicy.trusted(
      limits: Limits(
        cpuSeconds: Self.allowance.cpuSeconds,
        addressSpaceBytes: Self.allowance.memoryBytes,
        fileSizeBytes: 0,
        descriptors: 256
      )
    )
    let outcome = try jail.demand(
      command,
      policy: policy,
      allowance: Self.allowance,
      program: "git"
    )
    let output = outcome.standardOutput
    let isWhole = output.totalBytes == output.bytes.count
    if outcome.ending == .exited(code: 0), !outcome.stoppedByDeadline, isWhole {
      return (output.bytes, "")
    }
    let said = outcome.standardError.text.split(separator: "\n").first.map(String.init)
    return (nil, isWhole ? Printable.line(said ?? "git gave up", longest: 200) : "it is too large")
  }

  // MARK: Answers

  /// The entries in `MODE TYPE ID SIZE\tPATH\0 …`.
  private static func files(in output: [UInt8]) throws(Problem) -> [File] {
    var files: [File] = []
    for entry in output.split(separator: 0) {
      let head = entry.prefix { $0 != UInt8(ascii: "\t") }
      let words = text(Array(head)).split(separator: " ")
      guard words.count == 4, let kind = kind(mode: words[0]) else {
        throw Problem(text: "holds what git cannot list")
      }
      let path = Array(entry.dropFirst(head.count + 1))
      let size = kind == .repository ? 0 : UInt64(words[3])
      guard let size else {
        let name = Printable.line(text(path), longest: 200)
        throw Problem(text: "lacks \(name); clone it again, and whole")
      }
      files.append(File(path: path, kind: kind, size: size, id: String(words[2])))
    }
    return files
  }

  private static func kind(mode: Substring) -> Kind? {
    switch mode {
    case "120000": .link
    case "160000": .repository
    default: mode.hasPrefix("100") ? .file : nil
    }
  }

  /// Takes `ID blob SIZE\nCONTENT\n` from the start of an answer.
  private static func content(of file: File, from bytes: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let words = text(Array(bytes[..<end])).split(separator: " ")
    bytes = bytes[(end + 1)...]
    guard words.count == 3, words[0] == file.id, let size = Int(words[2]), bytes.count > size
    else { return nil }
    defer { bytes = bytes.dropFirst(size + 1) }
    return Array(bytes.prefix(size))
  }
}
