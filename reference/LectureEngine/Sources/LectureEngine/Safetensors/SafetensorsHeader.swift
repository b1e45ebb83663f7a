/// A header that was found to be sound.
struct SafetensorsHeader {
  /// The format's own limit, which keeps a hostile length from filling the memory.
  static let limit: UInt64 = 100_000_000

  private(set) var entries: [Safetensors.Entry] = []
  private(set) var metadata: [String: String] = [:]
  /// The place at which the numbers begin.
  let length: Int

  init(file: [UInt8]) throws(SafetensorsError.Fault) {
    guard file.count >= 8 else {
      throw .truncatedHeader(found: file.count, expected: 8)
    }
    let claimed = file[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard claimed <= Self.limit else { throw .headerTooLarge(claimed) }
    length = 8 + Int(claimed)
    guard length <= file.count else {
      throw .truncatedHeader(found: file.count, expected: claimed + 8)
    }
    try parse(file[8..<length])
    try checkPlaces(bytes: file.count - length)
  }

  private mutating func parse(_ text: ArraySlice<UInt8>) throws(SafetensorsError.Fault) {
    var scanner = JSONScanner(text)
    // The format forbids space before the brace and uses it after, to align the numbers.
    guard text.first == UInt8(ascii: "{") else {
      throw .malformed(place: 0, expected: "{")
    }
    var names: Set<String> = []
    try scanner.object { scanner, name throws(SafetensorsError.Fault) in
      guard names.insert(name).inserted else { throw .duplicate(name) }
      if name == "__metadata__" {
        try parseMetadata(&scanner)
      } else {
        entries.append(try parseEntry(name, &scanner))
      }
    }
    try scanner.end()
  }

  private mutating func parseMetadata(
    _ scanner: inout JSONScanner
  ) throws(SafetensorsError.Fault) {
    try scanner.object { scanner, key throws(SafetensorsError.Fault) in
      let value = try scanner.string()
      guard metadata.updateValue(value, forKey: key) == nil else { throw .duplicate(key) }
    }
  }

  private func parseEntry(
    _ name: String,
    _ scanner: inout JSONScanner
  ) throws(SafetensorsError.Fault) -> Safetensors.Entry {
    let begin = scanner.place
    var (type, shape, place) = (String?.none, [Int]?.none, [Int]?.none)
    try scanner.object { scanner, key throws(SafetensorsError.Fault) in
      switch key {
      case "dtype" where type == nil: type = try scanner.string()
      case "shape" where shape == nil: shape = try scanner.integers()
      case "data_offsets" where place == nil: place = try scanner.integers()
      case "dtype", "shape", "data_offsets":
        throw .malformed(place: scanner.place, expected: "dtype, shape and data_offsets")
      // The format's own library passes over what it does not know.
      default: try scanner.skipValue()
      }
    }
    guard let type, let shape, let place, place.count == 2 else {
      throw .malformed(place: begin, expected: "dtype, shape and two data_offsets")
    }
    guard let known = SafetensorsType(rawValue: type) else {
      throw .unknownType(name: name, type: type)
    }
    return try Safetensors.Entry(
      checking: name,
      type: known,
      shape: shape,
      begin: place[0],
      end: place[1]
    )
  }

  /// Every byte must belong to one tensor.
  private mutating func checkPlaces(bytes: Int) throws(SafetensorsError.Fault) {
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for entry in entries {
      let begin = entry.range.lowerBound
      if begin < end { throw .overlap(name: entry.name, begin: begin, previousEnd: end) }
      if begin > end { throw .gap(name: entry.name, begin: begin, previousEnd: end) }
      end = entry.range.upperBound
    }
    guard end == bytes else { throw .wrongDataSize(found: bytes, expected: end) }
  }
}

extension Safetensors.Entry {
  fileprivate init(
    checking name: String,
    type: SafetensorsType,
    shape: [Int],
    begin: Int,
    end: Int
  ) throws(SafetensorsError.Fault) {
    // In this order, as tensors count too: a zero behind huge extents does not make them sound.
    var bits = 1
    for factor in shape + [type.bits] {
      let (product, overflow) = bits.multipliedReportingOverflow(by: factor)
      guard !overflow else { throw .shapeTooLarge(name: name, shape: shape) }
      bits = product
    }
    guard bits.isMultiple(of: 8) else { throw .partOfAByte(name: name, bits: bits) }
    let size = bits / 8
    guard begin <= end else { throw .reversedPlace(name: name, begin: begin, end: end) }
    guard end - begin == size else {
      throw .wrongSize(name: name, found: end - begin, expected: size)
    }
    self.init(name: name, type: type, shape: shape, range: begin..<end)
  }
}
