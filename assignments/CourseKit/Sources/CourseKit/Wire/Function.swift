/// A function of an assignment: its name and types, declared once for both ends of the wire.
///
/// The worker implements it with the student's code; the hidden suite calls it by the same value,
/// so that neither can get a type wrong.
public struct Function<Output: Wire, each Input: Wire>: Sendable {
  /// The name under which the worker is asked for it.
  public let name: String

  /// Declares a function.
  public init(_ name: String, _ input: repeat (each Input).Type, returns: Output.Type) {
    self.name = name
  }

  /// The bytes that ask for the function's value.
  public func request(_ input: repeat each Input) -> [UInt8] {
    var writer = WireWriter()
    writer.append(name)
    repeat (each input).encode(into: &writer)
    return writer.bytes
  }

  /// Makes the handler of such requests.
  public func implement(_ body: @escaping (repeat each Input) throws -> Output) -> Handler {
    Handler(name: name) { reader in
      let request = reader.count
      let input = (repeat try (each Input)(from: &reader))
      try reader.finish()
      let reply = Reply(catching: { try body(repeat each input) }).encoded
      guard reply.count <= Channel.longestReply(toBytes: request) else {
        return Reply<Output>(catching: { throw AnswerTooLarge(bytes: reply.count) }).encoded
      }
      return reply
    }
  }
}

/// The student's side of one function: bytes of the arguments in, bytes of the reply out.
public struct Handler {
  let name: String
  let answer: (inout WireReader) throws -> [UInt8]
}

/// A value was returned that is too long to be sent; its name reaches the student.
private struct AnswerTooLarge: Error {
  let bytes: Int
}

/// The outcome of a call of the student's function.
public enum Reply<Output: Wire> {
  /// It returned.
  case value(Output)
  /// It threw.
  case thrown(ThrownError)

  /// Runs the body and keeps what it comes to.
  public init(catching body: () throws -> Output) {
    do {
      self = .value(try body())
    } catch {
      self = .thrown(ThrownError(error))
    }
  }

  /// Reads a reply that may have been written by anybody.
  ///
  /// - Throws: `WireError` when the bytes are not a reply of this type.
  public init(decoding bytes: [UInt8]) throws {
    var reader = WireReader(bytes)
    switch try reader.integer(UInt8.self) {
    case 0: self = .value(try Output(from: &reader))
    case 1: self = .thrown(try ThrownError(from: &reader))
    case let byte: throw WireError.malformed("a reply of kind \(byte)")
    }
    try reader.finish()
  }

  var encoded: [UInt8] {
    var writer = WireWriter()
    switch self {
    case .value(let value):
      writer.append(0 as UInt8)
      value.encode(into: &writer)
    case .thrown(let error):
      writer.append(1 as UInt8)
      error.encode(into: &writer)
    }
    return writer.bytes
  }
}
