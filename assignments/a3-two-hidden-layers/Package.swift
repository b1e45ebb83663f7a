// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "a3-two-hidden-layers",
  products: [
    .library(name: "TwoHiddenLayersTask", targets: ["TwoHiddenLayersTask"]),
    .library(name: "TwoHiddenLayers", targets: ["TwoHiddenLayers"]),
    .executable(name: "train", targets: ["WatchTraining"]),
    .executable(name: "slides", targets: ["Slides"]),
  ],
  dependencies: [.package(path: "../CourseKit")],
  targets: [
    // The types of the task. Given; never handed in.
    .target(name: "TwoHiddenLayersTask", dependencies: ["CourseKit"]),
    // Yours.
    .target(name: "TwoHiddenLayers", dependencies: ["TwoHiddenLayersTask", "CourseKit"]),
    // `swift run train`: your network learns, and you watch. Given.
    .executableTarget(
      name: "WatchTraining",
      dependencies: ["TwoHiddenLayers", "TwoHiddenLayersTask", "CourseKit"]
    ),
    // `swift run slides`: the lecture's network with one hidden layer. Given.
    .executableTarget(name: "Slides", dependencies: ["CourseKit"]),
    .testTarget(
      name: "TwoHiddenLayersTests",
      dependencies: ["TwoHiddenLayers", "TwoHiddenLayersTask", "CourseKit"]
    ),
  ],
  swiftLanguageModes: [.v5]
)
