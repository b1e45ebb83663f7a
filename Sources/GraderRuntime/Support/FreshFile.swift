import Foundation
import GraderCore
import Sandbox

/// A file that is written beside its place and put there in one step: others see it whole, or as
/// it was.
///
/// Nobody waits for the disk: for what is made again from other files.
package struct FreshFile: ~Copyable {
  private let place: String
  private let part: String
  private let file: Descriptor

  /// An empty file in the folder of its place.
  package init(for place: String, mode: Int = 0o644) throws(GraderFault) {
    self.place = place
    let folder = (place as NSString).deletingLastPathComponent
    part = "\(folder)/.\(UUID().uuidString)"
    let number = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
    guard number >= 0 else { throw Self.fault(place) }
    file = Descriptor(owning: number)
  }

  deinit { unlink(part) }

  /// Adds bytes at its end.
  package func write(_ bytes: some Collection<UInt8>) throws(GraderFault) {
    guard file.write(bytes) else { throw Self.fault(place) }
  }

  /// Puts it in its place, or at another one in the same folder.
  package consuming func put(at other: String? = nil) throws(GraderFault) {
    guard rename(part, other ?? place) == 0 else { throw Self.fault(other ?? place) }
  }

  /// Its content, for somebody who must not change it.
  func reader() throws(GraderFault) -> Descriptor {
    guard let reader = file.reader() else { throw Self.fault(place) }
    return reader
  }

  private static func fault(_ place: String) -> GraderFault {
    GraderFault(.temporary, "Cannot write \(place): \(String(cString: strerror(errno))).")
  }
}

extension Descriptor {
  /// Writes all bytes; false when the system takes no more, and `errno` says why.
  borrowing func write(_ bytes: some Collection<UInt8>) -> Bool {
    var rest = ArraySlice(bytes)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The same file from its start, open for reading alone.
  borrowing func reader() -> Descriptor? {
    let number = open("/proc/self/fd/\(number)", O_RDONLY | O_CLOEXEC)
    return number < 0 ? nil : Descriptor(owning: number)
  }
}
