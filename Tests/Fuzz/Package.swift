// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target of the grader, which is built here once more.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// The readers of hostile bytes, instrumented, and a program that drives them: `.ci/fuzz` builds it.
// A package of its own over a link to the sources, so that ordinary builds know nothing of it and
// `package` declarations can be reached.
let package = Package(
  name: "chainrule-fuzz",
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(path: "../../Sources/JudgeWire"),
    .package(path: "../../assignments/CourseKit"),
    .package(path: "../../reference/LectureEngine"),
  ],
  targets: [
    .systemLibrary(name: "CArchive", path: "Sources/CArchive", pkgConfig: "libarchive"),
    .systemLibrary(name: "CCrypto", path: "Sources/CCrypto", pkgConfig: "libcrypto"),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CGlibc", path: "Sources/CGlibc"),
    .target(
      name: "GraderCore",
      dependencies: [.product(name: "JudgeEvents", package: "JudgeWire")],
      path: "Sources/GraderCore",
      exclude: ["Schema"],
      swiftSettings: strict
    ),
    .target(
      name: "GradeFormats",
      dependencies: ["GraderCore"],
      path: "Sources/GradeFormats",
      swiftSettings: strict
    ),
    .target(
      name: "Sandbox",
      dependencies: ["CGlibc"],
      path: "Sources/Sandbox",
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
      path: "Sources/GraderRuntime",
      swiftSettings: strict
    ),
    .target(
      name: "ClassCore",
      dependencies: ["GradeFormats", "GraderCore"],
      path: "Sources/ClassCore",
      resources: [
        .embedInCode("Report/Page/report.css"), .embedInCode("Report/Page/report.js"),
      ],
      swiftSettings: strict
    ),
    // The reader of archives without its `main`.
    .target(
      name: "ArchiveReading",
      dependencies: ["GraderCore", "CArchive", "CZlib"],
      path: "Sources/grader-intake",
      exclude: ["main.swift"],
      swiftSettings: strict
    ),
    .target(
      name: "TestSupport",
      dependencies: ["GraderCore", .product(name: "JudgeEvents", package: "JudgeWire")],
      path: "TestSupport",
      swiftSettings: strict
    ),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "ClassCore", "GradeFormats", "GraderCore", "GraderRuntime", "TestSupport",
        .product(name: "JudgeEvents", package: "JudgeWire"),
      ],
      path: "Targets",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "ArchiveReading", "CourseKit", "FuzzTargets", "GraderCore",
        .product(name: "LectureEngine", package: "LectureEngine"),
      ],
      path: "Driver",
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
