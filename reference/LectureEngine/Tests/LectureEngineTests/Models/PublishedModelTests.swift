import CourseKit
import LectureEngine
import XCTest

/// Full-size models beside torchvision's and timm's.
final class PublishedModelTests: XCTestCase {
  private var generator = Generator(seed: 0)

  func testResNet18() throws { try check("resnet18", .resNet18) }

  func testResNet34() throws { try check("resnet34", .resNet34) }

  func testResNet50() throws { try check("resnet50", .resNet50) }

  func testResNet101() throws { try check("resnet101", .resNet101) }

  func testResNet152() throws { try check("resnet152", .resNet152) }

  func testMixerS16() throws { try check("mixer_s16", .s16) }

  func testMixerB16() throws { try check("mixer_b16", .b16) }

  private func check(_ name: String, _ plan: ResNetPlan) throws {
    let model = try ResNet<Double>(plan, .zero, using: &generator)
    try check(name, model, images: [2, 3, 64, 64])
  }

  private func check(_ name: String, _ size: MixerSize) throws {
    let model = try Mixer<Double>(size, .zero, using: &generator)
    try check(name, model, images: [1, 3, 224, 224])
  }

  private func check<L: Layer>(_ name: String, _ model: L, images: [Int]) throws
  where L.Scalar == Double {
    XCTAssertEqual(
      try probedErrors(name, in: "published.safetensors", model, images: images),
      []
    )
  }
}
