import CourseKit
import Foundation
import LectureEngine
import XCTest

final class ImageFileTests: XCTestCase {
  /// Two images of 2 x 3 and their labels, 7 and 1.
  private let images: [UInt8] = [
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 51, 255, 1, 2, 3, 9, 8, 7, 6, 5, 4,
  ]
  private let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 1]

  func testReadsPlainAndCompressedFiles() throws {
    let folder = try TemporaryFolder()
    for name in ["plain", "packed"] {
      var (imagePath, labelPath) = (
        try folder.write("\(name)-images", images), try folder.write("\(name)-labels", labels)
      )
      if name == "packed" { (imagePath, labelPath) = (try gzip(imagePath), try gzip(labelPath)) }
      let set = try ImageSet.idx(images: imagePath, labels: labelPath)
      XCTAssertEqual([set.count, set.channels, set.rows, set.columns], [2, 1, 2, 3])
      XCTAssertEqual(set.labels, [7, 1])
      XCTAssertEqual(set.bytes, Array(images[16...]))
      let x: Tensor<Float> = set.images(at: [1, 0])
      XCTAssertEqual(x.shape, [2, 1, 2, 3])
      XCTAssertEqual(x[1, 0, 0, 1], (51 / 255 - 0.1307) / 0.3081)
      XCTAssertEqual(set.labels(at: [1, 0]), [1, 7])
    }
  }

  func testSubsetIsCourseKitsOwn() throws {
    let set = try ImageSet.mnist(.test)
    let digits = try MNIST.test()
    XCTAssertEqual(set.labels, digits.labels)
    let indices = [0, 999, 17]
    XCTAssertEqual(set.rows(at: indices, of: Float.self), digits.images(at: indices))
    XCTAssertEqual(set.rows(at: indices, of: Double.self), digits.images(at: indices))
    XCTAssertEqual(set.prefix(20).rows(at: [17], of: Float.self), digits.images(at: [17]))
  }

  func testFindsTheCompressedFilesOfAFolder() throws {
    let folder = try TemporaryFolder()
    _ = try gzip(folder.write("t10k-images-idx3-ubyte", images))
    _ = try folder.write("t10k-labels-idx1-ubyte", labels)
    XCTAssertEqual(try ImageSet.mnist(.test, in: folder.path).labels, [7, 1])
    XCTAssertThrowsError(try ImageSet.mnist(.training, in: folder.path)) { error in
      let path = "\(folder.path)/train-images-idx3-ubyte"
      XCTAssertEqual("\(error)", "\(path): No such file or directory")
    }
  }

  func testFindsFilesWithADotInTheirNames() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("t10k-images.idx3-ubyte", images)
    _ = try gzip(folder.write("t10k-labels.idx1-ubyte", labels))
    XCTAssertEqual(try ImageSet.mnist(.test, in: folder.path).labels, [7, 1])
    // The usual name comes first where both are there.
    _ = try folder.write("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 3, 4])
    XCTAssertEqual(try ImageSet.mnist(.test, in: folder.path).labels, [3, 4])
  }

  func testWrongFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    let imagePath = try folder.write("images", images)
    let labelPath = try folder.write("labels", labels)
    XCTAssertEqual(
      message { try ImageSet.idx(images: labelPath, labels: labelPath) },
      "\(labelPath) starts with 0x801 and not with 0x803: is it another file, images in place of "
        + "labels?"
    )
    let short = try folder.write("short", images.dropLast())
    XCTAssertEqual(
      message { try ImageSet.idx(images: short, labels: labelPath) },
      "\(short) is cut off: it has 27 bytes, its header promises 28"
    )
    let one = try folder.write("one", [0, 0, 8, 1, 0, 0, 0, 1, 7])
    XCTAssertEqual(
      message { try ImageSet.idx(images: imagePath, labels: one) },
      "\(imagePath) holds 2 images, but \(one) holds 1 labels: do they belong together?"
    )
    let bad = try folder.write("bad", [0, 0, 8, 1, 0, 0, 0, 2, 7, 10])
    XCTAssertEqual(
      message { try ImageSet.idx(images: imagePath, labels: bad) },
      "\(bad): label 1 is 10, not one of the digits 0 to 9"
    )
    XCTAssertEqual(
      message { try ImageSet.idx(images: folder.path, labels: labelPath) },
      "\(folder.path): Is a directory"
    )
  }

  func testBrokenCompressionIsNamed() throws {
    let folder = try TemporaryFolder()
    // Long enough that the cut is not in the header.
    let noise = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 2_654_435_761 >> 13) }
    let packed = try Data(contentsOf: URL(filePath: gzip(folder.write("noise", noise))))
    let labelPath = try folder.write("labels", labels)
    for cut in [30, packed.count / 2, packed.count - 4] {
      let path = try folder.write("cut.gz", Array(packed.prefix(cut)))
      XCTAssertEqual(
        message { try ImageSet.idx(images: path, labels: labelPath) },
        "\(path) is cut off in its compressed part: fetch it again"
      )
    }
    var damaged = Array(packed)
    damaged[damaged.count - 6] ^= 1
    let path = try folder.write("damaged.gz", damaged)
    let text = message { try ImageSet.idx(images: path, labels: labelPath) }
    XCTAssertEqual(text?.contains("cannot be unpacked"), true, text ?? "no error")
  }

  func testReadsCIFAR10() throws {
    let folder = try TemporaryFolder()
    let size = 3072
    let first: [UInt8] = [3] + (0..<size).map { UInt8($0 / 1024 * 100) }
    let second: [UInt8] = [9] + [UInt8](repeating: 255, count: size)
    for batch in 1...5 { _ = try folder.write("data_batch_\(batch).bin", first + second) }
    _ = try gzip(folder.write("test_batch.bin", second))
    let training = try ImageSet.cifar10(.training, in: folder.path)
    XCTAssertEqual(training.count, 10)
    XCTAssertEqual(training.labels, [3, 9, 3, 9, 3, 9, 3, 9, 3, 9])
    let x: Tensor<Float> = training.images(at: [0])
    XCTAssertEqual(x.shape, [1, 3, 32, 32])
    XCTAssertEqual(x[0, 0, 31, 31], (0 - 0.4914) / 0.2470)
    XCTAssertEqual(x[0, 1, 0, 0], (100.0 / 255 - 0.4822) / 0.2435)
    XCTAssertEqual(x[0, 2, 5, 7], (200.0 / 255 - 0.4465) / 0.2616)
    XCTAssertEqual(try ImageSet.cifar10(.test, in: folder.path).labels, [9])

    let cut = try folder.write("cut.bin", Array(first.dropLast(100)))
    XCTAssertEqual(
      message { try ImageSet.cifar10(files: [cut]) },
      "\(cut) has 2973 bytes, which is not one or more whole records of 3073: is it cut off, or "
        + "another file?"
    )
    let empty = try folder.write("empty.bin", [])
    let text = message { try ImageSet.cifar10(files: [empty]) }
    XCTAssertEqual(text?.contains("has 0 bytes"), true, text ?? "no error")
    let wrong = try folder.write("wrong.bin", second + [12] + first.dropFirst())
    XCTAssertEqual(
      message { try ImageSet.cifar10(files: [wrong]) },
      "\(wrong): label 1 is 12, but there are 10 classes, from 0"
    )
  }

  func testCIFAR10IsWhatNumPyWrote() throws {
    let set = try ImageSet.cifar10(files: [goldenPath("cifar10.bin")])
    let golden = try golden("numpy.safetensors")
    XCTAssertEqual(set.labels, [6, 0, 9])
    let images: Tensor<Float> = try golden.tensor("cifar10/images")
    XCTAssertEqual(set.images(at: [0, 1, 2], of: Float.self), images)
  }

  /// Compresses a file by the system's own program; the plain file is gone.
  private func gzip(_ path: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "--no-name", path]
    try process.run()
    process.waitUntilExit()
    XCTAssertEqual(process.terminationStatus, 0)
    return path + ".gz"
  }
}
