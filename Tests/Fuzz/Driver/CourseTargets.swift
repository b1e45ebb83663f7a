import CourseKit
import FuzzTargets
import Glibc
import LectureEngine

extension FuzzTarget {
  /// Frames and replies of a worker that is not what it should be.
  static let frames = FuzzTarget(name: "frames") { bytes in
    for payload in payloads(of: bytes) + [bytes] {
      check(Tensor<Double>.self, payload)
      check([Int].self, payload)
      check(Double.self, payload)
    }
  }

  /// The payloads of all frames, as the judge gets them from a socket.
  private static func payloads(of bytes: [UInt8]) -> [[UInt8]] {
    var ends: [CInt] = [-1, -1]
    guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      fatalError("no sockets can be made here")
    }
    defer { close(ends[0]) }
    // A socket holds far more than the longest input.
    guard send(ends[1], bytes, bytes.count, CInt(MSG_DONTWAIT)) == bytes.count || bytes.isEmpty
    else { fatalError("the input is longer than a socket's buffer") }
    close(ends[1])
    let channel = Channel(descriptor: ends[0])
    var payloads: [[UInt8]] = []
    while let frame = try? channel.receive(atMost: Channel.longestReply(toBytes: 100)) {
      payloads.append(frame.payload)
    }
    return payloads
  }

  /// A reply that is understood means what its bytes say, and nothing beside.
  private static func check<Value: Wire>(_ type: Value.Type, _ bytes: [UInt8]) {
    guard let reply = try? Reply<Value>(decoding: bytes) else { return }
    var writer = WireWriter()
    switch reply {
    case .value(let value):
      writer.append(0 as UInt8)
      value.encode(into: &writer)
    case .thrown(let error):
      writer.append(1 as UInt8)
      error.encode(into: &writer)
    }
    promise(writer.bytes == bytes, "a reply has one spelling")
  }

  /// A stranger's weights.
  static let safetensors = FuzzTarget(name: "safetensors") { bytes in
    guard let file = try? Safetensors(content: bytes) else { return }
    var end = 0
    for entry in file.entries {
      promise(entry.range.lowerBound == end, "no byte belongs to none, or to two")
      end = entry.range.upperBound
      if let tensor = try? file.tensor(entry.name, of: Float.self) {
        promise(tensor.shape == entry.shape, "a tensor has its entry's shape")
      }
    }
    promise(end <= bytes.count, "every tensor lies inside the file")
  }

  /// Images and labels.
  static let idx = FuzzTarget(name: "idx") { bytes in
    for axes in [1, 3] {
      guard let file = try? IDXFile(content: bytes, axes: axes, path: "f") else { continue }
      promise(file.extents.count == axes, "it has the axes that it must have")
      promise(file.extents.reduce(1, *) == file.bytes.count, "the extents count the bytes")
    }
  }
}
