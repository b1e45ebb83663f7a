import CourseKit
import Foundation
import LectureEngine
import XCTest

final class SafetensorsTests: XCTestCase {
  func testReadsWhatTheFormatsOwnLibraryWrote() throws {
    let file = try golden("format.safetensors")
    XCTAssertEqual(
      file.metadata,
      ["made with": "PyTorch 2.13.0+cpu, safetensors 0.8.0"]
    )
    XCTAssertEqual(
      try file.tensor("f64"),
      Tensor<Double>([[0.1, -1e300, .leastNonzeroMagnitude], [.infinity, 0, -0.0]])
    )
    XCTAssertEqual(
      try file.tensor("f32"),
      Tensor<Float>([[1.5, -2.25], [0.1, 2 * .leastNonzeroMagnitude], [3.4e38, 0]])
    )
    XCTAssertEqual(
      try file.tensor("f16"),
      Tensor<Float>([1.5, -65504, 5.9604645e-08, 0.099975586])
    )
    XCTAssertEqual(try file.tensor("bf16"), Tensor<Float>([1.5, -0x1.c4p127, 0.10009765625]))
    XCTAssertEqual(try file.tensor("scalar"), Tensor<Float>(shape: [], scalars: [2.5]))
    XCTAssertEqual(try file.tensor("empty"), Tensor<Float>.zeros(0, 3))
    XCTAssertEqual(try file.tensor("quote \" slash \\ tab \t bell \u{7}"), Tensor<Float>([1]))
    XCTAssertEqual(try file.tensor("αβγ 🦉"), Tensor<Float>([2]))
  }

  func testWidensAndRounds() throws {
    let file = try golden("format.safetensors")
    XCTAssertEqual(try file.tensor("f32", of: Double.self).scalars[2], Double(Float(0.1)))
    XCTAssertEqual(try file.tensor("f64", of: Float.self).scalars[0], 0.1)
    XCTAssertEqual(try file.tensor("f64", of: Float.self).scalars[1], -.infinity)
  }

  func testWritesTheBytesOfTheFormatsOwnLibrary() throws {
    let file = try golden("format-f32.safetensors")
    let tensors = try file.entries.reversed().map {
      (name: $0.name, value: try file.tensor($0.name, of: Float.self))
    }
    let written = try Safetensors(tensors, metadata: ["text": "a \"b\"\n\tc\u{1}"])
    XCTAssertEqual(written.content, file.content)
  }

  func testNumbersAreAlignedWhateverTheNames() throws {
    for length in 1...9 {
      let name = String(repeating: "x", count: length)
      let file = try Safetensors([(name: name, value: Tensor<Double>([1, 2, 3]))])
      XCTAssertEqual((file.content.count - 24) % 8, 0)
      XCTAssertEqual(try file.tensor(name), Tensor<Double>([1, 2, 3]))
    }
  }

  func testKeepsEveryBitOfBothScalarTypes() throws {
    let single = Tensor<Float>([.pi, -0.0, .leastNonzeroMagnitude, .infinity, .ulpOfOne])
    let double = Tensor<Double>([.pi, -0.0, .leastNonzeroMagnitude, .infinity, .ulpOfOne])
    XCTAssertEqual(
      try Safetensors([(name: "x", value: single)]).tensor("x", of: Float.self).scalars
        .map(\.bitPattern),
      single.scalars.map(\.bitPattern)
    )
    XCTAssertEqual(
      try Safetensors([(name: "x", value: double)]).tensor("x", of: Double.self).scalars
        .map(\.bitPattern),
      double.scalars.map(\.bitPattern)
    )
    let nan = try Safetensors([(name: "x", value: Tensor<Float>([.nan]))])
    XCTAssert(try nan.tensor("x", of: Float.self)[0].isNaN)
  }

  func testFilesComeBackFromTheDisk() throws {
    let folder = NSTemporaryDirectory() + "safetensors-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/weights.safetensors"
    let first = try Safetensors([(name: "a", value: Tensor<Float>([1, 2]))])
    try first.write(to: path)
    let second = try Safetensors([(name: "b", value: Tensor<Double>([[3]]))], metadata: ["k": "v"])
    try second.write(to: path)

    let read = try Safetensors(path: path)
    XCTAssertEqual(read.content, second.content)
    XCTAssertEqual(read.metadata, ["k": "v"])
    XCTAssertEqual(
      try FileManager.default.contentsOfDirectory(atPath: folder),
      ["weights.safetensors"]
    )
    XCTAssertEqual(
      message { try first.write(to: folder + "/none/weights.safetensors") },
      folder + "/none/weights.safetensors: cannot be written: No such file or directory"
    )
    XCTAssertEqual(
      message { try Safetensors(path: folder + "/none") },
      folder + "/none: cannot be read: No such file or directory"
    )
    XCTAssertEqual(
      message { try Safetensors(path: folder) },
      folder + ": cannot be read: Is a directory"
    )
  }

  func testRefusesNamesThatTheFormatCannotHold() throws {
    let x = Tensor<Float>([1])
    XCTAssertEqual(
      message { try Safetensors([(name: "x", value: x), (name: "x", value: x)]) },
      "the header has \"x\" twice"
    )
    XCTAssertEqual(
      message { try Safetensors([(name: "__metadata__", value: x)]) },
      "no tensor can have the name \"__metadata__\": the format keeps it"
    )
  }

  func testIntegersAreNoWeights() throws {
    let file = try golden("format.safetensors")
    XCTAssertEqual(
      message { try file.tensor("i64", of: Float.self) },
      "\(goldenPath("format.safetensors")): \"i64\" holds numbers of type I64, "
        + "where real numbers are needed"
    )
  }
}
