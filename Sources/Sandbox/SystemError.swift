import Glibc

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
