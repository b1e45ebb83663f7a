import Foundation
import GraderCore
import Synchronization

/// Artefacts that outlive a run, each under the digest of all that went into it.
package struct Cache: Sendable {
  /// Its folder.
  package let root: String
  /// The artefacts that were found to be whole, or made, in this process.
  private let verified = Verified()

  /// The way in which this process makes sure that artefacts are as they were made.
  package enum Care: Sendable {
    /// Each is read once: for those who grade many, or prove a suite.
    case reads
    /// Each is read once after each start of the machine, unless its files were written to since.
    case remembers
  }

  private let care: Care

  /// A cache in a folder.
  init(root: String, care: Care = .remembers) {
    (self.root, self.care) = (root, care)
  }

  private final class Verified: Sendable {
    let names = Mutex<Set<String>>([])
    let made = Mutex<Set<String>>([])
  }

  /// The cache of this user: `CHAINRULE_CACHE`, else below `XDG_CACHE_HOME` or the home folder.
  ///
  /// Root's is where the unprivileged user of the jail can read it, which root's home is not.
  package static func find(_ care: Care = .remembers) throws(GraderFault) -> Cache {
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
    return Cache(root: Files.real(root), care: care)
  }

  private static func open(_ root: String) throws(GraderFault) {
    do throws(GraderFault) {
      for name in ["locks", "verified"] { try Files.makeFolder("\(root)/\(name)") }
    } catch {
      guard case .cannot(_, _, let reason, _) = error.fact else { throw error }
      throw GraderFault(.cannotUseCache(root, reason))
    }
    for folder in [root, "\(root)/locks", "\(root)/verified"] where access(folder, W_OK | X_OK) != 0
    {
      throw GraderFault(.cannotUseCache(root, .last))
    }
  }

  /// Tells whether an artefact is there.
  func holds(_ kind: String, key: String) -> Bool {
    manifest(of: name(kind, key)) != nil
  }

  /// The path of something in an artefact, the same wherever the cache is.
  func name(of path: String) -> String { String(path.dropFirst(root.count)) }

  private func folder(_ kind: String, _ key: String) -> String { "\(root)/\(name(kind, key))" }

  private func name(_ kind: String, _ key: String) -> String { "\(kind)-\(key.prefix(24))" }

  private static let markerName = ".complete"

  private static func marker(in folder: String) -> String { "\(folder)/\(markerName)" }

  /// The folder of an artefact, which is made if it is not there yet.
  ///
  /// Two graders that need it at once make it once: the second waits for the first. One that is not
  /// as it was made is made anew.
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
    let (name, folder) = (name(kind, key), folder(kind, key))
    if verified.names.withLock({ $0.contains(name) }) { return folder }
    if !isWhole(name) {
      let lock = try Lock("\(root)/locks/\(name)")
      if !isWhole(name) {
        Files.remove(folder)
        try Files.makeFolder(folder, mode: isSecret ? 0o700 : 0o755)
        try make(folder)
        let manifest = try Manifest(of: folder, besides: Self.markerName)
        try Files.write(Array(manifest.text.utf8), to: Self.marker(in: folder))
        remember(name, manifest)
        verified.made.withLock { _ = $0.insert(name) }
      }
      lock.release()
    }
    verified.names.withLock { _ = $0.insert(name) }
    return folder
  }

  // MARK: Proofs

  /// Artefacts that were tried together.
  struct Proof {
    fileprivate var names: [String]
    fileprivate var file: String
  }

  /// The proof of the artefacts in these folders as they are now.
  func proof(of folders: [String]) -> Proof {
    let names = folders.map { String(name(of: $0).dropFirst()) }
    var digest = Digest()
    for name in names { digest.add(field: manifest(of: name)?.text ?? "") }
    return Proof(names: names, file: place("proof-\(digest.hex().prefix(24))"))
  }

  /// Tells whether an earlier process has tried the same, and nothing of it was made in this one.
  func holds(_ proof: Proof) -> Bool {
    care == .remembers && Files.exists(proof.file)
      && verified.made.withLock { $0.isDisjoint(with: proof.names) }
  }

  /// Remembers what was tried.
  func remember(_ proof: Proof) { try? Files.put([], to: proof.file) }

  // MARK: Damage

  /// The manifest of a finished artefact, as long as nothing happened to it.
  private func manifest(of name: String) -> Manifest? {
    guard let text = try? Files.read(Self.marker(in: "\(root)/\(name)")) else { return nil }
    return Manifest(String(decoding: text, as: UTF8.self))
  }

  private func isWhole(_ name: String) -> Bool {
    guard let manifest = manifest(of: name) else { return false }
    if care == .remembers, let stamp = stamp(name, manifest),
      let known = try? Files.read(place(name))
    {
      if String(decoding: known, as: UTF8.self) == stamp { return true }
    }
    guard manifest.holds(in: "\(root)/\(name)") else { return false }
    remember(name, manifest)
    return true
  }

  private func place(_ name: String) -> String { "\(root)/verified/\(name)" }

  /// Who cannot write it down reads again.
  private func remember(_ name: String, _ manifest: Manifest) {
    guard let stamp = stamp(name, manifest) else { return }
    try? Files.put(Array(stamp.utf8), to: place(name))
  }

  /// The facts by which a later process knows an artefact again, until the machine is restarted.
  private func stamp(_ name: String, _ manifest: Manifest) -> String? {
    manifest.stamp(of: "\(root)/\(name)").map { "\(Self.boot) \($0)" }
  }

  private static let boot =
    (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))?
    .trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"

  /// Reads all finished artefacts, and says which are not as they were made.
  func examine() -> (whole: Int, damaged: [String]) {
    var found: (whole: Int, damaged: [String]) = (0, [])
    for name in Files.names(in: root) {
      // Earlier versions left an empty marker; theirs are not used any more.
      guard let marker = try? Files.read(Self.marker(in: "\(root)/\(name)")), !marker.isEmpty
      else { continue }
      if manifest(of: name)?.holds(in: "\(root)/\(name)") == true {
        found.whole += 1
      } else {
        found.damaged.append(name)
      }
    }
    return found
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
