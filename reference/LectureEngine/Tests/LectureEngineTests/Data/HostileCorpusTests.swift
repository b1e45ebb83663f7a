import CourseKit
import Foundation
import LectureEngine
import XCTest

/// Strangers' files, from the corpora of `.ci/fuzz`: each is read or refused, and so are all that
/// differ from it in one bit, or end early.
final class HostileCorpusTests: XCTestCase {
  private static let corpora = (0..<6).reduce(URL(filePath: #filePath)) { url, _ in
    url.deletingLastPathComponent()
  }.appending(path: "Tests/Fixtures/fuzz")

  /// The names of the files that are read, after all neighbours of all files were tried.
  private func accepted(in corpus: String, by read: ([UInt8]) -> Bool) throws -> [String] {
    let folder = Self.corpora.appending(path: corpus)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    XCTAssertGreaterThan(names.count, 5)
    return try names.filter { name in
      let file = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      for place in file.indices {
        _ = read(Array(file[..<place]))
        for bit in 0..<8 {
          var neighbour = file
          neighbour[place] ^= 1 << UInt8(bit)
          _ = read(neighbour)
        }
      }
      return read(file)
    }
  }

  func testSafetensors() throws {
    let names = try accepted(in: "safetensors") { bytes in
      guard let file = try? Safetensors(content: bytes) else { return false }
      for entry in file.entries {
        guard let tensor = try? file.tensor(entry.name, of: Float.self) else { continue }
        XCTAssertEqual(tensor.shape, entry.shape)
      }
      return true
    }
    XCTAssertEqual(names, ["empty", "escapes", "halves", "metadata", "nothing-large", "sound"])
  }

  func testImagesAndLabels() throws {
    let names = try accepted(in: "idx") { bytes in
      [1, 3].contains { axes in
        guard let file = try? IDXFile(content: bytes, axes: axes, path: "f") else { return false }
        XCTAssertEqual(file.extents.reduce(1, *), file.bytes.count)
        return true
      }
    }
    XCTAssertEqual(names, ["images", "labels", "none"])
  }
}
