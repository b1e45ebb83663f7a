import CourseKit
import LectureEngine
import XCTest

/// Headers as a stranger might write them; each has one clear answer.
final class HostileHeaderTests: XCTestCase {
  func testSoundHeaders() {
    XCTAssertNil(refusal("{}"))
    XCTAssertNil(refusal("{}      \n\t "))
    XCTAssertNil(refusal(#"{"__metadata__":{}}"#))
    XCTAssertNil(refusal(#"{ "a" : \#(entry([2], 0, 8)) , "b":\#(entry([0, 9], 8, 8))}"#, bytes: 8))
    // Numbers may begin at any byte: they are copied, not pointed at.
    XCTAssertNil(refusal(#"{"a":\#(entry([1], 0, 1, "U8")),"b":\#(entry([1], 1, 5))}"#, bytes: 5))
    XCTAssertNil(refusal(#"{"\u0061\ud83e\udd89\/":\#(entry([], 0, 4))}"#, bytes: 4))
  }

  func testLengths() {
    XCTAssertEqual(
      message { try Safetensors(content: [1, 2, 3]) },
      "it is cut off, or is no safetensors file: 3 bytes, where the header alone needs 8"
    )
    XCTAssertEqual(
      message { try Safetensors(content: [9, 0, 0, 0, 0, 0, 0, 0, 0x7b]) },
      "it is cut off, or is no safetensors file: 9 bytes, where the header alone needs 17"
    )
    for top: UInt8 in [0x7f, 0x80, 0xff] {
      let content = [UInt8](repeating: 0xff, count: 7) + [top, 0x7b, 0x7d]
      let claimed = UInt64(top) << 56 | (1 << 56 - 1)
      XCTAssertEqual(
        message { try Safetensors(content: content) },
        "its header claims \(claimed) bytes; the format allows 100000000: "
          + "is it a safetensors file?"
      )
    }
    XCTAssertEqual(
      message { try Safetensors(content: [0, 0, 0, 0, 0, 0, 0, 0]) },
      "byte 0 of the header: expected {"
    )
  }

  func testPlaces() {
    let a = #"{"a":"#
    XCTAssertEqual(
      refusal(#"\#(a)\#(entry([2], 0, 4))}"#, bytes: 4),
      "\"a\" has 4 bytes, but its shape and type need 8"
    )
    XCTAssertEqual(
      refusal(#"\#(a)\#(entry([1], 4, 0))}"#, bytes: 4),
      "\"a\" ends at byte 0, before it begins at 4"
    )
    XCTAssertEqual(
      refusal(#"\#(a)\#(entry([2], 0, 8)),"b":\#(entry([2], 4, 12))}"#, bytes: 12),
      "\"b\" begins at byte 4, inside the tensor before it, which ends at 8"
    )
    XCTAssertEqual(
      refusal(#"\#(a)\#(entry([2], 0, 8)),"b":\#(entry([2], 0, 8))}"#, bytes: 8),
      "\"b\" begins at byte 0, inside the tensor before it, which ends at 8"
    )
    XCTAssertEqual(
      refusal(#"\#(a)\#(entry([2], 0, 8)),"b":\#(entry([1], 12, 16))}"#, bytes: 16),
      "\"b\" begins at byte 12, but the tensors before it end at 8"
    )
    XCTAssertEqual(
      refusal(#"\#(a)\#(entry([2], 0, 8))}"#, bytes: 7),
      "7 bytes follow the header, but its tensors take 8: it is cut off"
    )
    XCTAssertEqual(
      refusal(#"\#(a)\#(entry([2], 0, 8))}"#, bytes: 9),
      "9 bytes follow the header, but its tensors take 8"
    )
  }

  func testSizesBeyondCounting() {
    XCTAssertEqual(
      refusal(#"{"a":\#(entry([1 << 40, 1 << 40], 0, 0))}"#),
      "\"a\" claims the shape [1099511627776, 1099511627776], which no file can hold"
    )
    // Though its last extent makes it empty, as the format's own library has it.
    XCTAssertEqual(
      refusal(#"{"a":\#(entry([1 << 40, 1 << 40, 0], 0, 0))}"#),
      "\"a\" claims the shape [1099511627776, 1099511627776, 0], which no file can hold"
    )
    XCTAssertEqual(
      refusal(#"{"a":\#(entry([Int.max], 0, 0))}"#),
      "\"a\" claims the shape [9223372036854775807], which no file can hold"
    )
    XCTAssertEqual(
      refusal(#"{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,0]}}"#),
      "byte 47 of the header: expected a number below 2^63"
    )
    XCTAssertEqual(
      refusal(#"{"a":\#(entry([0], Int.max, Int.max))}"#),
      "\"a\" begins at byte 9223372036854775807, but the tensors before it end at 0"
    )
  }

  func testNamesAndTypes() {
    let x = entry([], 0, 4)
    XCTAssertEqual(refusal(#"{"a":\#(x),"\u0061":\#(x)}"#, bytes: 4), "the header has \"a\" twice")
    XCTAssertEqual(
      refusal(#"{"__metadata__":{"k":"1","k":"2"}}"#),
      "the header has \"k\" twice"
    )
    XCTAssertEqual(
      refusal(#"{"a":\#(entry([], 0, 4, "f32"))}"#, bytes: 4),
      "\"a\" has the unknown type \"f32\""
    )
  }

  func testATensorThatCannotBeComputedWithIsRefusedAlone() throws {
    for (type, shape, size) in [
      ("F8_E4M3", [4], 4), ("F8_E5M2", [4], 4), ("F8_E8M0", [3], 3), ("F8_E4M3FNUZ", [1], 1),
      ("F8_E5M2FNUZ", [1], 1), ("C64", [2], 16), ("F4", [3, 2], 3), ("F6_E2M3", [4], 3),
      ("F6_E3M2", [8], 6),
    ] {
      let header =
        #"{"s":\#(entry(shape, 0, size, type)),"a":\#(entry([1], size, size + 4))}"#
      let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
      let numbers = [UInt8](repeating: 0, count: size) + [0, 0, 0x40, 0x40]
      let file = try Safetensors(content: length + Array(header.utf8) + numbers)
      XCTAssertEqual(try file.tensor("a", of: Float.self), Tensor([3]))
      XCTAssertEqual(file["s"]?.shape, shape)
      XCTAssertEqual(
        message { try file.tensor("s", of: Float.self) },
        "\"s\" holds numbers of type \(type), which the engine cannot compute with"
      )
    }
    XCTAssertEqual(
      refusal(#"{"a":\#(entry([3], 0, 2, "F4"))}"#, bytes: 2),
      "\"a\" takes 12 bits, which are no whole bytes"
    )
  }

  func testKeysThatTheFormatDoesNotKnowArePassedOver() {
    for value in [
      "\"x\"", "-1.5e3", "null", "true", "{}", "[]", #"{"k":[1,{"m":[null]}],"n":"]"}"#,
    ] {
      let known = #""dtype":"F32","shape":[1],"data_offsets":[0,4]"#
      XCTAssertNil(refusal(#"{"a":{"note":\#(value),\#(known)}}"#, bytes: 4), value)
      XCTAssertNil(refusal(#"{"a":{\#(known), "note" : \#(value) }}"#, bytes: 4), value)
    }
    let deep = String(repeating: "[", count: 1_000_000)
    XCTAssertNotNil(refusal(#"{"a":{"note":\#(deep)"#))
  }

  func testWhatIsNoHeader() {
    let expected = [
      "": "byte 0 of the header: expected {",
      " {}": "byte 0 of the header: expected {",
      "[]": "byte 0 of the header: expected {",
      "{": "byte 1 of the header: expected \"",
      "{}x": "byte 2 of the header: expected the end of the header",
      "{}\0": "byte 2 of the header: expected the end of the header",
      #"{"a""#: "byte 4 of the header: expected :",
      #"{"a"#: "byte 3 of the header: expected \"",
      #"{"a":1}"#: "byte 5 of the header: expected {",
      #"{"a":{}}"#: "byte 5 of the header: expected dtype, shape and two data_offsets",
      #"{"a":{"size":1}}"#: "byte 5 of the header: expected dtype, shape and two data_offsets",
      #"{"a":{"size":}}"#: "byte 13 of the header: expected a value",
      #"{"a":{"size":[1}"#: "byte 16 of the header: expected }",
      #"{"a":{"dtype":"F32","dtype":"F32"}}"#:
        "byte 28 of the header: expected dtype, shape and data_offsets",
      #"{"__metadata__":{"k":1}}"#: "byte 21 of the header: expected \"",
      "{\"a\n\":{}}": "byte 4 of the header: expected no control character in a string",
      #"{"\x":{}}"#: "byte 4 of the header: expected an escape that JSON knows",
      #"{"\u12g4":{}}"#: "byte 7 of the header: expected four hexadecimal digits",
      #"{"\ud800":{}}"#: "byte 9 of the header: expected a character",
    ]
    for (header, answer) in expected { XCTAssertEqual(refusal(header), answer, header) }
    XCTAssertEqual(
      message {
        try Safetensors(
          content: [6, 0, 0, 0, 0, 0, 0, 0] + Array("{\"".utf8) + [0xff, 0xfe, 0x22, 0x7d]
        )
      },
      "byte 5 of the header: expected text in UTF-8"
    )
  }

  func testNumbersThatAreNoCounts() {
    for number in ["-1", "1.5", "1e3", "01", "", "null", "\"1\"", "[1]", "٣"] {
      let header = #"{"a":{"dtype":"F32","shape":[\#(number),2],"data_offsets":[0,0]}}"#
      XCTAssertNotNil(refusal(header), number)
    }
    for offsets in ["[]", "[0]", "[0,0,0]", "0", "{}"] {
      let header = #"{"a":{"dtype":"F32","shape":[0],"data_offsets":\#(offsets)}}"#
      XCTAssertNotNil(refusal(header), offsets)
    }
  }

  func testDeepNestingIsRefusedAtItsFirstBracket() {
    let deep = String(repeating: "[", count: 1_000_000)
    XCTAssertEqual(
      refusal(#"{"a":{"dtype":"F32","shape":[\#(deep)"#),
      "byte 29 of the header: expected a whole number, not negative"
    )
  }

  func testEveryTruncationIsRefused() throws {
    let whole = try golden("format.safetensors").content
    for length in 0..<whole.count {
      XCTAssertNotNil(message { try Safetensors(content: Array(whole[..<length])) }, "\(length)")
    }
  }

  func testNoChangedByteStopsTheProgram() throws {
    let whole = try golden("format.safetensors").content
    for index in 0..<700 {
      for byte: UInt8 in [0, 0x22, 0x30, 0x5b, 0x7b, 0xff] {
        var changed = whole
        changed[index] = byte
        guard let file = try? Safetensors(content: changed) else { continue }
        for entry in file.entries where entry.type.isReal {
          XCTAssertEqual(
            try file.tensor(entry.name, of: Float.self).count,
            entry.shape.reduce(1, *)
          )
        }
      }
    }
  }
}

/// The answer to a header with so many bytes behind it; nil if it is taken.
private func refusal(_ header: String, bytes: Int = 0) -> String? {
  let text = Array(header.utf8)
  let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
  return message {
    try Safetensors(content: length + text + [UInt8](repeating: 0, count: bytes))
  }
}

private func entry(_ shape: [Int], _ begin: Int, _ end: Int, _ type: String = "F32") -> String {
  #"{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(begin),\#(end)]}"#
}
