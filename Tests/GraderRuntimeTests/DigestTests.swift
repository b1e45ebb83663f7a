import GraderRuntime
import Testing

/// SHA-256 by the vectors of FIPS 180-2, in one piece and in many.
@Suite struct DigestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func vector(text: String, digest: String) {
    #expect(Digest.hex(of: Array(text.utf8)) == digest)
    var pieces = Digest()
    for byte in text.utf8 { pieces.add(CollectionOfOne(byte)) }
    #expect(pieces.hex() == digest)
  }

  @Test func aMillionLetters() {
    var digest = Digest()
    for _ in 0..<1000 { digest.add([UInt8](repeating: 0x61, count: 1000)) }
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(digest.hex() == expected)
  }

  @Test func collectionsWithoutStorage() {
    let lazy = (0..<300).lazy.map { UInt8(truncatingIfNeeded: $0) }
    #expect(Digest.hex(of: lazy) == Digest.hex(of: Array(lazy)))
  }

  /// Fields are told apart wherever one ends and the next begins.
  @Test func fieldsAreNotJoined() {
    func digest(_ fields: String...) -> String {
      var digest = Digest()
      for field in fields { digest.add(field: field) }
      return digest.hex()
    }
    let all = [
      digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest("", "abc"),
      digest("2:ab", "1:c"), digest("1:a2:bc"),
    ]
    #expect(Set(all).count == all.count)
    #expect(digest("ab", "c") == digest("ab", "c"))
  }
}
