/// A fault by which a safetensors file cannot be read, written or taken over.
public struct SafetensorsError: Error, Equatable {
  /// The faults of a safetensors file.
  public enum Fault: Error, Equatable {
    /// The system's own words on reading.
    case unreadable(String)
    /// The system's own words on writing.
    case unwritable(String)
    /// Fewer bytes than the format needs, or than the header's length promises.
    case truncatedHeader(found: Int, expected: UInt64)
    /// A header beyond the format's limit of 100 MB.
    case headerTooLarge(UInt64)
    /// Something that is not the JSON of a header; the place counts bytes of the header.
    case malformed(place: Int, expected: String)
    /// Two tensors, or two texts, of one name.
    case duplicate(String)
    /// The name that the format keeps for texts.
    case reservedName
    /// A type that the format does not know.
    case unknownType(name: String, type: String)
    /// A shape whose size no machine can count.
    case shapeTooLarge(name: String, shape: [Int])
    /// A place of another size than shape and type need.
    case wrongSize(name: String, found: Int, expected: Int)
    /// A place that ends before it begins.
    case reversedPlace(name: String, begin: Int, end: Int)
    /// Bytes that belong to two tensors.
    case overlap(name: String, begin: Int, previousEnd: Int)
    /// Bytes that belong to no tensor.
    case gap(name: String, begin: Int, previousEnd: Int)
    /// More or fewer bytes after the header than its tensors take.
    case wrongDataSize(found: Int, expected: Int)
    /// No tensor of that name.
    case missing(String)
    /// Integers where real numbers are needed.
    case notReal(String, SafetensorsType)
    /// Numbers of a type that the engine has no arithmetic for.
    case noArithmetic(String, SafetensorsType)
    /// A size that ends inside a byte.
    case partOfAByte(name: String, bits: Int)
    /// A tensor of another shape than the layer's.
    case wrongShape(name: String, found: [Int], expected: [Int])
    /// Tensors that the layer has no place for.
    case unused([String])
  }

  /// The fault itself, without its file.
  public let fault: Fault
  /// The file; nil if the bytes did not come from one.
  public let path: String?

  init(_ fault: Fault, path: String?) {
    self.fault = fault
    self.path = path
  }
}

extension SafetensorsError: CustomStringConvertible {
  /// A sentence: the fault, its file, and the remedy.
  public var description: String { (path.map { $0 + ": " } ?? "") + fault.explanation }
}

extension SafetensorsError.Fault {
  fileprivate var explanation: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .unwritable(let reason): "cannot be written: \(reason)"
    case .missing(let name): "there is no tensor \"\(name)\""
    case .notReal(let name, let type):
      "\"\(name)\" holds numbers of type \(type.rawValue), where real numbers are needed"
    case .noArithmetic(let name, let type):
      "\"\(name)\" holds numbers of type \(type.rawValue), which the engine cannot compute with"
    case .partOfAByte(let name, let bits):
      "\"\(name)\" takes \(bits) bits, which are no whole bytes"
    case .wrongShape(let name, let found, let expected):
      "\"\(name)\" has the shape \(found), the layer's has \(expected): is it another model's?"
    case .unused(let names):
      "the layer has no place for \(names.map { "\"\($0)\"" }.joined(separator: ", "))"
    case .truncatedHeader(let found, let expected):
      "it is cut off, or is no safetensors file: \(found) bytes, where the header alone needs "
        + "\(expected)"
    case .headerTooLarge(let length):
      "its header claims \(length) bytes; the format allows 100000000: is it a safetensors file?"
    case .malformed(let place, let expected):
      "byte \(place) of the header: expected \(expected)"
    case .duplicate(let name): "the header has \"\(name)\" twice"
    case .reservedName: "no tensor can have the name \"__metadata__\": the format keeps it"
    case .unknownType(let name, let type): "\"\(name)\" has the unknown type \"\(type)\""
    case .shapeTooLarge(let name, let shape):
      "\"\(name)\" claims the shape \(shape), which no file can hold"
    case .wrongSize(let name, let found, let expected):
      "\"\(name)\" has \(found) bytes, but its shape and type need \(expected)"
    case .reversedPlace(let name, let begin, let end):
      "\"\(name)\" ends at byte \(end), before it begins at \(begin)"
    case .overlap(let name, let begin, let previousEnd):
      "\"\(name)\" begins at byte \(begin), inside the tensor before it, which ends at "
        + "\(previousEnd)"
    case .gap(let name, let begin, let previousEnd):
      "\"\(name)\" begins at byte \(begin), but the tensors before it end at \(previousEnd)"
    case .wrongDataSize(let found, let expected):
      "\(found) bytes follow the header, but its tensors take \(expected)"
        + (found < expected ? ": it is cut off" : "")
    }
  }
}
