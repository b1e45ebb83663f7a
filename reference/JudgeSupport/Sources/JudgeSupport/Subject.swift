internal import CourseKit
internal import Synchronization

/// The worker that runs the student's code, as a hidden suite sees it.
final class Subject: Sendable {
  /// A fault of the worker itself, not of the answer.
  enum Failure: Error {
    case workerEnded(function: String)
    case badReply(function: String, reason: String)
  }

  private let channel: Channel
  // Numbers start at random and one request is outstanding: a reply sent early matches nothing.
  private let sequence = Mutex(UInt64.random(in: .min ... .max))

  init(channel: Channel) {
    self.channel = channel
  }

  /// Asks for one value of a function.
  ///
  /// - Throws: `ThrownError` as the student's function threw it, or `Failure`.
  func call<Output, each Input>(
    _ function: Function<Output, repeat each Input>,
    _ input: repeat each Input
  ) throws -> Output {
    let number = sequence.withLock { last in
      last &+= 1
      return last
    }
    let request = Channel.Frame(sequence: number, payload: function.request(repeat each input))
    let reply: Channel.Frame
    do {
      if channel.hasUnreadBytes { throw bad(function.name, "bytes that nobody asked for") }
      try channel.send(request)
      reply = try channel.receive()
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

  private func bad(_ function: String, _ reason: String) -> Failure {
    .badReply(function: function, reason: reason)
  }
}
