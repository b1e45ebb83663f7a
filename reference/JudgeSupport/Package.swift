// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of this package is held to.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "JudgeSupport",
  products: [
    .library(name: "JudgeEvents", targets: ["JudgeEvents"]),
    .library(name: "JudgeOrders", targets: ["JudgeOrders"]),
    .library(name: "JudgeSupport", targets: ["JudgeSupport"]),
  ],
  dependencies: [.package(path: "../../assignments/CourseKit")],
  targets: [
    .target(name: "JudgeEvents", swiftSettings: strict),
    .target(name: "JudgeOrders", swiftSettings: strict),
    .target(
      name: "JudgeSupport",
      dependencies: ["CourseKit", "JudgeEvents", "JudgeOrders"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "JudgeSupportTests",
      dependencies: ["CourseKit", "JudgeEvents", "JudgeOrders", "JudgeSupport"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
