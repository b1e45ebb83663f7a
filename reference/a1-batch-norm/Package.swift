// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target of this package.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// SwiftPM identifies a local package by the last part of its path, and the handout's folder is
// called like this one; so it is reached under the name of a link.
let package = Package(
  name: "a1-batch-norm-reference",
  dependencies: [
    .package(path: "../../Sources/JudgeWire"),
    .package(path: "../../assignments/CourseKit"),
    .package(path: "../JudgeSupport"),
    .package(path: "Handout"),
  ],
  targets: [
    .testTarget(
      name: "HiddenTests",
      dependencies: [
        "CourseKit",
        .product(name: "JudgeEvents", package: "JudgeWire"),
        "JudgeSupport",
        .product(name: "BatchNormTask", package: "Handout"),
      ],
      path: "HiddenTests",
      swiftSettings: strict
    )
  ],
  swiftLanguageModes: [.v6]
)
