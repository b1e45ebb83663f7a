// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target of this package.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// Numeric loops are optimized in every configuration, as in CourseKit.
let package = Package(
  name: "LectureEngine",
  products: [.library(name: "LectureEngine", targets: ["LectureEngine"])],
  dependencies: [.package(path: "../../assignments/CourseKit")],
  targets: [
    .target(
      name: "LectureKernels",
      dependencies: [.product(name: "CourseKitKernels", package: "CourseKit")],
      cSettings: [.unsafeFlags(["-O3"])]
    ),
    .systemLibrary(
      name: "CGzip",
      pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"])]
    ),
    .target(
      name: "LectureEngine",
      dependencies: [
        "CourseKit", .product(name: "CourseKitKernels", package: "CourseKit"), "LectureKernels",
        "CGzip",
      ],
      swiftSettings: strict + [.unsafeFlags(["-O"])]
    ),
    .testTarget(
      name: "LectureEngineTests",
      dependencies: [
        "CourseKit", "LectureEngine", .product(name: "CourseKitKernels", package: "CourseKit"),
      ],
      exclude: ["Goldens"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
