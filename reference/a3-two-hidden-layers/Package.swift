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
  name: "a3-two-hidden-layers-reference",
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
        .product(name: "TwoHiddenLayersTask", package: "Handout"),
      ],
      path: "HiddenTests",
      exclude: ["Digits/SOURCE.md", "Digits/make_subset.py"],
      // `Digits` is a link to the subset of MNIST in CourseKit: the judge holds the digits, the
      // worker none. Copies go beside the test bundle.
      resources: [
        .copy("Digits/train-images-idx3-ubyte"),
        .copy("Digits/train-labels-idx1-ubyte"),
        .copy("Digits/t10k-images-idx3-ubyte"),
        .copy("Digits/t10k-labels-idx1-ubyte"),
      ],
      swiftSettings: strict
    )
  ],
  swiftLanguageModes: [.v6]
)
