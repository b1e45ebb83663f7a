import Foundation
import GraderCore
import Sandbox

/// The file that a student handed in; nobody but the jailed reader looks inside.
///
/// It is opened once and read once. What is hashed is what is copied, and the copy is what the
/// reader gets: the digest is that of the graded bytes, whatever becomes of the file meanwhile.
package final class Archive: Sendable {
  /// Its name, made safe to show.
  package let name: String
  /// SHA-256 of it, as grades name it.
  package let digest: String
  /// The file that the reader reads.
  let content: Descriptor

  /// The archive at a path, under the name that it was handed in by, if that differs.
  ///
  /// - Throws: `GraderFault` when there is no such file, which is not the student's doing.
  package init(path: String, name: String? = nil) throws(GraderFault) {
    self.name = Self.name(name, path)
    let file = try Descriptor.opened(path)
    let copy = try PrivateFile()
    // The reader refuses a longer one for its length.
    var room = Int(IntakeLimits().packedBytes) + 1
    digest = try file.hashed(path) { bytes throws(GraderFault) in
      try copy.write(bytes.prefix(room))
      room -= min(room, bytes.count)
    }
    content = try copy.reader()
  }

  /// The same with a copy that is kept in a folder, under its digest.
  ///
  /// What lies in the folder already is not copied: only the grader changes it.
  package init(path: String, name: String, keptIn folder: String) throws(GraderFault) {
    self.name = Self.name(name, path)
    let file = try Descriptor.opened(path)
    if path == "\(folder)/\((path as NSString).lastPathComponent)" {
      digest = try file.hashed(path) { _ in }
      content = file
      return
    }
    let copy = try PrivateFolder(folder).fresh("archive")
    var size = 0
    digest = try file.hashed(path) { bytes throws(GraderFault) in
      try copy.write(bytes)
      size += bytes.count
    }
    content = try copy.reader()
    let place = Self.place(of: digest, in: folder)
    if !Self.isThere(place, size: size) { try copy.put(at: place) }
  }

  /// Keeps bytes in a folder, under their digest.
  ///
  /// - Returns: Where they are.
  package static func keep(_ bytes: [UInt8], in folder: String) throws(GraderFault) -> String {
    let place = "\(folder)/\(Digest.hex(of: bytes))"
    if !isThere(place, size: bytes.count) {
      try PrivateFolder(folder).put(bytes, to: Digest.hex(of: bytes))
    }
    return place
  }

  /// The path at which the archive with a digest is kept in a folder.
  package static func place(of digest: String, in folder: String) -> String {
    "\(folder)/\(digest.drop { $0 != ":" }.dropFirst())"
  }

  /// A machine that lost its power may leave a name without the bytes.
  private static func isThere(_ place: String, size: Int) -> Bool {
    var status = stat()
    return lstat(place, &status) == 0 && Int(status.st_size) == size
  }

  private static func name(_ name: String?, _ path: String) -> String {
    Printable.line(name ?? (path as NSString).lastPathComponent, longest: 255)
  }
}

extension Descriptor {
  /// Opens a regular file for reading.
  ///
  /// - Throws: `GraderFault` when there is none; a pipe or a device might never end.
  static func opened(_ path: String) throws(GraderFault) -> Descriptor {
    let number = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard number >= 0 else {
      let isThere = errno != ENOENT && errno != ENOTDIR
      throw GraderFault(isThere ? .cannot(.read, path, .last, of: .theirs) : .noFile(path))
    }
    let file = Descriptor(owning: number)
    var status = stat()
    guard fstat(number, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      throw GraderFault(.isFolder(path))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw GraderFault(.isNoFile(path))
    }
    return file
  }

  /// Reads the file to its end, hands on each piece, and gives the digest as grades name it.
  fileprivate borrowing func hashed(
    _ path: String,
    _ body: (ArraySlice<UInt8>) throws(GraderFault) -> Void
  ) throws(GraderFault) -> String {
    var digest = Digest()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var offset = 0
    while true {
      let count = pread(number, &buffer, buffer.count, off_t(offset))
      guard count >= 0 else {
        throw GraderFault(.cannot(.read, path, .last, of: .theirs))
      }
      if count == 0 { return "sha256:\(digest.hex())" }
      offset += count
      digest.add(buffer[..<count])
      try body(buffer[..<count])
    }
  }
}

/// Starts the reader of archives, which alone looks into what students packed, in the jail.
struct ArchiveReader: Sendable {
  let machine: Machine

  /// Puts a question about a file, and says how the reader ended and what it wrote.
  ///
  /// At most `outputCap` bytes of the answer are kept.
  func ask(
    _ request: String,
    about file: borrowing Descriptor,
    outputCap: Int,
    within allowance: Watch.Allowance
  ) throws(GraderFault) -> Outcome {
    let rules = try PrivateFile(Array(request.utf8))
    let files = [file.number, rules.descriptor]
    func rewind() { for file in files { lseek(file, 0, SEEK_SET) } }
    rewind()
    return try machine.jail.demand(
      Command(
        executable: machine.intakeReader,
        environment: ["LC_ALL": "C.UTF-8"],
        standardInput: .descriptor(file.number),
        passedDescriptors: [rules.descriptor],
        outputCap: outputCap
      ),
      policy: Self.policy(allowance),
      allowance: allowance,
      program: "The reader of archives",
      cleanUp: rewind
    )
  }

  private static func policy(_ allowance: Watch.Allowance) -> JailPolicy {
    JailPolicy(
      filter: .reader,
      executable: ["/usr/lib", "/lib", "/lib64", "/usr/lib64", "/etc/ld.so.cache"]
        .filter(Files.exists),
      limits: Limits(
        cpuSeconds: allowance.cpuSeconds,
        addressSpaceBytes: allowance.memoryBytes,
        fileSizeBytes: 0,
        descriptors: 32
      )
    )
  }
}

extension Watch.Allowance {
  /// For one student's archive.
  static let archive = Self(cpuSeconds: 20, wallSeconds: 60, memoryBytes: 1 << 30)
  /// For the zip of a class.
  static let bulk = Self(cpuSeconds: 60, wallSeconds: 120, memoryBytes: 2 << 30)
}

extension ReaderEnd {
  /// The end of a reader that nothing else had a hand in: SIGKILL is the processor time's second
  /// shot.
  init(_ outcome: Outcome) {
    switch outcome.ending {
    case _ where outcome.stoppedByDeadline: self = .wallClock
    case .signaled(SIGXCPU), .signaled(SIGKILL): self = .processorTime
    case .signaled(let signal): self = .signalled(signal)
    case .exited(let code): self = .exited(code)
    }
  }
}
