import GraderCore
import Testing

/// An archive that `make_archives.py` makes, and its verdict.
struct HostileArchive: Sendable, CustomTestStringConvertible {
  let name: String
  let verdict: Verdict

  var testDescription: String { name }

  init(_ name: String, _ verdict: Verdict) {
    self.name = name
    self.verdict = verdict
  }

  static let all = places + tooMuch + broken + twoStories + noArchives

  // MARK: Places and kinds

  private static let places = [
    HostileArchive("dotdot.tar.gz", .kept(3, ignored: [.unusableName: 5])),
    HostileArchive("absolute.tar.gz", .kept(3, ignored: [.unusableName: 2])),
    HostileArchive(
      "absolute-listed.tar.gz",
      nothing(entries: 3, unusable: ["/" + forward, "/" + steps, "/Derivation.md"])
    ),
    HostileArchive("backslash-dotdot.zip", .kept(3, ignored: [.unusableName: 3])),
    HostileArchive(
      "backslashes.zip",
      .kept(3, repaired: [.topFolder(ShownName("a1")), .names(.backslashes, count: 3)])
    ),
    HostileArchive("link-and-through.tar.gz", .kept(3, ignored: [.link: 1, .notListed: 1])),
    HostileArchive("link-folder-on-the-way.tar.gz", .kept(3, ignored: [.link: 1])),
    HostileArchive("symlink-listed.tar.gz", unusable(forward, .symbolicLink)),
    HostileArchive("symlink-listed.zip", unusable(forward, .symbolicLink)),
    HostileArchive("hardlink-listed.tar.gz", unusable(forward, .hardLink)),
    HostileArchive("fifo-listed.tar.gz", unusable(forward, .pipe)),
    HostileArchive("device-listed.tar.gz", unusable(forward, .device)),
    HostileArchive("kinds-unlisted.tar.gz", .kept(3, ignored: [.link: 2, .device: 3])),
    HostileArchive("pax-overrides.tar.gz", .kept(3, ignored: [.link: 1, .unusableName: 1])),
    HostileArchive("odd-names.tar.gz", .kept(3, ignored: [.notListed: 9])),
    HostileArchive("unprintable-names.tar.gz", .kept(3, ignored: [.unusableName: 6])),
    HostileArchive("nul-name.zip", .kept(3, ignored: [.unusableName: 1])),
    HostileArchive("latin-1-names.zip", .kept(4, repaired: [.names(.codePage932, count: 1)])),
    HostileArchive("invalid-utf8-flag.zip", .kept(3, ignored: [.notListed: 1])),
    HostileArchive(
      "deep-and-long.tar.gz",
      .kept(
        3,
        ignored: [.notListed: 1, .unusableName: 1],
        notes: [
          .archive(
            .warning(
              entry: ShownName(String(repeating: "n", count: 100)),
              text: ShownName("Rejecting pax extended attribute > 1MB")
            )
          )
        ]
      )
    ),
    HostileArchive("modes.tar.gz", .kept(3)),
    HostileArchive(
      "macos.zip",
      .kept(
        3,
        ignored: [.macMetadata: 3],
        repaired: [
          .macMetadata(count: 3), .topFolder(ShownName("バッチ正規化")),
          .names(.decomposed, count: 3),
        ]
      )
    ),
    HostileArchive(
      "windows-japanese.zip",
      .kept(
        4,
        ignored: [.notListed: 1],
        repaired: [.topFolder(ShownName("課題_表")), .names(.codePage932, count: 4)]
      )
    ),
  ]

  // MARK: Too much

