import Foundation
import Testing

/// `swift run train` of a3's handout.
@Suite struct WatchTrainingTests {
  @Test(.beyondTheSample()) func stubIsNamedWithItsFileAndEarlierLossesStay() throws {
    let student = try StudentFolder(of: "a3-two-hidden-layers")
    try student.write("2.3\n", to: "earlier.txt")

    let stub = try student.run("swift run train --losses earlier.txt")
    #expect(stub.status == 1)
    #expect(
      stub.output
        == "initialize is not implemented yet: Sources/TwoHiddenLayers/Initialization.swift\n"
    )
    let losses = URL(filePath: student.path("earlier.txt"))
    #expect(try String(contentsOf: losses, encoding: .utf8) == "2.3\n")

    // It is found out before the first function is called.
    let unwritable = try student.run("swift run train --losses missing/losses.txt")
    #expect(unwritable.status == 1)
    #expect(unwritable.output == "missing/losses.txt: No such file or directory\n")
  }
  @Test(.beyondTheSample()) func lossesThatCannotBeWrittenAreTold() throws {
    let student = try StudentFolder(of: "a3-two-hidden-layers")
    let solution = "'\(Repository.root)/reference/a3-two-hidden-layers/Solution/Sources'"
    try #require(try student.run("cp -r \(solution) .").status == 0)

    let full = try student.run("swift run train --epochs 1 --losses /dev/full")
    #expect(full.status == 1)
    #expect(full.output.hasSuffix("/dev/full: No space left on device\n"))
  }
}
