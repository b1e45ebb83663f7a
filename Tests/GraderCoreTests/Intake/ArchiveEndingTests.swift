import Foundation
import GraderCore
import Testing

/// The promises of files' names.
@Suite struct ArchiveEndingTests {
  @Test(arguments: [
    ("a.tar.gz", ArchiveEnding.Promise.archive(ArchiveLayout(.tar, .gzip))),
    ("A.TGZ", .archive(ArchiveLayout(.tar, .gzip))),
    ("a.tar.xz", .archive(ArchiveLayout(.tar, .xz))), ("a.txz", .archive(ArchiveLayout(.tar, .xz))),
    ("a.tar", .archive(ArchiveLayout(.tar, .none))),
    ("a.b.zip", .archive(ArchiveLayout(.zip, .none))),
    ("a.7z", .otherArchive), ("a.rar", .otherArchive), ("a.tar.bz2", .otherArchive),
    ("a.tbz2", .otherArchive), ("a.tar.zst", .otherArchive),
    ("images.gz", .packedFile(.gzip)), ("a.xz", .packedFile(.xz)),
    ("a.bz2", .packedFile(nil)), ("a.zst", .packedFile(nil)),
  ])
  func promise(name: String, is promise: ArchiveEnding.Promise) {
    #expect(ArchiveEnding(of: name)?.promise == promise)
  }

  @Test(arguments: ["a.swift", "a.pdf", "zip", "a.tar.gz.txt", ""])
  func noPromise(name: String) {
    #expect(ArchiveEnding(of: name) == nil)
  }

  /// A packed file is not several files in one.
  @Test(arguments: [("a.zip", true), ("a.rar", true), ("images.gz", false), ("a.zst", false)])
  func archive(name: String, is isArchive: Bool) {
    #expect(ArchiveEnding(of: name)?.isArchive == isArchive)
  }

  @Test func usualEndings() {
    #expect(ArchiveLayout.all.map(\.description) == [".tar.gz", ".tar.xz", ".tar", ".zip"])
  }
}
