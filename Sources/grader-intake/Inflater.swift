import CZlib
import Glibc

/// zlib's decompression, as steps over buffers.
final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>

  enum Format: Int32 {
    /// Deflate alone, as inside a zip.
    case raw = -15
    /// With header and trailer; the checksum is compared.
    case gzip = 31
  }

  enum State {
    case goesOn
    case ended
    case damaged
  }

  init(_ format: Format) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard chainrule_inflateInit2(stream, format.rawValue) == Z_OK else {
      stop(status: EX_OSERR, "no memory to unpack with")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func reset() { inflateReset(stream) }

  /// Unpacks as much of the input as there is room for.
  func step(
    _ input: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) -> (state: State, consumed: Int, produced: Int) {
    // zlib does not write to its input; the type of the field is a matter of history.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.bindMemory(to: UInt8.self).baseAddress
    )
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(output.count)
    let status = inflate(stream, Z_NO_FLUSH)
    let consumed = input.count - Int(stream.pointee.avail_in)
    let produced = output.count - Int(stream.pointee.avail_out)
    switch status {
    case Z_STREAM_END: return (.ended, consumed, produced)
    case Z_OK, Z_BUF_ERROR: return (.goesOn, consumed, produced)
    default: return (.damaged, consumed, produced)
    }
  }

  var message: String {
    stream.pointee.msg.map { String(cString: $0) } ?? "the packed data are damaged"
  }
}
