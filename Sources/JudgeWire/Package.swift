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
  name: "JudgeWire",
  products: [
    .library(name: "JudgeEvents", targets: ["JudgeEvents"]),
    .library(name: "JudgeOrders", targets: ["JudgeOrders"]),
  ],
  targets: [
    .target(name: "JudgeEvents", swiftSettings: strict),
    .systemLibrary(name: "CMessages"),
    .target(name: "JudgeOrders", dependencies: ["CMessages"], swiftSettings: strict),
    .testTarget(
      name: "JudgeOrdersTests",
      dependencies: ["JudgeOrders"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
