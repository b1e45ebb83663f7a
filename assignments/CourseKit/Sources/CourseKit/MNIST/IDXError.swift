/// A fault of a file in the IDX format.
public enum IDXError: Error, Equatable, Sendable {
  /// The file cannot be opened or read; `reason` is the system's.
  case unreadable(path: String, reason: String)
  /// The file, or the only one of its name, is compressed with gzip.
  case compressed(path: String)
  /// The file starts with another magic number: it holds something else.
  case wrongMagic(path: String, found: UInt32, expected: UInt32)
  /// The file is shorter or longer than its header says, in bytes.
  case wrongSize(path: String, found: Int, expected: Int)
  /// The header's extents are beyond all memory.
  case unreasonableExtents(path: String, extents: [Int])
  /// The two files of a pair hold different numbers of items.
  case countMismatch(images: String, imageCount: Int, labels: String, labelCount: Int)
  /// A label is not one of the ten digits.
  case labelOutOfRange(path: String, index: Int, label: Int)
}

extension IDXError: CustomStringConvertible {
  /// A sentence: the fault, its file, and the remedy.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      return "\(path): \(reason)"
    case .compressed(let path):
      return "\(path) is compressed: unpack it first, with gunzip"
    case .wrongMagic(let path, let found, let expected):
      return "\(path) starts with \(hex(found)) and not with \(hex(expected)): is it another file, "
        + "images in place of labels?"
    case .wrongSize(let path, let found, let expected) where found < expected:
      return "\(path) is cut off: it has \(found) bytes, its header promises \(expected)"
    case .wrongSize(let path, let found, let expected):
      return "\(path) has \(found) bytes, \(found - expected) more than its header says"
    case .unreasonableExtents(let path, let extents):
      return "\(path) claims the extents \(extents), which no file can hold"
    case .countMismatch(let images, let imageCount, let labels, let labelCount):
      return "\(images) holds \(imageCount) images, but \(labels) holds \(labelCount) labels: "
        + "do they belong together?"
    case .labelOutOfRange(let path, let index, let label):
      return "\(path): label \(index) is \(label), not one of the digits 0 to 9"
    }
  }
}

private func hex(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }
