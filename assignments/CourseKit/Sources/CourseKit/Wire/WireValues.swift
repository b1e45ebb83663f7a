extension Double: Wire {
  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) { writer.append(self) }

  /// Reads a value from bytes that may have been written by anybody.
  public init(from reader: inout WireReader) throws {
    self.init(bitPattern: try reader.integer(UInt64.self))
  }
}

extension Int: Wire {
  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) { writer.append(self) }

  /// Reads a value from bytes that may have been written by anybody.
  public init(from reader: inout WireReader) throws {
    self.init(try reader.integer(Int64.self))
  }
}

extension UInt64: Wire {
  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) { writer.append(self) }

  /// Reads a value from bytes that may have been written by anybody.
  public init(from reader: inout WireReader) throws {
    self = try reader.integer(UInt64.self)
  }
}

extension Bool: Wire {
  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) { writer.append(self ? 1 : 0 as UInt8) }

  /// Reads a value from bytes that may have been written by anybody.
  public init(from reader: inout WireReader) throws {
    switch try reader.integer(UInt8.self) {
    case 0: self = false
    case 1: self = true
    case let byte: throw WireError.malformed("\(byte) for a truth value")
    }
  }
}

extension String: Wire {
  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) { writer.append(self) }

  /// Reads a value from bytes that may have been written by anybody.
  public init(from reader: inout WireReader) throws {
    self = try reader.text()
  }
}

extension Optional: Wire where Wrapped: Wire {
  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) {
    (self != nil).encode(into: &writer)
    self?.encode(into: &writer)
  }

  /// Reads a value from bytes that may have been written by anybody.
  public init(from reader: inout WireReader) throws {
    self = try Bool(from: &reader) ? .some(try Wrapped(from: &reader)) : .none
  }
}

extension Array: Wire where Element: Wire {
  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) {
    writer.append(UInt32(count))
    for element in self { element.encode(into: &writer) }
  }

  /// Reads a value from bytes that may have been written by anybody.
  public init(from reader: inout WireReader) throws {
    let count = Int(try reader.integer(UInt32.self))
    // Every element takes a byte at least, so a forged count cannot make this loop long.
    guard count <= reader.remaining else {
      throw WireError.truncated(needed: count, available: reader.remaining)
    }
    self.init()
    for _ in 0..<count { append(try Element(from: &reader)) }
  }
}

extension Tensor: Wire where Scalar == Double {
  /// More axes than any tensor of the course has.
  private static var mostAxes: Int { 8 }

  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) {
    writer.append(UInt8(shape.count))
    for size in shape { writer.append(UInt64(size)) }
    writer.append(scalars)
  }

  /// Reads a value from bytes that may have been written by anybody.
  public init(from reader: inout WireReader) throws {
    let rank = Int(try reader.integer(UInt8.self))
    guard rank <= Self.mostAxes else { throw WireError.malformed("a tensor of \(rank) axes") }
    var shape: [Int] = []
    var count = 1
    for _ in 0..<rank {
      guard let size = Int(exactly: try reader.integer(UInt64.self)) else {
        throw WireError.malformed("a size beyond all memory")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw WireError.malformed("sizes beyond all memory") }
      shape.append(size)
      count = product
    }
    self.init(shape: shape, scalars: try reader.doubles(count))
  }
}
