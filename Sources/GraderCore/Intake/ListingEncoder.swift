/// Writes the reader's answer, frame by frame, as `ArchiveListing.init(decoding:limits:)` reads it.
package enum ListingEncoder {
  /// The bytes with which the answer begins.
  package static var signature: [UInt8] { ListingFrame.signature }

  package static func frame(_ layout: ArchiveLayout) -> [UInt8] {
    frame(.layout) {
      $0.append(integer: layout.container.rawValue)
      $0.append(integer: layout.compression.rawValue)
    }
  }

  package static func frame(_ entry: ArchiveEntry) -> [UInt8] {
    frame(.entry) {
      $0.append(integer: entry.kind.code)
      $0.append(integer: entry.origin.rawValue)
      $0.append(integer: entry.size)
      $0.append(text: entry.path.string)
      if case .misnamed(let other) = entry.kind { $0.append(text: other.text) }
      $0.append(contentsOf: entry.content)
    }
  }

  package static func frame(_ reason: IgnoredReason, _ entries: IgnoredEntries) -> [UInt8] {
    frame(.ignored) {
      $0.append(integer: reason.rawValue)
      $0.append(integer: entries.count)
      for example in entries.examples { $0.append(text: example.text) }
    }
  }

  package static func frame(_ note: ArchiveNote) -> [UInt8] {
    frame(.note) {
      switch note {
      case .trailingData(let bytes):
        $0.append(integer: 0 as UInt8)
        $0.append(integer: bytes)
      case .endMarkerMissing:
        $0.append(integer: 1 as UInt8)
      case .warning(let entry, let text):
        $0.append(integer: 2 as UInt8)
        $0.append(text: entry.text)
        $0.append(text: text.text)
      case .namesDisagree(let directory, let entry):
        $0.append(integer: 3 as UInt8)
        $0.append(text: directory.text)
        $0.append(text: entry.text)
      case .overlappingEntries(let count):
        $0.append(integer: 4 as UInt8)
        $0.append(integer: count)
      }
    }
  }

  package static func frame(_ failure: ReadFailure) -> [UInt8] {
    frame(.failure) {
      switch failure {
      case .empty:
        $0.append(integer: 0 as UInt8)
      case .notAnArchive(let kind, let compression):
        $0.append(contentsOf: [1, kind.rawValue, compression.rawValue])
      case .truncated(let entry):
        $0.append(integer: 2 as UInt8)
        $0.append(text: entry?.text ?? "")
      case .damaged(let detail, let entry):
        $0.append(integer: 3 as UInt8)
        $0.append(text: detail.text)
        $0.append(text: entry?.text ?? "")
      case .encrypted:
        $0.append(integer: 4 as UInt8)
      case .limit(let name, let maximum):
        $0.append(contentsOf: [5, name.rawValue])
        $0.append(integer: maximum)
      }
    }
  }

  /// The last frame.
  package static func frame(_ totals: ArchiveTotals) -> [UInt8] {
    frame(.end) {
      $0.append(integer: totals.packedBytes)
      $0.append(integer: totals.streamedBytes)
      $0.append(integer: totals.entries)
      $0.append(integer: totals.folders)
    }
  }

  private static func frame(_ kind: ListingFrame, _ fill: (inout [UInt8]) -> Void) -> [UInt8] {
    var payload: [UInt8] = []
    fill(&payload)
    var frame = [kind.rawValue]
    frame.append(integer: UInt32(payload.count))
    return frame + payload
  }
}

extension ArchiveEntry.Kind {
  var code: UInt8 {
    switch self {
    case .regular: 0
    case .oversized: 1
    case .symbolicLink: 2
    case .hardLink: 3
    case .device: 4
    case .pipe: 5
    case .encrypted: 6
    case .damaged: 7
    case .misnamed: 8
    case .packed(let method): 16 + method.rawValue
    }
  }
}

/// The form of the reader's answer: the version and kinds of its frames.
///
/// The answer is `signature`, then frames: one byte for the kind, four for the length of the
/// payload, the payload. Numbers are little-endian, text is UTF-8 with its length in two bytes.
/// `layout` comes first if at all, `end` is last and must be there.
enum ListingFrame: UInt8 {
  case layout = 1
  case entry
  case ignored
  case note
  case failure
  case end

  /// Changes with every change of what follows.
  static let signature = Array("chainrule-intake-1\n".utf8)
}

extension [UInt8] {
  mutating func append(integer: some FixedWidthInteger & UnsignedInteger) {
    Swift.withUnsafeBytes(of: integer.littleEndian) { append(contentsOf: $0) }
  }

  /// Appends the text, cut to what its length field can say.
  mutating func append(text: String) {
    var bytes = Array(text.utf8.prefix(Int(UInt16.max)))
    while String(validating: bytes, as: UTF8.self) == nil { bytes.removeLast() }
    append(integer: UInt16(bytes.count))
    append(contentsOf: bytes)
  }
}
