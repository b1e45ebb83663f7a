public import CourseKit

/// A file of named tensors in the safetensors format, so that weights move between frameworks.
///
/// Eight bytes hold the length of a header in JSON, which gives every tensor's type, shape and
/// place; the numbers follow, little-endian, row-major, without gaps. A value of this type has a
/// sound header: every tensor lies inside the file, none overlaps another, and no byte belongs to
/// none. That makes reading a stranger's file safe, whatever it claims.
///
/// Source: the format's own description, github.com/huggingface/safetensors, version 0.4 and later.
public struct Safetensors: Equatable, Sendable {
  /// The header's entry of one tensor.
  public struct Entry: Equatable, Sendable {
    /// The tensor's name, such as `layer1.0.conv1.weight`.
    public let name: String
    /// The type in which its numbers are stored.
    public let type: SafetensorsType
    /// The extent of each axis, outermost first.
    public let shape: [Int]
    /// The place of its bytes, counted from the end of the header.
    public let range: Range<Int>
  }

  /// The tensors, in the order in which their numbers stand in the file.
  public let entries: [Entry]
  /// Texts that travel with the weights, such as the version of what made them.
  public let metadata: [String: String]
  /// The whole file.
  public let content: [UInt8]

  private let dataStart: Int
  private let path: String?

  /// Takes a file's content apart.
  ///
  /// - Throws: `SafetensorsError` when the header is not sound.
  public init(content: [UInt8]) throws(SafetensorsError) {
    try self.init(content: content, path: nil)
  }

  /// Reads a file.
  ///
  /// - Throws: `SafetensorsError` when it cannot be read or its header is not sound.
  public init(path: String) throws(SafetensorsError) {
    try self.init(content: try readFile(path), path: path)
  }

  private init(content: [UInt8], path: String?) throws(SafetensorsError) {
    do {
      let header = try SafetensorsHeader(file: content)
      self.entries = header.entries
      self.metadata = header.metadata
      self.dataStart = header.length
      self.content = content
      self.path = path
    } catch {
      throw SafetensorsError(error, path: path)
    }
  }

  /// Packs tensors; the numbers are stored in their own precision.
  ///
  /// The bytes are those that the format's own library writes: names in the order of their bytes,
  /// numbers aligned to 8.
  ///
  /// - Throws: `SafetensorsError` when two tensors have the same name, or one has the name
  ///   `__metadata__`, which the format keeps for itself.
  public init<Scalar: TensorScalar>(
    _ tensors: [(name: String, value: Tensor<Scalar>)],
    metadata: [String: String] = [:]
  ) throws(SafetensorsError) {
    try self.init(content: encodeSafetensors(tensors, metadata: metadata), path: nil)
  }

  /// The entry of that name; nil if there is none.
  public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  /// The numbers under a name, rounded or widened to `Scalar`.
  ///
  /// - Throws: `SafetensorsError` when there is no such tensor, or it holds integers or numbers of
  ///   a type that the engine cannot compute with, such as `F8_E4M3`.
  public func tensor<Scalar: TensorScalar>(
    _ name: String,
    of type: Scalar.Type = Scalar.self
  ) throws(SafetensorsError) -> Tensor<Scalar> {
    guard let entry = self[name] else { throw SafetensorsError(.missing(name), path: path) }
    return try tensor(entry)
  }

  func tensor<Scalar: TensorScalar>(_ entry: Entry) throws(SafetensorsError) -> Tensor<Scalar> {
    let place = dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound
    switch entry.type {
    case .f32:
      let scalars = decode(content[place], as: UInt32.self) { Float(bitPattern: $0) }
      return Tensor(shape: entry.shape, scalars: scalars).converted(to: Scalar.self)
    case .f64:
      let scalars = decode(content[place], as: UInt64.self) { Double(bitPattern: $0) }
      return Tensor(shape: entry.shape, scalars: scalars).converted(to: Scalar.self)
    case .f16:
      let scalars = decode(content[place], as: UInt16.self) { Float(Float16(bitPattern: $0)) }
      return Tensor(shape: entry.shape, scalars: scalars).converted(to: Scalar.self)
    case .bf16:
      let scalars = decode(content[place], as: UInt16.self) {
        Float(bitPattern: UInt32($0) << 16)
      }
      return Tensor(shape: entry.shape, scalars: scalars).converted(to: Scalar.self)
    case .i64, .i32, .i16, .i8, .u64, .u32, .u16, .u8, .bool:
      throw SafetensorsError(.notReal(entry.name, entry.type), path: path)
    case .c64, .f8e4m3, .f8e5m2, .f8e4m3fnuz, .f8e5m2fnuz, .f8e8m0, .f6e2m3, .f6e3m2, .f4:
      throw SafetensorsError(.noArithmetic(entry.name, entry.type), path: path)
    }
  }

  func error(_ fault: SafetensorsError.Fault) -> SafetensorsError {
    SafetensorsError(fault, path: path)
  }

  /// Writes the file; a reader sees the old one or the whole new one.
  ///
  /// - Throws: `SafetensorsError` when the system refuses.
  public func write(to path: String) throws(SafetensorsError) {
    try writeFile(content, path)
  }
}

/// Little-endian words as numbers; the bytes may start anywhere.
@inline(__always)
private func decode<Word: FixedWidthInteger, Real>(
  _ bytes: ArraySlice<UInt8>,
  as word: Word.Type,
  _ real: (Word) -> Real
) -> [Real] {
  let width = MemoryLayout<Word>.size
  return bytes.withUnsafeBytes { raw in
    (0..<raw.count / width).map { index in
      real(Word(littleEndian: raw.loadUnaligned(fromByteOffset: index * width, as: Word.self)))
    }
  }
}
