// swift-tools-version: 6.2
import PackageDescription

// A client of CourseKit as an assignment is one: nothing here is optimized in a debug build, except
// the C loop that CourseKit is held against.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(path: "..")],
  targets: [
    .target(name: "PlainLoops", cSettings: [.unsafeFlags(["-O3"])]),
    .executableTarget(
      name: "CourseKitBenchmarks",
      dependencies: [
        "PlainLoops",
        .product(name: "CourseKit", package: "CourseKit"),
        .product(name: "CourseKitKernels", package: "CourseKit"),
      ]
    ),
  ],
  swiftLanguageModes: [.v5]
)
