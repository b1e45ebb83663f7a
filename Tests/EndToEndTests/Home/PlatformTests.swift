import Foundation
import Testing

/// The code that students build on other machines than this, as far as it can be tried here.
@Suite struct PlatformTests {
  private static let assignments = "\(Repository.root)/assignments"
  private static let kernels = "\(assignments)/CourseKit/Sources/CourseKitKernels"

  /// The kernels agree with plain loops; for arm64 under an emulator of its processor.
  @Test(arguments: [nil, "aarch64-linux-gnu"])
  func kernelsAgreeWithPlainLoops(target: String?) throws {
    let folder = try TemporaryFolder()
    let options = target.map { "--target=\($0) -static" } ?? ""
    let emulator = target == nil ? "" : "qemu-aarch64"
    let run = try Program.run(
      "/bin/sh",
      [
        "-ec",
        """
        clang \(options) -O3 -Wall -Wextra -Werror -I '\(Self.kernels)/include' -o kernels \
          '\(Self.kernels)'/*.c '\(Self.assignments)/CourseKit/Tests/kernels.c' -lm -lpthread
        \(emulator) ./kernels
        """,
      ],
      in: folder.path
    )
    let advice = ".ci/setup --tests installs gcc-aarch64-linux-gnu and qemu-user"
    #expect(run.status == 0, "\(run.output)\(run.errors)\(advice)")
    #expect(run.output.hasSuffix(" cases agree\n"), "\(run.output)")
    guard target != nil else { return }
    // Four numbers, or two, are multiplied and added at once: the tiles are not left to scalars.
    try folder.shell("aarch64-linux-gnu-objdump -d kernels > code; grep -q 'fmla.*[.]4s' code")
    try folder.shell("grep -q 'fmla.*[.]2d' code")
  }

  /// CourseKit and the programs of assignments know no name of the C library that Apple's has not.
  @Test func sourcesFitAppleSystems() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      Array("module CourseKitKernels { umbrella \"\(Self.kernels)/include\" export * }".utf8),
      to: "module.modulemap"
    )
    let fixture = "\(Repository.root)/Tests/Fixtures/Darwin/Darwin.swift"
    try compile("Darwin", ["-parse-as-library", fixture], in: folder)
    let strict = [
      "-swift-version", "6", "-enable-upcoming-feature", "InternalImportsByDefault",
      "-enable-upcoming-feature", "MemberImportVisibility",
    ]
    try compile(
      "CourseKit",
      strict + (try sources("CourseKit/Sources/CourseKit")),
      in: folder
    )
    let last = "a3-two-hidden-layers/Sources"
    try compile("TwoHiddenLayersTask", sources("\(last)/TwoHiddenLayersTask"), in: folder)
    try compile("TwoHiddenLayers", sources("\(last)/TwoHiddenLayers"), in: folder)
    try compile("Slides", sources("\(last)/Slides"), in: folder)
    try compile("WatchTraining", sources("\(last)/WatchTraining"), in: folder)
  }

  /// The stand-in hides what Apple's library does not have.
  @Test func standInHidesOtherNames() throws {
    let folder = try TemporaryFolder()
    let fixture = "\(Repository.root)/Tests/Fixtures/Darwin/Darwin.swift"
    try compile("Darwin", ["-parse-as-library", fixture], in: folder)
    try folder.write(Array("import Darwin\nprint(MSG_NOSIGNAL)\n".utf8), to: "x.swift")
    let run = try swiftc("X", ["x.swift"], in: folder)
    #expect(run.status != 0)
    #expect(run.errors.contains("cannot find 'MSG_NOSIGNAL' in scope"), "\(run.errors)")
  }

  private func sources(_ name: String) throws -> [String] {
    let root = "\(Self.assignments)/\(name)"
    return try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
      .filter { $0.hasSuffix(".swift") }.map { "\(root)/\($0)" }
  }

  private func swiftc(
    _ module: String,
    _ arguments: [String],
    in folder: TemporaryFolder
  ) throws -> Program.Run {
    try Program.run(
      "/usr/bin/env",
      ["swiftc", "-emit-module", "-module-name", module, "-I", "."] + arguments,
      in: folder.path
    )
  }

  private func compile(
    _ module: String,
    _ arguments: [String],
    in folder: TemporaryFolder
  ) throws {
    let run = try swiftc(module, arguments, in: folder)
    #expect(run.status == 0, "\(module): \(run.errors)")
  }
}
