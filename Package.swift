// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of this package is held to.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// For programs in C that run inside the jail, where nothing but their own file is there: static,
/// and without the Swift runtime.
let staticC: [LinkerSetting] = [.unsafeFlags(["-static-executable", "-nostartfiles"])]

let package = Package(
  name: "chainrule",
  products: [
    .executable(name: "grader", targets: ["grader"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(path: "Sources/JudgeWire"),
  ],
  targets: [
    .systemLibrary(
      name: "CArchive",
      pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"])]
    ),
    .systemLibrary(
      name: "CCrypto",
      pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]
    ),
    .systemLibrary(
      name: "CZlib",
      pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"])]
    ),
    .systemLibrary(name: "CGlibc"),

    .target(
      name: "GraderCore",
      dependencies: [.product(name: "JudgeEvents", package: "JudgeWire")],
      exclude: ["Schema"],
      swiftSettings: strict
    ),
    // What people and other programs read about one grade: text in, text out.
    .target(name: "GradeFormats", dependencies: ["GraderCore"], swiftSettings: strict),
    .target(
      name: "Sandbox",
      dependencies: ["CGlibc"],
      exclude: ["THREATS.md"],
      swiftSettings: strict
    ),
    .target(
      name: "GraderRuntime",
      dependencies: [
        "GraderCore", "GradeFormats", "Sandbox", "CCrypto", "CZlib",
        .product(name: "JudgeOrders", package: "JudgeWire"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict
    ),

    // What becomes of the grades of a class: facts and words alone, no files and no clock.
    .target(
      name: "ClassCore",
      dependencies: ["GradeFormats", "GraderCore"],
      // In the code, so that the report needs no file beside the executable.
      resources: [
        .embedInCode("Report/Page/report.css"), .embedInCode("Report/Page/report.js"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Gradebook",
      dependencies: [
        "ClassCore", "GradeFormats", "GraderCore", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "GraderClass",
      dependencies: ["ClassCore", "GradeFormats", "Gradebook", "GraderCore", "GraderRuntime"],
      swiftSettings: strict
    ),

    .executableTarget(
      name: "grader",
      dependencies: [
        "ClassCore", "GradeFormats", "GraderClass",
        "GraderCore", "GraderRuntime", "Sandbox", "grader-jail", "grader-intake",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "grader-intake",
      dependencies: ["GraderCore", "CArchive", "CZlib"],
      swiftSettings: strict,
      linkerSettings: [.unsafeFlags(["-static-stdlib"])]
    ),
    .executableTarget(name: "grader-jail", linkerSettings: staticC),

    // Grades to test with, and real readers of what is written.
    .target(
      name: "TestSupport",
      dependencies: ["GraderCore"],
      path: "Tests/TestSupport",
      swiftSettings: strict
    ),
    .testTarget(
      name: "GraderCoreTests",
      dependencies: ["GraderCore", "TestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "GradeFormatsTests",
      dependencies: ["GradeFormats", "GraderCore", "TestSupport"],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "jail-attacker",
      path: "Tests/Fixtures/jail-attacker",
      linkerSettings: staticC
    ),
    .testTarget(
      name: "SandboxTests",
      dependencies: ["Sandbox", "grader-jail", "jail-attacker"],
      swiftSettings: strict
    ),
    // Not on grader or grader-intake, whose static link the test bundle would inherit and cannot
    // follow. All products are built before any test runs.
    .testTarget(name: "IntakeTests", dependencies: ["GraderCore"], swiftSettings: strict),
    .executableTarget(
      name: "stand-in",
      path: "Tests/Fixtures/stand-in",
      linkerSettings: staticC
    ),
    .testTarget(
      name: "GraderRuntimeTests",
      dependencies: ["GraderCore", "GraderRuntime", "Sandbox", "grader-jail", "stand-in"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ClassCoreTests",
      dependencies: ["ClassCore", "GraderCore", "TestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "GradebookTests",
      dependencies: ["ClassCore", "Gradebook", "GraderCore"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "GraderClassTests",
      dependencies: [
        "ClassCore", "GraderClass", "GraderCore", "GraderRuntime", "Gradebook", "TestSupport",
      ],
      swiftSettings: strict
    ),
    // What is fuzzed: `Tests/Fuzz` builds the same targets with instruments.
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "ClassCore", "GradeFormats", "GraderCore", "GraderRuntime", "TestSupport",
        .product(name: "JudgeEvents", package: "JudgeWire"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "filtered",
      path: "Tests/Fixtures/filtered",
      linkerSettings: staticC
    ),
    // The program of the plugins that students have, to test it without SwiftPM.
    .executableTarget(name: "handin", path: "assignments/CourseKit/HandIn", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["GraderCore", "filtered", "handin"],
      swiftSettings: strict
    ),
    .testTarget(name: "ConventionsTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
