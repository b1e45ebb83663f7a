// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target of this package.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// The experiments are optimized in every configuration, as CourseKit and the engine are.
let package = Package(
  name: "lecture",
  products: [.executable(name: "lecture", targets: ["lecture"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(path: "../../assignments/CourseKit"),
    .package(path: "../LectureEngine"),
  ],
  targets: [
    .target(name: "LectureCharts", swiftSettings: strict),
    .target(
      name: "LectureExperiments",
      dependencies: ["CourseKit", "LectureCharts", "LectureEngine"],
      swiftSettings: strict + [.unsafeFlags(["-O"])]
    ),
    .executableTarget(
      name: "lecture",
      dependencies: [
        "LectureEngine", "LectureExperiments",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LectureChartsTests",
      dependencies: ["LectureCharts"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LectureExperimentsTests",
      dependencies: [
        "CourseKit", "LectureCharts", "LectureEngine", "LectureExperiments", "lecture",
      ],
      exclude: ["Goldens"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
