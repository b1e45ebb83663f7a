import Foundation
import XCTest

/// The program's words and exit status.
final class CommandLineTests: XCTestCase {
  func testListNamesEveryExperimentOnALine() throws {
    let (status, output) = try Program.run(["list"])
    XCTAssertEqual(status, 0)
    let lines = output.split(separator: "\n")
    XCTAssertTrue(lines.first?.contains("transcripts") == true, output)
    XCTAssertGreaterThan(lines.count, 20)
  }

  func testUnknownNameIsRefusedWithTheNames() throws {
    let (status, output) = try Program.run(["run", "nothing"])
    XCTAssertEqual(status, 64)
    XCTAssertTrue(output.contains("There is no experiment 'nothing'. The names: transcripts, "))
  }

  func testSettingsOfTheTranscriptsBelongToThem() throws {
    let (status, output) = try Program.run(["run", "one-layer", "--scale", "2"])
    XCTAssertEqual(status, 64)
    XCTAssertTrue(output.contains("belong to 'transcripts'"), output)
  }

  func testImpossibleSettingsAreRefused() throws {
    for (arguments, says) in [
      (["--batch", "0"], "--batch must be at least 1."),
      (["--epochs", "-1"], "--epochs"),
      (["--rate", "nan"], "--rate must be a number that is not negative."),
      (["--scale", "inf"], "--scale must be a number that is not negative."),
      (["--hidden", "1000000"], "--hidden must be at most 100000."),
      (["--seed", "4294967296"], "--seed must be below 2^32"),
      (["--mnist", "/nowhere"], "/nowhere/train-images-idx3-ubyte"),
      (["--output", ""], "--output must name a folder."),
    ] {
      let (status, output) = try Program.run(["run", "transcripts"] + arguments)
      XCTAssertNotEqual(status, 0, "\(arguments)")
      XCTAssertTrue(output.contains(says), output)
    }
  }

  func testAFolderThatCannotBeWrittenIsSaidBeforeTheWork() throws {
    for (folder, reason) in [
      ("/dev/null/x", "Not a directory"), ("/dev/null", "File exists"),
      ("/proc", "No such file or directory"),
    ] {
      let (status, output) = try Program.run(["all", "--output", folder])
      XCTAssertEqual(status, 64)
      let sentence = "Error: --output \(folder): no page can be written there (\(reason)).\n"
      XCTAssertTrue(output.hasPrefix(sentence), output)
    }
  }

  /// Experiments count on the size of the digits, and on having enough of them.
  func testDigitsThatCannotBeUsedAreRefused() throws {
    for (count, side) in [(7, 28), (0, 28), (1000, 10)] {
      let folder = try digits(count, side)
      defer { try? FileManager.default.removeItem(at: folder) }
      let (status, output) = try Program.run([
        "run", "pooling", "--mnist", folder.path(), "--output", folder.path(),
      ])
      XCTAssertEqual(status, 1)
      let found = "has a part of \(count) images of \(side) × \(side) pixels; the experiments need"
      XCTAssertTrue(output.contains(found), output)
    }
  }

  /// A folder like MNIST's, of blank squares that are all called 3.
  private func digits(_ count: Int, _ side: Int) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "lecture-digits-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func header(_ kind: UInt8, _ extents: [Int]) -> Data {
      Data([0, 0, 8, kind]) + extents.flatMap { [0, 0, UInt8($0 >> 8), UInt8($0 & 255)] }
    }
    for part in ["train", "t10k"] {
      let images = header(3, [count, side, side]) + Data(count: count * side * side)
      try images.write(to: folder.appending(component: "\(part)-images-idx3-ubyte"))
      let labels = header(1, [count]) + Data(repeating: 3, count: count)
      try labels.write(to: folder.appending(component: "\(part)-labels-idx1-ubyte"))
    }
    return folder
  }

  func testOwnRunPrintsItsLinesAndWritesItsPage() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "lecture-run-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, output) = try Program.run([
      "run", "transcripts", "--scale", "0.1", "--hidden", "20", "--batch", "50", "--epochs", "2",
      "--output", folder.path(),
    ])
    XCTAssertEqual(status, 0, output)
    XCTAssertTrue(output.contains("784-20-10, scale 0.1, batches of 50"), output)
    XCTAssertTrue(output.contains("After epoch 2"), output)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
    XCTAssertEqual(files, ["index.html", "transcripts-curve.svg"])
  }
}
