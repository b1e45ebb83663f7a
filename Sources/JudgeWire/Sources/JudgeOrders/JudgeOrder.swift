internal import CMessages
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
  /// The work that the test is to do.
  public var work: JudgeWork

  /// An order of these parts; it owns no descriptor.
  public init(
    method: String,
    seed: UInt64,
    work: JudgeWork = .judge,
    worker: Int32,
    log: Int32
  ) {
    (self.method, self.seed, self.worker, self.log) = (method, seed, worker, log)
    self.work = work
  }

  private static let longestText = 4096

  /// Sends the order; the other side gets copies of the descriptors.
  ///
  /// - Returns: Whether it was sent; if not, `errno` says why.
  public func send(over socket: Int32) -> Bool {
    let text = Array("\(seed) \(work.text) \(method)".utf8)
    return chainrule_send(socket, text, text.count, [worker, log]) == text.count
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
    var descriptors: [Int32] = [-1, -1]
    let count = chainrule_receive(socket, &text, text.count, &descriptors)
    guard count > 0 else { return nil }
    let parts = String(decoding: text.prefix(count), as: UTF8.self).split(
      separator: " ",
      maxSplits: 2
    )
    guard parts.count == 3, let seed = UInt64(parts[0]), let work = JudgeWork(parts[1]) else {
      return nil
    }
    return JudgeOrder(
      method: String(parts[2]),
      seed: seed,
      work: work,
      worker: descriptors[0],
      log: descriptors[1]
    )
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
