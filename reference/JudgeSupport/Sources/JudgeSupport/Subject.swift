internal import CourseKit
internal import Foundation
internal import Synchronization

/// The worker that runs the student's code, as a hidden suite sees it.
final class Subject: Sendable {
  /// A fault of the worker itself, not of the answer.
  enum Failure: Error {
    case workerEnded(function: String)
    case badReply(function: String, reason: String)
    /// There was no answer in the time that the question had.
    case tooLate(function: String)
  }

  private let descriptor: Int32
  private let channel: Channel
  // Numbers start at random and one request is outstanding: a reply sent early matches nothing.
  private let sequence = Mutex(UInt64.random(in: .min ... .max))

  /// The worker at the other end of a connected socket, which stays the caller's.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    channel = Channel(descriptor: descriptor)
  }

  /// True if the worker is there and says nothing unasked.
  var isSilent: Bool { !isReadable(within: .zero) }

  /// Asks for one value of a function.
  ///
  /// It waits until `end`, or for as long as it takes; a worker that was too late once cannot be
  /// asked again.
  ///
  /// - Throws: `ThrownError` as the student's function threw it, or `Failure`.
  func call<Output, each Input>(
    _ function: Function<Output, repeat each Input>,
    by end: ContinuousClock.Instant? = nil,
    _ input: repeat each Input
  ) throws -> Output {
    let number = sequence.withLock { last in
      last &+= 1
      return last
    }
    let payload = function.request(repeat each input)
    let request = Channel.Frame(sequence: number, payload: payload)
    let reply: Channel.Frame
    do {
      if channel.hasUnreadBytes { throw bad(function.name, "bytes that nobody asked for") }
      try channel.send(request)
      if let end, !isReadable(within: end - .now) {
        throw Failure.tooLate(function: function.name)
      }
      reply = try channel.receive(atMost: Channel.longestReply(toBytes: payload.count))
    } catch Channel.Failure.closed {
      throw Failure.workerEnded(function: function.name)
    } catch Channel.Failure.tooLong(let count) {
      throw bad(function.name, "a reply of \(count) bytes")
    }
    guard reply.sequence == number else { throw bad(function.name, "an answer to no request") }
    do {
      switch try Reply<Output>(decoding: reply.payload) {
      case .value(let value): return value
      case .thrown(let error): throw error
      }
    } catch let error as WireError {
      throw bad(function.name, "\(error)")
    }
  }

  /// Waits for bytes, or for the end of the worker.
  private func isReadable(within time: Duration) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let milliseconds = max(0, Int32((time / .milliseconds(1)).rounded(.up)))
    var count: Int32
    repeat { count = poll(&request, 1, milliseconds) } while count < 0 && errno == EINTR
    return count > 0
  }

  private func bad(_ function: String, _ reason: String) -> Failure {
    .badReply(function: function, reason: reason)
  }
}
