import CCrypto
import Foundation
import GraderCore
import Sandbox

/// Artefacts that outlive a run, each under the digest of all that went into it.
package struct Cache: Sendable {
  /// Its folder.
  package let root: String

  /// The cache of this user: `CHAINRULE_CACHE`, else below `XDG_CACHE_HOME` or the home folder.
  ///
  /// Root's is where the unprivileged user of the jail can read it, which root's home is not.
  package static func find() throws(GraderFault) -> Cache {
    let environment = ProcessInfo.processInfo.environment
    let root =
      if let path = environment["CHAINRULE_CACHE"], !path.isEmpty {
        path
      } else if let base = environment["XDG_CACHE_HOME"], !base.isEmpty {
        "\(base)/chainrule"
      } else if geteuid() == 0 {
        "/var/cache/chainrule"
      } else {
        "\(NSHomeDirectory())/.cache/chainrule"
      }
    try open(root)
    return Cache(root: Files.real(root))
  }

  private static func open(_ root: String) throws(GraderFault) {
    do throws(GraderFault) {
      try Files.makeFolder("\(root)/locks")
    } catch {
      guard case .cannot(_, _, let reason, _) = error.fact else { throw error }
      throw GraderFault(.cannotUseCache(root, reason))
    }
    for folder in [root, "\(root)/locks"] where access(folder, W_OK | X_OK) != 0 {
      throw GraderFault(.cannotUseCache(root, .last))
    }
  }

  /// Tells whether an artefact is there.
  func holds(_ kind: String, key: String) -> Bool {
    Files.exists(Self.marker(in: folder(kind, key)))
  }

  /// The path of something in an artefact, the same wherever the cache is.
  func name(of path: String) -> String { String(path.dropFirst(root.count)) }

  private func folder(_ kind: String, _ key: String) -> String { "\(root)/\(name(kind, key))" }

  private func name(_ kind: String, _ key: String) -> String { "\(kind)-\(key.prefix(24))" }

  private static func marker(in folder: String) -> String { "\(folder)/.complete" }

  /// The folder of an artefact, which is made if it is not there yet.
  ///
  /// Two graders that need it at once make it once: the second waits for the first.
  ///
  /// - Parameters:
  ///   - kind: What it is, for people who look into the cache.
  ///   - key: The digest of all that goes into it.
  ///   - isSecret: Whether the user of the jail must not read it.
  ///   - make: Fills the folder; a failure leaves nothing that looks finished.
  /// - Returns: The folder's path.
  /// - Throws: What `make` throws, and faults of the cache itself.
  func artefact(
    _ kind: String,
    key: String,
    isSecret: Bool,
    make: (_ folder: String) throws(GraderFault) -> Void
  ) throws(GraderFault) -> String {
    let folder = folder(kind, key)
    let marker = Self.marker(in: folder)
    if Files.exists(marker) { return folder }
    let lock = try Lock("\(root)/locks/\(name(kind, key))")
    if !Files.exists(marker) {
      Files.remove(folder)
      try Files.makeFolder(folder, mode: isSecret ? 0o700 : 0o755)
      try make(folder)
      try Files.write([], to: marker)
    }
    lock.release()
    return folder
  }
}

/// An exclusive lock on a file, which the system drops if its holder dies.
private struct Lock: ~Copyable {
  private let descriptor: Int32

  init(_ path: String) throws(GraderFault) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw GraderFault(.cannot(.openInCache, path, .last)) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw GraderFault(.cannot(.lockInCache, path, .last)) }
    }
  }

  consuming func release() {}

  deinit {
    close(descriptor)
  }
}

/// A SHA-256 digest that is fed piece by piece.
package struct Digest: ~Copyable {
  private let context: OpaquePointer?

  /// The digest of nothing yet.
  package init() {
    context = EVP_MD_CTX_new()
    precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto has no SHA-256")
  }

  deinit {
    EVP_MD_CTX_free(context)
  }

  /// Adds bytes.
  package mutating func add(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      precondition(EVP_DigestUpdate(context, buffer.baseAddress, buffer.count) == 1, "SHA-256")
    }
    if done == nil { add(Array(bytes)) }
  }

  /// Adds a field behind its length, so that two fields never look like other two.
  package mutating func add(field: some Collection<UInt8>) {
    add(Array("\(field.count):".utf8))
    add(field)
  }

  /// Adds text behind its length.
  package mutating func add(field text: String) {
    add(field: Array(text.utf8))
  }

  /// Adds the files below a folder, with their paths in it.
  mutating func add(folder: String) throws(GraderFault) {
    for file in Files.below(folder) {
      add(field: file)
      add(field: try Files.read("\(folder)/\(file)"))
    }
    add(field: "end of folder")
  }

  /// Adds a file of any length, piece by piece.
  mutating func add(contentOf path: String) throws(GraderFault) {
    let file = try Descriptor.opened(path)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(file.number, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw GraderFault(.cannot(.read, path, .last)) }
      if count == 0 { return }
      add(buffer[..<count])
    }
  }

  /// The digest as 64 hexadecimal digits; feeding ends with it.
  package consuming func hex() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    precondition(EVP_DigestFinal_ex(context, &bytes, nil) == 1, "SHA-256")
    return bytes.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }

  /// The digest of some bytes.
  package static func hex(of bytes: some Collection<UInt8>) -> String {
    var digest = Digest()
    digest.add(bytes)
    return digest.hex()
  }
}
