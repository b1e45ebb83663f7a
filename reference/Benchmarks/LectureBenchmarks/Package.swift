// swift-tools-version: 6.2
import PackageDescription

// The lecture engine's side of ../lecture_speed.py; build it with `-c release`.
let package = Package(
  name: "LectureBenchmarks",
  dependencies: [
    .package(path: "../../LectureEngine"),
    .package(path: "../../../assignments/CourseKit"),
  ],
  targets: [
    .target(name: "Peak"),
    .executableTarget(
      name: "LectureBenchmarks",
      dependencies: [
        "Peak",
        .product(name: "CourseKit", package: "CourseKit"),
        .product(name: "LectureEngine", package: "LectureEngine"),
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)
