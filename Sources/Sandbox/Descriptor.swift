import CGlibc
import Glibc

/// A file descriptor with one owner, closed when the owner is gone.
///
/// Every descriptor made here is close-on-exec from its first moment, so that a program spawned by
/// another thread never inherits it.
@usableFromInline package struct Descriptor: ~Copyable, Sendable {
  /// The number, valid as long as this value lives.
  package let number: Int32

  /// Takes ownership of an open descriptor.
  package init(owning number: Int32) {
    self.number = number
  }

  deinit {
    Glibc.close(number)
  }

  /// Closes it now.
  package consuming func close() {}

  /// Gives up ownership; the receiver closes it.
  consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }
}

/// Two ends of a connection: a pair of sockets, or a pipe.
///
/// Frozen, so that another module can take it apart; what is frozen has to be usable from inline.
@frozen @usableFromInline package struct DescriptorPair: ~Copyable, Sendable {
  /// The reading end of a pipe.
  package var first: Descriptor
  /// The writing end of a pipe.
  package var second: Descriptor

  init(call: String, _ make: (UnsafeMutablePointer<Int32>) -> Int32) throws(SandboxFault) {
    var numbers: (Int32, Int32) = (-1, -1)
    let result = withUnsafeMutableBytes(of: &numbers) { buffer in
      buffer.withMemoryRebound(to: Int32.self) { $0.baseAddress.map(make) ?? -1 }
    }
    guard result == 0 else { throw .system(call: call, .last) }
    first = Descriptor(owning: numbers.0)
    second = Descriptor(owning: numbers.1)
  }

  /// Makes a connected pair of stream sockets.
  package static func sockets() throws(SandboxFault) -> DescriptorPair { try sockets(SOCK_STREAM) }

  /// Makes a connected pair of sockets that keep messages apart.
  package static func messages() throws(SandboxFault) -> DescriptorPair {
    try sockets(SOCK_SEQPACKET)
  }

  private static func sockets(_ kind: __socket_type) throws(SandboxFault) -> DescriptorPair {
    let type = Int32(kind.rawValue | SOCK_CLOEXEC.rawValue)
    return try DescriptorPair(call: "socketpair") { socketpair(AF_UNIX, type, 0, $0) }
  }

  static func pipe() throws(SandboxFault) -> DescriptorPair {
    try DescriptorPair(call: "pipe2") { pipe2($0, O_CLOEXEC) }
  }

}

/// The operating system's answer to a call that failed.
package struct SystemError: Error, Equatable, Sendable {
  /// Its number, an `errno`.
  package let code: Int32

  /// An answer of this number.
  package init(code: Int32) { self.code = code }

  /// The answer to the call that has just failed; any other call in between may change it.
  package static var last: SystemError { SystemError(code: errno) }
}

extension SystemError: CustomStringConvertible {
  /// The system's words for it.
  package var description: String { String(cString: strerror(code)) }
}
