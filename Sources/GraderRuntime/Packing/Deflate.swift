import CZlib
import GraderCore

/// The part of zlib that a zip needs to be written.
enum Deflate {
  /// As most programs pack: more effort costs time and saves next to nothing.
  private static let level: Int32 = 6

  /// The bytes packed, without header and trailer; nil if that makes them no fewer.
  static func fewerBytes(_ bytes: [UInt8]) -> [UInt8]? {
    // zlib remembers where the stream lies, so it must not move.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    guard !bytes.isEmpty, chainrule_deflateInit2(stream, level) == Z_OK else { return nil }
    defer { deflateEnd(stream) }
    let packed = bytes.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: bytes.count - 1) { output, count in
        // zlib does not write to its input; the type of the field is a matter of history.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(bytes.count - 1)
        let isWhole = deflate(stream, Z_FINISH) == Z_STREAM_END
        count = isWhole ? bytes.count - 1 - Int(stream.pointee.avail_out) : 0
      }
    }
    return packed.isEmpty ? nil : packed
  }

  /// The checksum that a zip has of each file.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(crc32(0, bytes, UInt32(bytes.count)))
  }
}
