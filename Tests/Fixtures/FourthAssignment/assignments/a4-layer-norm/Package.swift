// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "a4-layer-norm",
  products: [
    .library(name: "LayerNormTask", targets: ["LayerNormTask"]),
    .library(name: "LayerNorm", targets: ["LayerNorm"]),
  ],
  dependencies: [.package(path: "../CourseKit")],
  targets: [
    // The types of the task. Given; never handed in.
    .target(name: "LayerNormTask", dependencies: ["CourseKit"]),
    // Yours.
    .target(name: "LayerNorm", dependencies: ["LayerNormTask", "CourseKit"]),
    .testTarget(
      name: "LayerNormTests",
      dependencies: ["LayerNorm", "LayerNormTask", "CourseKit"]
    ),
  ],
  swiftLanguageModes: [.v5]
)
