internal import CourseKit

/// The bytes of a file that holds `tensors`, as the format's own library writes them.
func encodeSafetensors<Scalar: TensorScalar>(
  _ tensors: [(name: String, value: Tensor<Scalar>)],
  metadata: [String: String]
) throws(SafetensorsError) -> [UInt8] {
  let sorted = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  try checkNames(sorted.map(\.name))
  let type: SafetensorsType = Scalar.self == Float.self ? .f32 : .f64
  var members: [String] = []
  if !metadata.isEmpty { members.append("\"__metadata__\":\(json(metadata))") }
  var end = 0
  for (name, value) in sorted {
    let begin = end
    end += value.count * type.bits / 8
    let shape = value.shape.map(String.init).joined(separator: ",")
    members.append(
      "\(json(name)):{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(shape)],"
        + "\"data_offsets\":[\(begin),\(end)]}"
    )
  }
  var header = Array("{\(members.joined(separator: ","))}".utf8)
  while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }

  var content: [UInt8] = []
  content.reserveCapacity(8 + header.count + end)
  append(UInt64(header.count), to: &content)
  content += header
  for (_, value) in sorted { append(value, to: &content) }
  return content
}

private func checkNames(_ names: [String]) throws(SafetensorsError) {
  for (name, next) in zip(names, names.dropFirst()) where name == next {
    throw SafetensorsError(.duplicate(name), path: nil)
  }
  if names.contains("__metadata__") { throw SafetensorsError(.reservedName, path: nil) }
}

private func append<Scalar: TensorScalar>(_ tensor: Tensor<Scalar>, to content: inout [UInt8]) {
  if Scalar.self == Float.self {
    for value in tensor.converted(to: Float.self).scalars { append(value.bitPattern, to: &content) }
  } else {
    for value in tensor.converted(to: Double.self).scalars {
      append(value.bitPattern, to: &content)
    }
  }
}

private func append(_ word: some FixedWidthInteger, to content: inout [UInt8]) {
  withUnsafeBytes(of: word.littleEndian) { content.append(contentsOf: $0) }
}

private func json(_ texts: [String: String]) -> String {
  let members = texts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    .map { "\(json($0.key)):\(json($0.value))" }
  return "{\(members.joined(separator: ","))}"
}

private func json(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\u{8}": result += "\\b"
    case "\u{c}": result += "\\f"
    case ..<" ":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
