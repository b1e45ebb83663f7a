/// A fault of a file of training data, beyond those of `IDXError`.
public enum DataFileError: Error, Equatable, Sendable {
  /// The file cannot be opened or read; `reason` is the system's.
  case unreadable(path: String, reason: String)
  /// The file's compressed part ends too early.
  case truncated(path: String)
  /// The file's compressed part cannot be unpacked; `reason` is zlib's.
  case damaged(path: String, reason: String)
  /// The file does not consist of whole records, in bytes.
  case brokenRecords(path: String, found: Int, record: Int)
  /// A label is not one of the classes.
  case labelOutOfRange(path: String, index: Int, label: Int, classes: Int)
}

extension DataFileError: CustomStringConvertible {
  /// A sentence: the fault, its file, and the remedy.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): \(reason)"
    case .truncated(let path):
      "\(path) is cut off in its compressed part: fetch it again"
    case .damaged(let path, let reason):
      "\(path) cannot be unpacked (\(reason)): fetch it again"
    case .brokenRecords(let path, let found, let record):
      "\(path) has \(found) bytes, which is not one or more whole records of \(record): is it cut "
        + "off, or another file?"
    case .labelOutOfRange(let path, let index, let label, let classes):
      "\(path): label \(index) is \(label), but there are \(classes) classes, from 0"
    }
  }
}