  private static let tooMuch = [
    HostileArchive("100000-entries.tar.gz", limit(.entries, 50_000)),
    HostileArchive("60000-entries.zip", limit(.entries, 50_000)),
    HostileArchive("bomb.tar.gz", limit(.ratio, 200)),
    HostileArchive("bomb.tar.xz", limit(.ratio, 200)),
    HostileArchive("trailing-bomb.tar.gz", limit(.ratio, 200)),
    HostileArchive("bomb-unlisted.zip", .kept(3, ignored: [.notListed: 1])),
    HostileArchive("bomb-listed.zip", tooBig(64 << 20)),
    HostileArchive("bomb-that-lies.zip", unusable(forward, .damaged)),
    HostileArchive("gzip-30-times.tar.gz", none(.gzip, inside: .gzip)),
    HostileArchive("sparse-unlisted.tar.gz", .kept(3, ignored: [.notListed: 1])),
    HostileArchive("sparse-listed.tar.gz", tooBig(1 << 40)),
    HostileArchive("size-2-62.tar.gz", cutOff("huge.bin")),
    HostileArchive("huge-pax-header.tar.gz", damaged("Special header too large", "Derivation.md")),
    HostileArchive("endless-longname.tar.gz", damaged("Special header too large", "Derivation.md")),
    HostileArchive("file-too-big.tar.gz", tooBig(1 << 20 + 1)),
    HostileArchive("file-too-big-unlisted.tar.gz", .kept(3, ignored: [.notListed: 2])),
    HostileArchive(
      "65-helpers.tar.gz",
      .refused(.limit(.keptFiles, maximum: 64, reached: 68, nil))
    ),
    HostileArchive("600-copies.tar.gz", limit(.candidateFiles, 512)),
    HostileArchive("many-stray-sources.tar.gz", .kept(3, ignored: [.notListed: 3000])),
    HostileArchive("xz-dictionary-4-gib.tar.xz", limit(.memory, 0)),
  ]

  // MARK: Broken

  private static let broken = [
    HostileArchive("empty", .refused(.unreadable(.empty))),
    HostileArchive("empty.tar.gz", .refused(.unreadable(.empty))),
    HostileArchive("no-entries.tar.gz", nothing(entries: 0)),
    HostileArchive("no-entries.zip", nothing(entries: 0)),
    HostileArchive("truncated-half.tar.gz", cutOff("Sources/BatchNorm/Table.swift")),
    HostileArchive("truncated-half.tar.xz", cutOff("Sources/BatchNorm/Table.swift")),
    HostileArchive("truncated-half.tar", cutOff("Sources/BatchNorm/Table.swift")),
    HostileArchive("truncated-half.zip", cutOff(nil)),
    HostileArchive("truncated-trailer.tar.gz", cutOff(nil)),
    HostileArchive("truncated-header.tar.gz", cutOff(nil)),
    HostileArchive("truncated-padding.tar.gz", cutOff(steps)),
    HostileArchive("truncated-end.tar.xz", cutOff(nil)),
    HostileArchive("truncated-end.zip", cutOff(nil)),
    HostileArchive("no-end-marker.tar", .kept(3, notes: [.archive(.endMarkerMissing)])),
    HostileArchive("bad-checksum.tar.gz", damaged("gzip: incorrect data check", nil)),
    HostileArchive(
      "bad-data.tar.gz",
      damaged("gzip: incorrect data check", "Sources/BatchNorm/Table.swift")
    ),
    HostileArchive(
      "bad-data.tar.xz",
      damaged("Lzma library error: Corrupted input data", "Sources/BatchNorm/Table.swift")
    ),
    HostileArchive("bad-header.tar.gz", damaged("Damaged tar archive", forward)),
    HostileArchive("bad-crc-listed.zip", unusable(forward, .damaged)),
    HostileArchive("bad-crc-unlisted.zip", .kept(3, ignored: [.notListed: 1])),
    HostileArchive("unknown-method.zip", unusable(forward, .packed(.other))),
    HostileArchive("size-lie.zip", unusable(forward, .damaged)),
    HostileArchive("offset-outside.zip", unusable(forward, .damaged)),
    HostileArchive(
      "table-outside.zip",
      damaged("zip: table of contents lies outside the file", nil)
    ),
    HostileArchive("count-lie.zip", damaged("zip: fewer entries than it counts", nil)),
    HostileArchive("zip64-loop.zip", damaged("zip: table of contents lies outside the file", nil)),
    HostileArchive("zip64.zip", .kept(3)),
  ]

  // MARK: Two stories

