// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target of this package.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "JudgeSupport",
  products: [.library(name: "JudgeSupport", targets: ["JudgeSupport"])],
  dependencies: [
    .package(path: "../../assignments/CourseKit"),
    .package(path: "../../Sources/JudgeWire"),
  ],
  targets: [
    .target(
      name: "JudgeSupport",
      dependencies: [
        "CourseKit",
        .product(name: "JudgeEvents", package: "JudgeWire"),
        .product(name: "JudgeOrders", package: "JudgeWire"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "JudgeSupportTests",
      dependencies: [
        "CourseKit", "JudgeSupport", .product(name: "JudgeOrders", package: "JudgeWire"),
      ],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
