// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target of this package.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Elsewhere the C library has warnings of its own, which should not stop a student.
  .treatAllWarnings(as: .error, .when(platforms: [.linux])),
]

// A student builds in the debug configuration, where numeric loops would run 60 to 200 times
// slower. So CourseKit and its kernels are optimized in every configuration.
let package = Package(
  name: "CourseKit",
  products: [
    .library(name: "CourseKit", targets: ["CourseKit"]),
    .library(name: "CourseKitKernels", targets: ["CourseKitKernels"]),
    .plugin(name: "Submit", targets: ["Submit"]),
    .plugin(name: "Check", targets: ["Check"]),
  ],
  targets: [
    .target(name: "CourseKitKernels", cSettings: [.unsafeFlags(["-O3"])]),
    .target(
      name: "CourseKit",
      dependencies: ["CourseKitKernels"],
      swiftSettings: strict + [.unsafeFlags(["-O"])]
    ),
    .plugin(
      name: "Submit",
      capability: .command(
        intent: .custom(verb: "submit", description: "Pack what handin.txt lists."),
        permissions: [.writeToPackageDirectory(reason: "It writes submit.tar.gz.")]
      ),
      dependencies: ["handin"]
    ),
    .plugin(
      name: "Check",
      capability: .command(
        intent: .custom(verb: "check", description: "Say what is wrong with the hand-in.")
      ),
      dependencies: ["handin"]
    ),
    // The list of what is handed in, in code that the grader shares.
    .executableTarget(name: "handin", path: "HandIn", swiftSettings: strict),
    .testTarget(
      name: "CourseKitTests",
      dependencies: ["CourseKit", "CourseKitKernels"],
      exclude: ["Goldens/make_generator_goldens.py"],
      swiftSettings: strict
    ),
    // Swift Testing, which can see a program stop; the other tests are XCTest.
    .testTarget(name: "CourseKitTrapTests", dependencies: ["CourseKit"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
