import ClassCore
import Foundation
import GraderCore
import GraderRuntime

/// The download that a teaching assistant has: a folder of hand-ins, or a zip of them.
enum DownloadSource {
  case folder(FolderListing)
  case zip(BulkZip, files: [String: BulkEntry], blocked: [String: String], unusable: [Oddity])

  /// Looks at what is there.
  ///
  /// - Throws: `GraderFault` when there is nothing, or nothing that can be read.
  init(
    _ path: String,
    excluding excluded: String?,
    commits: CommitList?,
    machine: Machine
  ) throws(GraderFault) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw GraderFault(.nothing(path))
    }
    if isFolder.boolValue {
      var listing = FolderListing(path, excluding: excluded)
      try listing.take(commits, machine: machine)
      self = .folder(listing)
    } else if commits?.hasCommits ?? false {
      throw GraderFault(
        .usage,
        "\(path) is no folder, and commits are read from a folder of bare repositories.",
        remedy: "Name the folder, or a list of names and times alone."
      )
    } else {
      self.init(try BulkZip(path, machine: machine))
    }
  }

  private init(_ zip: BulkZip) {
    var files: [String: BulkEntry] = [:]
    var blocked: [String: String] = [:]
    var unusable: [Oddity] = []
    for entry in zip.entries {
      guard let path = entry.path else {
        unusable.append(.unusable(path: entry.name.text, reason: "its name leaves the folder"))
        continue
      }
      guard entry.kind == .regular else {
        blocked[path.string] = "it is \(entry.kind.word)"
        continue
      }
      if files.updateValue(entry, forKey: path.string) != nil {
        unusable.append(.unusable(path: path.string, reason: "it is there twice; the last counts"))
      }
    }
    // One that can be read counts before one of its name that cannot.
    blocked = blocked.filter { files[$0.key] == nil }
    self = .zip(zip, files: files, blocked: blocked, unusable: unusable)
  }

  /// Paths of all files, also of those that cannot be read: they are somebody's.
  var paths: [String] {
    switch self {
    case .folder(let listing): (Array(listing.files.keys) + listing.blocked.keys).sorted()
    case .zip(_, let files, let blocked, _): (Array(files.keys) + blocked.keys).sorted()
    }
  }

  /// The reasons why files cannot be read, by their paths.
  var blocked: [String: String] {
    switch self {
    case .folder(let listing): listing.blocked
    case .zip(_, _, let blocked, _): blocked
    }
  }

  /// Findings on entries that are there and have no place in the listing.
  var unusable: [Oddity] {
    switch self {
    case .folder(let listing): listing.unusable
    case .zip(_, _, _, let unusable): unusable
    }
  }

  /// The size of a file in bytes.
  func size(of path: String) -> UInt64 {
    switch self {
    case .folder(let listing): listing.files[path] ?? 0
    case .zip(_, let files, _, _): files[path]?.size ?? 0
    }
  }

  /// The place of a file in the file system, if it is a file of its own whose name has characters.
  func place(of path: String) -> String? {
    guard case .folder(let listing) = self else { return nil }
    return listing.place(of: path)
  }

  /// Hands out the contents of some files; nil where one is damaged.
  func read(
    _ paths: some Sequence<String>,
    _ body: (String, [UInt8]?) throws(GraderFault) -> Void
  ) throws(GraderFault) {
    switch self {
    case .folder(let listing):
      try listing.read(Array(paths), body)
    case .zip(let zip, let files, _, _):
      try zip.read(paths.compactMap { files[$0] }) { (entry, bytes) throws(GraderFault) in
        try body(entry.path?.string ?? "", bytes)
      }
    }
  }
}

extension ArchiveEntry.Kind {
  fileprivate var word: String {
    switch self {
    case .regular: "a file"
    case .oversized: "larger than a hand-in may be"
    case .symbolicLink, .hardLink: "a link"
    case .device: "a device"
    case .pipe: "a pipe"
    case .encrypted: "encrypted"
    case .damaged, .misnamed: "damaged"
    case .packed(let method):
      "packed with \(method.name), which is not read: unpack the download and name the folder"
    }
  }
}
