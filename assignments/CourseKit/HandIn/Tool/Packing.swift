import Foundation

/// Packs a folder's files into an archive.
struct Packing {
  let folder: Folder
  /// A folder for the tool's own files.
  let work: URL

  /// Writes the archive beside its place first, so that a failure leaves no half of one.
  func write(_ name: String) throws {
    let fresh = work.appending(path: name)
    try System.run("tar", ["-c", "-z", "-f", fresh.path, "--"] + copies(), in: work)
    try demandThatItIsTaken(fresh)
    try place(fresh, as: name)
    try report(name)
  }

  /// What unpacks to far more than its own size looks like an attack, and is not taken in.
  private func demandThatItIsTaken(_ archive: URL) throws {
    let packed = try Data(contentsOf: archive).count
    let unpacked = folder.files.reduce(0) { $0 + $1.content.count }
    guard unpacked > max(HandIn.freeBytes, packed * HandIn.maximumRatio) else { return }
    throw ToolFailure(
      text: "the files are more than \(HandIn.maximumRatio) times as long as their archive, which "
        + "is not taken in; leave out those that repeat the same characters over and over"
    )
  }

  /// Puts the archive into the folder, in the place of an older one.
  private func place(_ fresh: URL, as name: String) throws {
    let target = folder.url.appending(path: name)
    let files = FileManager.default
    let old = try? files.attributesOfItem(atPath: target.path)
    if let kind = old?[.type] as? FileAttributeType, kind == .typeDirectory {
      throw ToolFailure(text: "\(name) is a folder here; rename it, since the archive is called so")
    }
    do {
      if old != nil { try files.removeItem(at: target) }
      try files.moveItem(at: fresh, to: target)
    } catch {
      throw ToolFailure(
        text: "\(name) cannot be written in \(folder.url.path); allow that, or copy all of the "
          + "unpacked handout to where you may write, and pack there"
      )
    }
  }

  /// Copies what was looked at: of two names for one file tar would store a link, and a file may
  /// change meanwhile.
  ///
  /// - Returns: The paths of the copies.
  private func copies() throws -> [String] {
    try? FileManager.default.removeItem(at: work)
    for file in folder.files {
      let copy = work.appending(path: file.path.string)
      try FileManager.default.createDirectory(
        at: copy.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try file.content.write(to: copy)
    }
    return folder.files.map(\.path.string)
  }

  private func report(_ name: String) throws {
    print("\(name) holds \(folder.files.count) files:")
    let width = folder.files.map { "\($0.content.count)".count }.max() ?? 0
    for file in folder.files {
      let space = String(repeating: " ", count: width - "\(file.content.count)".count)
      print("  \(space)\(file.content.count) bytes  \(file.path)")
    }
    print("sha256:\(try System.digest(of: name, in: folder.url))")
    // Whoever is in another folder would look for it there.
    print("It lies in \(folder.url.path)")
  }
}

/// The programs of the operating system.
enum System {
  /// Runs one in a folder.
  ///
  /// - Returns: What it wrote to standard output.
  @discardableResult static func run(
    _ program: String,
    _ arguments: [String],
    in folder: URL
  ) throws -> String {
    let process = Process()
    let output = Pipe()
    #if os(Windows)
      let root = ProcessInfo.processInfo.environment["SystemRoot"] ?? "C:\\Windows"
      process.executableURL = URL(filePath: "\(root)\\System32\\\(program).exe")
      process.arguments = arguments
    #else
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [program] + arguments
    #endif
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
    process.environment?["TAR_OPTIONS"] = nil
    // Or tar on macOS adds a shadow file to each file.
    process.environment?["COPYFILE_DISABLE"] = "1"
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw ToolFailure(text: "\(program) failed")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The SHA-256 of a file, in hexadecimal digits.
  static func digest(of name: String, in folder: URL) throws -> String {
    #if os(Windows)
      let output = try run("certutil", ["-hashfile", name, "SHA256"], in: folder)
      return output.split(whereSeparator: \.isNewline).dropFirst().first.map(String.init) ?? ""
    #elseif canImport(Darwin)
      let output = try run("shasum", ["-a", "256", name], in: folder)
    #else
      let output = try run("sha256sum", [name], in: folder)
    #endif
    #if !os(Windows)
      return String(output.prefix { $0 != " " })
    #endif
  }
}
