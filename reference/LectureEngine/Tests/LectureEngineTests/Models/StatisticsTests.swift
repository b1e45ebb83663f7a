import CourseKit
import LectureEngine
import XCTest

/// Running statistics inside models: buffers, absorbing, one pass over all data.
final class StatisticsTests: XCTestCase {
  private var generator = Generator(seed: 15)

  func testMeasuredStatisticsMakeEvaluationEqualTrainingOnAllData() throws {
    var model = try smallResNet()
    let x: Tensor<Double> = generator.normal(shape: [4, 3, 9, 8])
    let outputs = try model.measureStatistics(over: [x])
    XCTAssertEqual(outputs.map(\.shape), [[4, 5]])
    XCTAssertEqual(try model(x), outputs[0])
    // But for Bessel's correction, (n − 1) / n with at least 24 values in every channel.
    let training = try model.forward(x, mode: .training).output
    let largest = (training - outputs[0]).map { abs($0) }.scalars.max() ?? 0
    XCTAssertLessThan(largest, 0.1)
    XCTAssertGreaterThan(largest, 0)
  }

  func testMeasuringInBatchesIsMeasuringAtOnce() throws {
    var (whole, parts) = (try smallResNet(), try smallResNet())
    let x: Tensor<Double> = generator.normal(shape: [4, 3, 9, 8])
    _ = try whole.measureStatistics(over: [x])
    let halves = [0, 2].map { first in
      Tensor(
        shape: [2, 3, 9, 8],
        scalars: Array(x.scalars[first * 216..<(first + 2) * 216])
      )
    }
    _ = try parts.measureStatistics(over: halves)
    for (one, other) in zip(whole.state, parts.state) {
      XCTAssertNil(difference(one.name, other.value, one.value))
    }
  }

  func testAbsorbingMovesEveryBufferAndNoParameter() throws {
    var model = try smallResNet()
    let before = model
    let x: Tensor<Double> = generator.normal(shape: [4, 3, 9, 8])
    let (_, cache) = try model.forward(x, mode: .training)
    model.absorb(cache)
    for (old, new) in zip(before.state, model.state) {
      let isBuffer = old.name.contains("running")
      XCTAssertEqual(old.value != new.value, isBuffer, old.name)
    }
    XCTAssertEqual(model.state.filter { $0.name.contains("running") }.count, 2 * 6)
  }

  private func smallResNet() throws -> ResNet<Double> {
    var generator = Generator(seed: 16)
    return try ResNet<Double>(
      ResNetPlan(blocks: [1, 1], isBottleneck: false),
      stem: .small,
      width: 3,
      classes: 5,
      using: &generator
    )
  }
}
