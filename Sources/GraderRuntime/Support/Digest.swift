import CCrypto
import GraderCore

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