  private static let twoStories = [
    HostileArchive(
      "names-disagree-listed.zip",
      unusable(forward, .misnamed(ShownName("Sources/BatchNorm/Smuggle.swift")))
    ),
    HostileArchive(
      "names-disagree-hidden.zip",
      unusable(forward, .misnamed(ShownName("readme.txt")))
    ),
    HostileArchive(
      "names-disagree-unlisted.zip",
      .kept(
        3,
        ignored: [.unusableName: 1],
        notes: [
          .archive(.namesDisagree(directory: ShownName("two.txt"), entry: ShownName("one.txt")))
        ]
      )
    ),
    HostileArchive(
      "overlapping-other-name.zip",
      unusable(forward, .misnamed(ShownName("x.txt")))
    ),
    HostileArchive(
      "overlapping-same-name.zip",
      .kept(3, notes: [.archive(.overlappingEntries(count: 1)), copies(forward, 2)])
    ),
    HostileArchive("twice-same.tar.gz", .kept(3, notes: [copies(forward, 2)])),
    HostileArchive("twice-different.tar.gz", conflict(forward)),
    HostileArchive("twice-different.zip", conflict(forward)),
    HostileArchive("twice-decomposed.tar.gz", conflict("Sources/BatchNorm/Gr\u{F6}sse.swift")),
    HostileArchive("case-collision.tar.gz", .kept(4)),
    HostileArchive("file-and-folder.tar.gz", .refused(.fileAndFolder(path(steps)))),
    HostileArchive("prefix.zip", none(.unknown)),
    HostileArchive("prefix.tar.gz", none(.unknown)),
    HostileArchive("trailing.zip", trailing(80_000)),
    HostileArchive("trailing.tar.gz", trailing(400)),
    HostileArchive("trailing-inside.tar.gz", trailing(400)),
    HostileArchive(
      "trailing.tar.xz",
      damaged("Lzma library error: Corrupted input data", nil)
    ),
    HostileArchive("two-zips.zip", damaged("zip: table of contents is not one", nil)),
    HostileArchive("two-members.tar.gz", .kept(3)),
  ]

  // MARK: No archives

  private static let noArchives = [
    HostileArchive("text.tar.gz", none(.text)),
    HostileArchive("mtree.tar", none(.text)),
    HostileArchive("lrzip.tar.gz", none(.unknown)),
    HostileArchive("Forward.swift", none(.swiftSource)),
    HostileArchive("Forward.swift.gz", none(.swiftSource, inside: .gzip)),
    HostileArchive("report.pdf", none(.pdf)),
    HostileArchive("page.html", none(.html)),
    HostileArchive("a1.7z", none(.sevenZip)),
    HostileArchive("a1.rar", none(.rar)),
    HostileArchive("a1.tar.bz2", none(.bzip2)),
    HostileArchive("a1.tar.zst", none(.zstandard)),
    HostileArchive("noise", none(.unknown)),
    HostileArchive("nested.zip", nothing(entries: 1, nested: ["submit.tar.gz"])),
  ]
}

// MARK: Verdicts in short

private let forward = "Sources/BatchNorm/Forward.swift"
private let steps = "Sources/BatchNorm/Steps.swift"

private func path(_ string: String) -> RelativePath {
  guard let path = RelativePath(string) else { preconditionFailure("\(string) is not a path") }
  return path
}

private func unusable(_ file: String, _ kind: ArchiveEntry.Kind) -> Verdict {
  .refused(.unusable(path(file), kind))
}

private func limit(_ name: IntakeLimits.Name, _ maximum: UInt64) -> Verdict {
  .refused(.unreadable(.limit(name, maximum: maximum)))
}

private func tooBig(_ size: UInt64) -> Verdict {
  .refused(.limit(.keptFileBytes, maximum: 1 << 20, reached: size, path(forward)))
}

private func cutOff(_ entry: String?) -> Verdict {
  .refused(.unreadable(.truncated(during: entry.map { ShownName($0) })))
}

private func damaged(_ detail: String, _ entry: String?) -> Verdict {
  .refused(.unreadable(.damaged(ShownName(detail), during: entry.map { ShownName($0) })))
}

private func none(
  _ kind: FileKind,
  inside compression: ArchiveLayout.Compression = .none
) -> Verdict {
  .refused(.unreadable(.notAnArchive(kind, inside: compression)))
}

private func conflict(_ file: String) -> Verdict {
  .refused(.conflictingCopies(path(file), places: [ShownName(file), ShownName(file)]))
}

private func copies(_ file: String, _ count: Int) -> IntakeNote {
  .identicalCopies(path(file), count: count)
}

private func trailing(_ bytes: UInt64) -> Verdict {
  .kept(3, notes: [.archive(.trailingData(bytes: bytes))])
}

private func nothing(
  entries: UInt64,
  nested: [String] = [],
  unusable: [String] = []
) -> Verdict {
  .refused(
    .nothingListed(
      found: IntakeProblem.Contents(
        examples: [],
        entries: entries,
        nestedArchives: nested.map { ShownName($0) },
        unusableNames: unusable.map { ShownName($0) }
      ),
      expected: [
        IntakeProblem.Expectation(
          assignment: "a1-batch-norm",
          files: [path(forward), path(steps)]
        )
      ]
    )
  )
}
