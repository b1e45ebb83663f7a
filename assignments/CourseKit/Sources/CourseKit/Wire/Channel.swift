// Where there are no sockets of this kind no worker runs either: students need neither.
#if !os(Windows) && !os(WASI)
  #if canImport(Darwin)
    internal import Darwin
  #elseif canImport(Glibc)
    internal import Glibc
  #elseif canImport(Musl)
    internal import Musl
  #endif

  /// One end of the socket between a worker and the program that asks it.
  ///
  /// A frame is a length (`UInt32`), a sequence number (`UInt64`) and so many bytes. One request is
  /// outstanding at a time, and its reply repeats the request's number.
  public struct Channel: Sendable {
    /// The longest payload of a frame, in bytes.
    public static let longestPayload = 64 << 20

    /// The longest reply to a request of so many bytes: what is right is far shorter.
    public static func longestReply(toBytes count: Int) -> Int {
      min(longestPayload, max(2 << 20, 4 * count))
    }

    /// A message and its number.
    public struct Frame: Equatable, Sendable {
      /// Repeated by the reply.
      public var sequence: UInt64
      /// The message.
      public var payload: [UInt8]

      /// A frame of these parts.
      public init(sequence: UInt64, payload: [UInt8]) {
        self.sequence = sequence
        self.payload = payload
      }
    }

    /// The reason why a frame could not be sent or received.
    public enum Failure: Error, Equatable, Sendable {
      /// The other side has gone.
      case closed
      /// The length is beyond what may be sent or received.
      case tooLong(Int)
    }

    private let descriptor: Int32

    /// A channel over a connected stream socket that somebody else owns.
    public init(descriptor: Int32) {
      self.descriptor = descriptor
      withoutSignals(descriptor)
    }

    /// Sends one frame, however long the other side takes to read it.
    ///
    /// - Throws: `Failure`.
    public func send(_ frame: Frame) throws {
      guard frame.payload.count <= Self.longestPayload else {
        throw Failure.tooLong(frame.payload.count)
      }
      var writer = WireWriter()
      writer.append(UInt32(frame.payload.count))
      writer.append(frame.sequence)
      // The other side is woken by each piece, so one that is short goes with what is before it.
      if frame.payload.count <= Self.longestCopy {
        try sendAll(writer.bytes + frame.payload)
      } else {
        try sendAll(writer.bytes)
        try sendAll(frame.payload)
      }
    }

    private static let longestCopy = 1 << 16

    /// Waits for the next frame, whose payload has `longest` bytes at most.
    ///
    /// - Throws: `Failure`.
    public func receive(atMost longest: Int = Channel.longestPayload) throws -> Frame {
      waitForBytes()
      var header = WireReader(try receive(count: 12))
      let count = Int(try header.integer(UInt32.self))
      let sequence = try header.integer(UInt64.self)
      guard count <= longest else { throw Failure.tooLong(count) }
      return Frame(sequence: sequence, payload: try receive(count: count))
    }

    /// True if bytes are waiting that nobody has asked for.
    public var hasUnreadBytes: Bool {
      var byte: UInt8 = 0
      return recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) > 0
    }

    private func sendAll(_ bytes: [UInt8]) throws {
      try bytes.withUnsafeBytes { raw in
        var sent = 0
        while sent < raw.count {
          let rest = UnsafeRawBufferPointer(rebasing: raw[sent...])
          let count = sendSome(of: rest, to: descriptor)
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { throw Failure.closed }
          sent += count
        }
      }
    }

    /// Linux wakes who waits in `recv` also when the other side has read what was sent; who waits
    /// in `poll` sleeps until there are bytes.
    private func waitForBytes() {
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&polled, 1, -1)
    }

    /// The buffer grows with what arrives, never with what a header promises.
    private func receive(count: Int) throws -> [UInt8] {
      var bytes: [UInt8] = []
      let piece = min(count, 1 << 20)
      var buffer = [UInt8](repeating: 0, count: piece)
      while bytes.count < count {
        let wanted = min(piece, count - bytes.count)
        let got = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, wanted, 0) }
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { throw Failure.closed }
        bytes.append(contentsOf: buffer[..<got])
      }
      return bytes
    }
  }

  // A dead peer is an error to return, not a signal to die of.
  #if canImport(Darwin)
    private func withoutSignals(_ descriptor: Int32) {
      var isOn: Int32 = 1
      let size = socklen_t(MemoryLayout<Int32>.size)
      _ = setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, size)
    }

    private func sendSome(of bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
      send(descriptor, bytes.baseAddress, bytes.count, 0)
    }
  #else
    private func withoutSignals(_ descriptor: Int32) {}

    private func sendSome(of bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
      send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    }
  #endif
#endif
