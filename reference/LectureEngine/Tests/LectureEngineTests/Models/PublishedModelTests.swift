import CourseKit
import LectureEngine
import XCTest

/// Full-size models beside torchvision's and timm's.
final class PublishedModelTests: XCTestCase {
  private var generator = Generator(seed: 0)

  func testResNet18() throws {
    let model = try ResNet<Double>(.resNet18, .zero, using: &generator)
    try check("resnet18", model, images: [2, 3, 64, 64])
  }

  func testResNet50() throws {
    let model = try ResNet<Double>(.resNet50, .zero, using: &generator)
    try check("resnet50", model, images: [2, 3, 64, 64])
  }

  func testMixerS16() throws {
    let model = try Mixer<Double>(.s16, .zero, using: &generator)
    try check("mixer_s16", model, images: [1, 3, 224, 224])
  }

  private func check<L: Layer>(_ name: String, _ model: L, images: [Int]) throws
  where L.Scalar == Double {
    XCTAssertEqual(
      try probedErrors(name, in: "published.safetensors", model, images: images),
      []
    )
  }
}
