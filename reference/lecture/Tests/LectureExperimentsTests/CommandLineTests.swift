import Foundation
import XCTest

/// What the program says and how it ends.
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
    ] {
      let (status, output) = try Program.run(["run", "transcripts"] + arguments)
      XCTAssertNotEqual(status, 0, "\(arguments)")
      XCTAssertTrue(output.contains(says), output)
    }
  }

  func testAFolderThatCannotBeWrittenIsSaidBeforeTheWork() throws {
    let (status, output) = try Program.run(["all", "--output", "/dev/null/x"])
    XCTAssertNotEqual(status, 0)
    XCTAssertFalse(output.contains("[1/"), output)
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
