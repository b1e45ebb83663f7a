import Foundation

/// The room that is left on a disk.
struct DiskSpace: Equatable {
  /// Bytes.
  var bytes: Int
  /// Files; nil where their number has no end.
  var files: Int?

  /// Tells whether a job that needs some failed for want of it.
  ///
  /// A student's code can have the compiler print any words, so these decide only where little is
  /// left.
  func isUsedUp(byJobThatSaid words: [UInt8]) -> Bool {
    if bytes < 8 << 20 { return true }
    if let files, files < 32 { return true }
    return bytes < 64 << 20
      && String(decoding: words, as: UTF8.self).contains("No space left on device")
  }
}

extension DiskSpace {
  /// The room on the disk that a folder is on; nil where the system does not tell.
  init?(of folder: String) {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return nil }
    bytes = Int(status.f_bavail) * Int(status.f_frsize)
    files = status.f_files == 0 ? nil : Int(status.f_favail)
  }
}
