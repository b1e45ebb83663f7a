// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "a2-conv-bias",
  products: [
    .library(name: "ConvBiasTask", targets: ["ConvBiasTask"]),
    .library(name: "ConvBias", targets: ["ConvBias"]),
  ],
  dependencies: [.package(path: "../CourseKit")],
  targets: [
    // The types of the task. Given; never handed in.
    .target(name: "ConvBiasTask", dependencies: ["CourseKit"]),
    // Yours.
    .target(name: "ConvBias", dependencies: ["ConvBiasTask", "CourseKit"]),
    .testTarget(
      name: "ConvBiasTests",
      dependencies: ["ConvBias", "ConvBiasTask", "CourseKit"]
    ),
  ],
  swiftLanguageModes: [.v5]
)
