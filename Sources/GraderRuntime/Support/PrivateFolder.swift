package import Foundation
import GraderCore

/// The people who may use a folder, and so all that is put into it.
package struct FolderAccess: Equatable, Sendable {
  /// The folder's own permissions.
  package let mode: mode_t
  fileprivate let group: (id: gid_t, name: String)?

  /// Nobody but the user.
  package static let own = FolderAccess(mode: 0o700, group: nil)

  private init(mode: mode_t, group: (id: gid_t, name: String)?) {
    (self.mode, self.group) = (mode, group)
  }

  /// The user and a group, which new files in the folder belong to as well.
  ///
  /// - Throws: `GraderFault` when there is no group of that name.
  package init(group name: String) throws(GraderFault) {
    guard let entry = getgrnam(name) else {
      throw GraderFault(.usage, "There is no group \(name).")
    }
    self.init(mode: 0o2770, group: (entry.pointee.gr_gid, name))
  }

  /// Those who may use a folder that is there; nil if there is none.
  fileprivate init?(of path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else { return nil }
    self.init(mode: facts.st_mode & 0o2777, group: nil)
  }

  /// The permissions of its files.
  package var fileMode: mode_t { mode & 0o666 | 0o600 }

  package static func == (one: FolderAccess, other: FolderAccess) -> Bool {
    one.mode == other.mode && one.group?.id == other.group?.id
  }
}

/// A folder of files that not everybody may read.
///
/// It is closed from its first moment, whatever the umask. One that was there before keeps its
/// mode, since somebody may have opened it on purpose; its new files follow it.
package struct PrivateFolder: Sendable {
  /// Its path.
  package let path: String
  /// Those who may use it.
  package let access: FolderAccess
  /// A sentence on a folder that was there before and is open to more or fewer people than it
  /// would be if it were new; nil if nobody has to know.
  package let remark: String?

  /// The folder at a path, which is made for these people if it is not there.
  package init(
    _ path: String,
    for wanted: FolderAccess = .own,
    of owner: FaultFact.Owner = .ours
  ) throws(GraderFault) {
    self.path = path
    if let found = FolderAccess(of: path) {
      access = found
      remark = Self.remark(on: path, found, wanted: wanted)
    } else {
      try Self.make(path, for: wanted, of: owner)
      (access, remark) = (wanted, nil)
    }
  }

  /// A folder in it, for the same people.
  package func folder(_ name: String) throws(GraderFault) -> PrivateFolder {
    try PrivateFolder("\(path)/\(name)", for: access)
  }

  /// Puts a file in its place in one step: it is there whole, or as it was.
  package func write(_ bytes: some Collection<UInt8>, to name: String) throws(GraderFault) {
    let file = try fresh(name)
    try file.write(bytes)
    try file.keep()
    try file.put()
  }

  /// The same without waiting for the disk: for what is made again from other files.
  package func put(_ bytes: some Collection<UInt8>, to name: String) throws(GraderFault) {
    let file = try fresh(name)
    try file.write(bytes)
    try file.put()
  }

  /// An empty file that gets its place in the folder later.
  package func fresh(_ name: String) throws(GraderFault) -> FreshFile {
    try FreshFile(for: "\(path)/\(name)", mode: access.fileMode)
  }

  /// Makes an empty file, unless there is one: for who opens it under its name.
  package func touch(_ name: String) throws(GraderFault) {
    guard !Files.exists("\(path)/\(name)") else { return }
    try put([], to: name)
  }

  private static func make(
    _ path: String,
    for access: FolderAccess,
    of owner: FaultFact.Owner
  ) throws(GraderFault) {
    let above = (path as NSString).deletingLastPathComponent
    if !above.isEmpty, !Files.exists(above) { try Files.makeFolder(above, of: owner) }
    guard mkdir(path, 0o700) == 0 else {
      throw GraderFault(.cannot(.makeFolder, path, .last, of: owner))
    }
    if let group = access.group, chown(path, .max, group.id) != 0 {
      let fault = GraderFault(.cannot(.giveToGroup(group.name), path, .last, of: .theirs))
      rmdir(path)
      throw fault
    }
    guard chmod(path, access.mode) == 0 else {
      throw GraderFault(.cannot(.setMode, path, .last, of: owner))
    }
  }

  private static func remark(
    on path: String,
    _ found: FolderAccess,
    wanted: FolderAccess
  ) -> String? {
    let (mode, word) = (String(found.mode, radix: 8), ShellWord.quoted(path))
    if let group = wanted.group {
      var facts = stat()
      if stat(path, &facts) == 0, facts.st_gid == group.id, found.mode == wanted.mode { return nil }
      return "\(path) was there before and keeps its group and its mode (\(mode)). "
        + "`chgrp -R \(group.name) \(word) && chmod -R g+rwX,o= \(word) && "
        + "find \(word) -type d -exec chmod g+s {} +` gives it to \(group.name)."
    }
    // What the group may do without this bit, it may by a mode that nobody chose for it.
    let isOpen = found.mode & 0o007 != 0 || (found.mode & 0o070 != 0 && found.mode & 0o2000 == 0)
    guard isOpen else { return nil }
    return "\(path) was there before and keeps its mode (\(mode)): others can read the grades in "
      + "it, with what is expected of hidden tests. `chmod -R go= \(word)` closes it."
  }
}
