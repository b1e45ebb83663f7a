import CourseKit
import LectureEngine
import XCTest

/// The published numbers of parameters.
final class ParameterCountTests: XCTestCase {
  private var generator = Generator(seed: 0)

  func testNetworksOfTheSlides() throws {
    XCTAssertEqual(BatchNormMLP<Float>(.zero, using: &generator).parameterCount, 1_151_010)
    XCTAssertEqual(try SimpleCNN<Float>(.zero, using: &generator).parameterCount, 62_006)
    XCTAssertEqual(try ModernLeNet<Float>(.zero, using: &generator).parameterCount, 61_706)
  }

  func testResNetsWithProjections() throws {
    XCTAssertEqual(try count(.resNet18), 11_689_512)
    XCTAssertEqual(try count(.resNet34), 21_797_672)
    XCTAssertEqual(try count(.resNet50), 25_557_032)
    XCTAssertEqual(try count(.resNet101), 44_549_160)
    XCTAssertEqual(try count(.resNet152), 60_192_808)
  }

  func testParameterFreeShortcutsAddNothingToThePlainNetworks() throws {
    XCTAssertEqual(try count(.resNet18, .padding), 11_515_688)
    XCTAssertEqual(try count(.resNet18, .none), 11_515_688)
    XCTAssertEqual(try count(.resNet34, .padding), 21_623_848)
    XCTAssertEqual(try count(.resNet34, .none), 21_623_848)
  }

  func testMixers() throws {
    XCTAssertEqual(
      try Mixer<Float>(.s16, .zero, using: &generator).parameterCount,
      18_528_264
    )
    XCTAssertEqual(
      try Mixer<Float>(.b16, .zero, using: &generator).parameterCount,
      59_880_472
    )
  }

  func testDepthsAreThoseOfTheNames() {
    let plans: [ResNetPlan] = [.resNet18, .resNet34, .resNet50, .resNet101, .resNet152]
    XCTAssertEqual(plans.map(\.depth), [18, 34, 50, 101, 152])
  }

  private func count(
    _ plan: ResNetPlan,
    _ shortcut: ResNetPlan.Shortcut = .projection
  ) throws -> Int {
    try ResNet<Float>(plan, shortcut: shortcut, .zero, using: &generator).parameterCount
  }
}
