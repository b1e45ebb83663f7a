import CCrypto
import Foundation
import GraderCore
import Sandbox

/// A SHA-256 digest that is fed piece by piece.
package struct Digest: ~Copyable {
  private let context: OpaquePointer?

  /// The digest of nothing yet.
  package init() {
    context = EVP_MD_CTX_new()
    precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto has no SHA-256")
  }

  deinit {
    EVP_MD_CTX_free(context)
  }

  /// Adds bytes.
  package mutating func add(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      precondition(EVP_DigestUpdate(context, buffer.baseAddress, buffer.count) == 1, "SHA-256")
    }
    if done == nil { add(Array(bytes)) }
  }

  /// Adds a field behind its length, so that two fields never look like other two.
  package mutating func add(field: some Collection<UInt8>) {
    add(Array("\(field.count):".utf8))
    add(field)
  }

  /// Adds text behind its length.
  package mutating func add(field text: String) {
    add(field: Array(text.utf8))
  }

  /// Adds the files below a folder, with their paths in it.
  mutating func add(folder: String) throws(GraderFault) {
    for file in Files.below(folder) {
      add(field: file)
      add(field: try Files.read("\(folder)/\(file)"))
    }
    add(field: "end of folder")
  }

  /// Adds a file of any length, piece by piece.
  mutating func add(contentOf path: String) throws(GraderFault) {
    let file = try Descriptor.opened(path)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(file.number, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw GraderFault(.cannot(.read, path, .last)) }
      if count == 0 { return }
      add(buffer[..<count])
    }
  }

  /// The digest as 64 hexadecimal digits; feeding ends with it.
  package consuming func hex() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    precondition(EVP_DigestFinal_ex(context, &bytes, nil) == 1, "SHA-256")
    return bytes.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }

  /// The digest of some bytes.
  package static func hex(of bytes: some Collection<UInt8>) -> String {
    var digest = Digest()
    digest.add(bytes)
    return digest.hex()
  }
}
