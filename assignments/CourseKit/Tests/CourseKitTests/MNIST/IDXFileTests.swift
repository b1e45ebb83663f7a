import CourseKit
import Foundation
import XCTest

final class IDXFileTests: XCTestCase {
  private var folder = URL(filePath: "/")

  override func setUpWithError() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "idx-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  override func tearDownWithError() throws {
    try FileManager.default.removeItem(at: folder)
  }

  func testReadsExtentsAndBytes() throws {
    let path = try write(header(3, [2, 1, 3]) + [1, 2, 3, 4, 5, 6])
    let file = try IDXFile(path: path, axes: 3)
    XCTAssertEqual(file.extents, [2, 1, 3])
    XCTAssertEqual(file.bytes, [1, 2, 3, 4, 5, 6])
  }

  func testAFileOfNothingIsFine() throws {
    let path = try write(header(1, [0]))
    XCTAssertEqual(try IDXFile(path: path, axes: 1).bytes, [])
  }

  func testWrongMagic() throws {
    let path = try write(header(1, [6]) + [1, 2, 3, 4, 5, 6])
    expect(.wrongMagic(path: path, found: 0x801, expected: 0x803), path: path, axes: 3)
  }

  func testCutOff() throws {
    let path = try write(header(3, [2, 1, 3]) + [1, 2, 3, 4, 5])
    expect(.wrongSize(path: path, found: 21, expected: 22), path: path, axes: 3)
  }

  func testCutOffInTheHeader() throws {
    for count in [0, 3, 4, 15] {
      let path = try write(Array(header(3, [2, 1, 3]).prefix(count)))
      expect(.wrongSize(path: path, found: count, expected: 16), path: path, axes: 3)
    }
  }

  func testTooLong() throws {
    let path = try write(header(1, [2]) + [1, 2, 3])
    expect(.wrongSize(path: path, found: 11, expected: 10), path: path, axes: 1)
  }

  func testUnreasonableExtents() throws {
    let path = try write(header(3, [0xffff_ffff, 0xffff_ffff, 0xffff_ffff]))
    let extents = [Int](repeating: 0xffff_ffff, count: 3)
    expect(.unreasonableExtents(path: path, extents: extents), path: path, axes: 3)
  }

  func testCompressed() throws {
    let path = try write([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
    expect(.compressed(path: path), path: path, axes: 3)
    let missing = folder.appending(path: "labels").path
    try Data().write(to: URL(filePath: missing + ".gz"))
    expect(.compressed(path: missing + ".gz"), path: missing, axes: 1)
  }

  func testNoSuchFile() {
    let path = folder.appending(path: "none").path
    expect(.unreadable(path: path, reason: "No such file or directory"), path: path, axes: 1)
  }

  func testImagesAndLabelsMustBelongTogether() throws {
    let images = try write(header(3, [2, 1, 1]) + [1, 2], as: "images")
    let labels = try write(header(1, [3]) + [1, 2, 3], as: "labels")
    XCTAssertThrowsError(try Digits(images: images, labels: labels)) {
      let expected = IDXError.countMismatch(
        images: images,
        imageCount: 2,
        labels: labels,
        labelCount: 3
      )
      XCTAssertEqual($0 as? IDXError, expected)
    }
  }

  func testLabelsAreDigits() throws {
    let images = try write(header(3, [2, 1, 1]) + [1, 2], as: "images")
    let labels = try write(header(1, [2]) + [9, 10], as: "labels")
    XCTAssertThrowsError(try Digits(images: images, labels: labels)) {
      let expected = IDXError.labelOutOfRange(path: labels, index: 1, label: 10)
      XCTAssertEqual($0 as? IDXError, expected)
    }
  }

  func testMessagesSayWhatToDo() {
    XCTAssertEqual(
      "\(IDXError.wrongSize(path: "x", found: 21, expected: 22))",
      "x is cut off: it has 21 bytes, its header promises 22"
    )
    XCTAssertEqual(
      "\(IDXError.wrongSize(path: "x", found: 24, expected: 22))",
      "x has 24 bytes, 2 more than its header says"
    )
    XCTAssertEqual(
      "\(IDXError.wrongMagic(path: "x", found: 0x801, expected: 0x803))",
      "x starts with 0x801 and not with 0x803: is it another file, images in place of labels?"
    )
    XCTAssertEqual(
      "\(IDXError.compressed(path: "x.gz"))",
      "x.gz is compressed: unpack it first, with gunzip"
    )
  }

  // MARK: Files

  private func header(_ axes: UInt32, _ extents: [UInt32]) -> [UInt8] {
    ([0x800 | axes] + extents).flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
  }

  private func write(_ bytes: [UInt8], as name: String = "file") throws -> String {
    let url = folder.appending(path: name)
    try Data(bytes).write(to: url)
    return url.path
  }

  private func expect(
    _ expected: IDXError,
    path: String,
    axes: Int,
    file: StaticString = #filePath,
    line: UInt = #line
  ) {
    XCTAssertThrowsError(try IDXFile(path: path, axes: axes), file: file, line: line) {
      XCTAssertEqual($0 as? IDXError, expected, file: file, line: line)
    }
  }
}
