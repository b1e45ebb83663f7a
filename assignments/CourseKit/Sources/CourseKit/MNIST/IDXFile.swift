#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(CRT)
  internal import CRT
#elseif canImport(WASILibc)
  internal import WASILibc
#endif

/// A file in the IDX format: bytes along some axes.
///
/// A magic number and the extent of each axis, as big-endian 32-bit numbers, then the bytes.
public struct IDXFile: Equatable, Sendable {
  /// The extent of each axis, outermost first.
  public let extents: [Int]
  /// The bytes, the last axis running fastest; as many as the product of the extents.
  public let bytes: [UInt8]

  /// Reads a file of unsigned bytes.
  ///
  /// - Parameters:
  ///   - path: The file, not compressed.
  ///   - axes: How many axes it must have: 3 for images, 1 for labels.
  /// - Throws: `IDXError`.
  public init(path: String, axes: Int) throws(IDXError) {
    try self.init(content: try contents(of: path), axes: axes, path: path)
  }

  /// Takes a file's content apart.
  ///
  /// - Throws: `IDXError`, which names `path`.
  public init(content: [UInt8], axes: Int, path: String) throws(IDXError) {
    func word(_ index: Int) -> UInt32 {
      content[index * 4..<index * 4 + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    let header = 4 + 4 * axes
    let magic = 0x800 | UInt32(axes)
    if content.starts(with: [0x1f, 0x8b]) { throw .compressed(path: path) }
    if content.count >= 4, word(0) != magic {
      throw .wrongMagic(path: path, found: word(0), expected: magic)
    }
    guard content.count >= header else {
      throw .wrongSize(path: path, found: content.count, expected: header)
    }
    let extents = (1...axes).map { Int(word($0)) }
    var size = header
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow, product < Int.max - header else {
        throw .unreasonableExtents(path: path, extents: extents)
      }
      count = product
      size = header + count
    }
    guard content.count == size else {
      throw .wrongSize(path: path, found: content.count, expected: size)
    }
    self.extents = extents
    bytes = Array(content[header...])
  }
}

/// Tells whether a file is there to be read.
func isReadable(_ path: String) -> Bool {
  guard let file = fopen(path, "rb") else { return false }
  fclose(file)
  return true
}

/// All bytes of a file, by the C library alone, which every platform has.
private func contents(of path: String) throws(IDXError) -> [UInt8] {
  guard let file = fopen(path, "rb") else {
    throw errno == ENOENT && isReadable(path + ".gz")
      ? .compressed(path: path + ".gz") : systemError(path)
  }
  defer { fclose(file) }
  var content: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    content.append(contentsOf: buffer[..<count])
    if count == buffer.count { continue }
    // What fails, as a folder does, is opened all the same.
    guard ferror(file) == 0 else { throw systemError(path) }
    return content
  }
}

private func systemError(_ path: String) -> IDXError {
  .unreadable(path: path, reason: String(cString: strerror(errno)))
}
