// swift-tools-version: 6.2
import PackageDescription

// SwiftPM identifies a local package by the last part of its path, and the handout's folder is
// called like this one; so it is reached under the name of a link.
let package = Package(
  name: "a4-layer-norm-reference",
  dependencies: [
    .package(path: "../../assignments/CourseKit"),
    .package(path: "../JudgeSupport"),
    .package(path: "Handout"),
  ],
  targets: [
    .testTarget(
      name: "HiddenTests",
      dependencies: [
        "CourseKit",
        "JudgeSupport",
        .product(name: "LayerNormTask", package: "Handout"),
      ],
      path: "HiddenTests"
    )
  ]
)
