// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "a1-batch-norm",
  products: [
    .library(name: "BatchNormTask", targets: ["BatchNormTask"]),
    .library(name: "BatchNorm", targets: ["BatchNorm"]),
  ],
  dependencies: [.package(path: "../CourseKit")],
  targets: [
    // The types of the task. Given; never handed in.
    .target(name: "BatchNormTask", dependencies: ["CourseKit"]),
    // Yours.
    .target(name: "BatchNorm", dependencies: ["BatchNormTask", "CourseKit"]),
    .testTarget(
      name: "BatchNormTests",
      dependencies: ["BatchNorm", "BatchNormTask", "CourseKit"]
    ),
  ],
  swiftLanguageModes: [.v5]
)
