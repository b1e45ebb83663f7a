internal import Glibc

/// The grader's order to a judge: to run one test with a worker of its own.
///
/// Orders and their receipts travel over a socket that keeps messages apart (`SOCK_SEQPACKET`); the
/// two descriptors travel with the order.
public struct JudgeOrder: Sendable {
  /// The test's `Class/method`.
  public var method: String
  /// The seed of the submission.
  public var seed: UInt64
  /// The socket whose other end the worker has.
  public var worker: Int32
  /// A file, opened for appending, that takes the events.
  public var log: Int32

  /// An order of these parts; it owns no descriptor.
  public init(method: String, seed: UInt64, worker: Int32, log: Int32) {
    (self.method, self.seed, self.worker, self.log) = (method, seed, worker, log)
  }

  private static let longestText = 4096

  /// Sends the order; the other side gets copies of the descriptors.
  ///
  /// - Returns: Whether it was sent; if not, `errno` says why.
  public func send(over socket: Int32) -> Bool {
    var text = Array("\(seed) \(method)".utf8)
    return text.withUnsafeMutableBytes { text in
      ControlMessage.use { control in
        control.set([worker, log])
        return withMessage(text, control.bytes) { sendmsg(socket, $0, Int32(MSG_NOSIGNAL)) }
          == text.count
      }
    }
  }

  /// Tells whether a descriptor is a socket of the kind that orders travel over.
  public static func canTravel(over socket: Int32) -> Bool {
    var kind: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(socket, SOL_SOCKET, SO_TYPE, &kind, &length) == 0
      && kind == Int32(SOCK_SEQPACKET.rawValue)
  }

  /// Waits for the next order, whose descriptors are the caller's to close.
  ///
  /// - Returns: The order; nil when there will be none.
  public static func receive(from socket: Int32) -> JudgeOrder? {
    var text = [UInt8](repeating: 0, count: longestText)
    return text.withUnsafeMutableBytes { text in
      ControlMessage.use { control in
        let count = withMessage(text, control.bytes) { message in
          recvmsg(socket, message, Int32(MSG_CMSG_CLOEXEC))
        }
        guard count > 0, let descriptors = control.descriptors else { return nil }
        let parts = String(decoding: text.prefix(count), as: UTF8.self)
          .split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let seed = UInt64(parts[0]) else { return nil }
        return JudgeOrder(
          method: String(parts[1]),
          seed: seed,
          worker: descriptors[0],
          log: descriptors[1]
        )
      }
    }
  }

  /// Tells the grader that the test has ended and all its events are written.
  public static func sendReceipt(over socket: Int32) -> Bool {
    Glibc.send(socket, [1], 1, Int32(MSG_NOSIGNAL)) == 1
  }

  /// Takes a receipt that `poll` has announced.
  ///
  /// - Returns: Whether there was one; if not, the judge has gone.
  public static func takeReceipt(from socket: Int32) -> Bool {
    var byte: UInt8 = 0
    return recv(socket, &byte, 1, 0) == 1
  }
}

/// Calls `body` with a message of these bytes.
private func withMessage(
  _ text: UnsafeMutableRawBufferPointer,
  _ control: UnsafeMutableRawBufferPointer,
  _ body: (UnsafeMutablePointer<msghdr>) -> Int
) -> Int {
  var part = iovec(iov_base: text.baseAddress, iov_len: text.count)
  return withUnsafeMutablePointer(to: &part) { part in
    var message = msghdr()
    message.msg_iov = part
    message.msg_iovlen = 1
    message.msg_control = control.baseAddress
    message.msg_controllen = control.count
    return withUnsafeMutablePointer(to: &message, body)
  }
}

/// Room for two descriptors beside a message, as `cmsg(3)` lays them out; its macros are not there
/// in Swift.
private struct ControlMessage {
  let bytes: UnsafeMutableRawBufferPointer

  private static let count = 2
  private static var length: Int {
    MemoryLayout<cmsghdr>.stride + count * MemoryLayout<Int32>.stride
  }

  static func use<Result>(_ body: (ControlMessage) -> Result) -> Result {
    withUnsafeTemporaryAllocation(
      byteCount: length,
      alignment: MemoryLayout<cmsghdr>.alignment
    ) { bytes in
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      return body(ControlMessage(bytes: bytes))
    }
  }

  func set(_ descriptors: [Int32]) {
    var header = cmsghdr()
    header.cmsg_len = Self.length
    header.cmsg_level = SOL_SOCKET
    header.cmsg_type = Int32(SCM_RIGHTS)
    bytes.storeBytes(of: header, as: cmsghdr.self)
    for (index, descriptor) in descriptors.enumerated() {
      bytes.storeBytes(of: descriptor, toByteOffset: offset(index), as: Int32.self)
    }
  }

  /// Those that came; nil if others than two did.
  var descriptors: [Int32]? {
    let header = bytes.load(as: cmsghdr.self)
    guard header.cmsg_len == Self.length, header.cmsg_level == SOL_SOCKET,
      header.cmsg_type == Int32(SCM_RIGHTS)
    else { return nil }
    return (0..<Self.count).map { bytes.load(fromByteOffset: offset($0), as: Int32.self) }
  }

  private func offset(_ index: Int) -> Int {
    MemoryLayout<cmsghdr>.stride + index * MemoryLayout<Int32>.stride
  }
}
