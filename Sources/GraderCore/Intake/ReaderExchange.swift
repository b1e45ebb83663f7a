/// The request to the reader of archives: the files that may be meant, and the limits at which to
/// stop.
///
/// Travels as text on the reader's descriptor 3: the lines of all `handin.txt`, and one
/// `limit NAME NUMBER` for each limit. Nothing in it is secret.
package struct ReaderRequest: Equatable, Sendable {
  package var required: [RelativePath]
  package var patterns: [PathPattern]
  package var limits: IntakeLimits

  package init(_ handIns: some Sequence<HandIn>, limits: IntakeLimits) {
    required = []
    patterns = []
    self.limits = limits
    for handIn in handIns {
      required += handIn.required.filter { !required.contains($0) }
      patterns += handIn.patterns.filter { !patterns.contains($0) }
    }
  }

  /// Reads what `text` wrote; nil when it did not.
  package init?(text: String) {
    var limits = IntakeLimits()
    var rules = ""
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("limit ") else {
        rules += line + "\n"
        continue
      }
      let words = line.split(separator: " ")
      guard words.count == 3, let value = UInt64(words[2]),
        let field = Self.fields.first(where: { $0.name == words[1] })
      else { return nil }
      limits[keyPath: field.path] = value
    }
    guard let handIn = try? HandIn(parsing: rules) else { return nil }
    self.init([handIn], limits: limits)
  }

  package var text: String {
    let lines =
      required.map { "required \($0)" } + patterns.map { "pattern \($0)" }
      + Self.fields.map { "limit \($0.name) \(limits[keyPath: $0.path])" }
    return lines.joined(separator: "\n")
  }

  private typealias Field = (
    name: String, path: any WritableKeyPath<IntakeLimits, UInt64> & Sendable
  )

  private static let fields: [Field] = [
    ("packedBytes", \.packedBytes), ("streamedBytes", \.streamedBytes), ("entries", \.entries),
    ("ratio", \.ratio), ("freeBytes", \.freeBytes), ("keptFiles", \.keptFiles),
    ("keptFileBytes", \.keptFileBytes),
  ]
}

/// Tells which entries of an archive could be listed files, before its top folder is known.
package struct CandidateFilter: Sendable {
  /// The closeness of an entry's place to the lists.
  package enum Fit: Sendable {
    /// The end of the path is a listed path: the file itself, under any top folder.
    case place
    /// Only the name is one that is listed, or ends as a pattern does.
    case name
  }

  /// The lists with their patterns in lower case: `X.SWIFT` may be an `X.swift` that needs repair.
  private let handIn: HandIn
  private let suffixes: [String]

  package init(_ request: ReaderRequest) {
    handIn = HandIn(
      required: request.required,
      patterns: request.patterns.compactMap { PathPattern($0.string.lowercased()) }
    )
    suffixes = handIn.patterns.map(\.suffix)
  }

  /// The way in which the entry could be a listed file; nil when it is none.
  package func fit(of path: RelativePath) -> Fit? {
    let name = path.name.lowercased()
    let isNear = handIn.requiredFile(named: name) != nil
    guard isNear || suffixes.contains(where: name.hasSuffix),
      let whole = RelativePath(path.string.lowercased())
    else { return nil }
    for start in whole.components.indices {
      guard let rest = RelativePath(components: whole.components[start...]) else { continue }
      if isNear, handIn.requiredFile(near: rest) != nil { return .place }
      if handIn.patterns.contains(where: { $0.matches(rest) }) { return .place }
    }
    return .name
  }
}

/// The grader's view of the reader's process: its answer, and its end.
package enum ReaderAnswer: Equatable, Sendable {
  case listing(ArchiveListing)
  /// The archive is to blame: reading it took too much, or broke the reader.
  case problem(IntakeProblem)
  /// The reader could not run here; no student is to blame.
  case fault(ReaderFault)

  /// Judges all that the reader wrote, up to `limits.listingBytes` and one byte more.
  package init(output: [UInt8], end: ReaderEnd, limits: IntakeLimits) {
    switch end {
    case .exited(0):
      do throws(ListingError) {
        self = .listing(try ArchiveListing(decoding: output, limits: limits))
      } catch {
        // An honest reader never does this, so something in the archive has taken it over.
        self = .problem(.readerStopped(end))
      }
    // How bubblewrap and shells pass a signal on.
    case .exited(let status) where status > 128:
      self = .problem(.readerStopped(.signalled(status - 128)))
    case .exited(let status): self = .fault(ReaderFault(status: status))
    case .signalled, .processorTime, .wallClock, .memory: self = .problem(.readerStopped(end))
    }
  }
}

/// A reader that ended by itself without an answer; the number tells why.
package struct ReaderFault: Error, Equatable {
  /// 64 called wrongly, 69 something is missing on this machine, 71 no memory, 74 input or output
  /// failed, 127 not started.
  package let status: Int32

  package init(status: Int32) { self.status = status }
}

/// The amounts of an archive that are read before it is refused.
package struct IntakeLimits: Equatable, Sendable {
  /// Bytes of the file as it was uploaded.
  package var packedBytes: UInt64 = 256 << 20
  /// Bytes unpacked while reading, of entries kept or not.
  package var streamedBytes: UInt64 = 2 << 30
  package var entries: UInt64 = 50_000
  /// Bytes unpacked for each packed byte, beyond `freeBytes`.
  package var ratio = UInt64(HandIn.maximumRatio)
  /// Unpacked bytes that the ratio is not asked of.
  package var freeBytes = UInt64(HandIn.freeBytes)
  package var keptFiles = UInt64(HandIn.maximumFiles)
  package var keptFileBytes = UInt64(HandIn.maximumFileBytes)

  package init() {}

  /// A limit that an archive can pass.
  package enum Name: UInt8, CaseIterable, Sendable {
    case packedBytes, streamedBytes, entries, ratio, keptFiles, keptFileBytes
    /// Files that could be meant, before it is known which assignment this is.
    case candidateFiles
    /// Memory of the reader; the jail sets this one.
    case memory
  }

  /// Files at a listed path under some folder, for all assignments together.
  package var candidateFiles: UInt64 { keptFiles * 8 }
  /// Bytes of those files.
  package var candidateBytes: UInt64 { 96 << 20 }
  /// Files whose name alone fits; beyond this they are counted as not listed.
  package var strayFiles: UInt64 { keptFiles * 4 }
  package var strayBytes: UInt64 { 16 << 20 }

  /// The longest answer of an honest reader, in bytes: where the grader stops to listen.
  package var listingBytes: UInt64 { candidateBytes + strayBytes + (4 << 20) }
}
