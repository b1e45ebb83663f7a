import CourseKit
import LectureEngine
import XCTest

/// The published LeNet-5: its counts, its sizes, its codes (S47, S48).
final class LeNet5Tests: XCTestCase {
  private var generator = Generator(seed: 0)

  func testParametersOfEachLayerAreThePublishedNumbers() throws {
    let model = try LeNet5<Float>(using: &generator)
    var counts: [String: Int] = [:]
    for (name, value) in model.parameters {
      counts[String(name.prefix(2)), default: 0] += value.count
    }
    XCTAssertEqual(
      counts,
      ["c1": 156, "s2": 12, "c3": 1516, "s4": 32, "c5": 48120, "f6": 10164]
    )
    XCTAssertEqual(model.parameterCount, 60_000)
  }

  /// The exercise of S48: 32 -> 28 -> 14 -> 10 -> 5, and C5 leaves one pixel.
  func testSizesOfTheExercise() throws {
    let filter = Window(kernel: 5)
    let pooling = Window(kernel: 2, stride: 2)
    var extent: Extent = 32
    var sizes = [extent.height]
    for window in [filter, pooling, filter, pooling, filter] {
      extent = try XCTUnwrap(window.outputExtent(of: extent))
      XCTAssertEqual(extent.height, extent.width)
      sizes.append(extent.height)
    }
    XCTAssertEqual(sizes, [32, 28, 14, 10, 5, 1])

    var activity: Tensor<Float> = .zeros(1, 1, 32, 32)
    var seen = [32]
    for element in try LeNet5<Float>(using: &generator).layers.elements {
      activity = try element.layer(activity)
      if activity.rank == 4, activity.shape[2] != seen.last { seen.append(activity.shape[2]) }
    }
    XCTAssertEqual(seen, sizes)
  }

  func testTableIsThePublishedOne() {
    let table = LeNet5<Float>.table
    XCTAssertEqual(table.map(\.count), [3, 3, 3, 3, 3, 3] + [4, 4, 4, 4, 4, 4, 4, 4, 4] + [6])
    XCTAssertEqual(Set(table).count, 16)
    // Contiguous around the circle: three of these six, then four.
    for map in 0..<6 {
      XCTAssertEqual(Set(table[map]), Set((0..<3).map { (map + $0) % 6 }))
      XCTAssertEqual(Set(table[map + 6]), Set((0..<4).map { (map + $0) % 6 }))
    }
    // Every map of S2 is seen by ten of C3's.
    for input in 0..<6 { XCTAssertEqual(table.filter { $0.contains(input) }.count, 10) }
  }

  func testCodesAreTenDifferentPicturesOfInkAndPaper() {
    let codes = DigitCodes.tensor(of: Double.self)
    XCTAssertEqual(codes.shape, [10, 84])
    XCTAssert(codes.scalars.allSatisfy { abs($0) == 1 })
    for first in 0..<10 {
      for second in 0..<first {
        let different = (codes.row(first) - codes.row(second)).squared().sum() / 4
        XCTAssertGreaterThanOrEqual(different, 4, "\(first) and \(second)")
      }
    }
  }

  func testACodeIsRecognizedByItsDistanceOfZero() throws {
    let codes = DigitCodes.tensor(of: Double.self)
    let distances = try RBF(centers: codes, isTrained: false)(codes)
    for digit in 0..<10 { XCTAssertEqual(distances[digit, digit], 0) }
    XCTAssertEqual((distances * -1).argmax(axis: 1), Array(0..<10))
  }

  func testLossIsTheMeanDistanceToTheRightCode() throws {
    let distances = Tensor<Double>([[1, 2, 4], [8, 16, 32]])
    let (loss, gradient) = try LeNet5.loss(distances, labels: [2, 0])
    XCTAssertEqual(loss, 6)
    XCTAssertEqual(gradient, Tensor([[0, 0, 0.5], [0.5, 0, 0]]))
    XCTAssertEqual(
      message { try LeNet5.loss(distances, labels: [2, 3]) },
      "label 1 of the batch is 3, but there are 3 classes, from 0"
    )
    XCTAssertThrowsError(try LeNet5.loss(distances, labels: [2]))
    XCTAssertThrowsError(try LeNet5<Double>.loss(.zeros(0, 3), labels: []))
  }

  func testTrainsOnAFewImages() throws {
    var model = try LeNet5<Float>(using: &generator)
    let images: Tensor<Float> = generator.normal(shape: [4, 1, 32, 32])
    var losses: [Float] = []
    for _ in 0..<10 {
      let (distances, cache) = try model.forward(images, mode: .training)
      let (loss, dDistances) = try LeNet5.loss(distances, labels: [3, 1, 4, 5])
      let gradients = try model.backward(dDistances, cache: cache).gradients
      losses.append(loss)
      model.visitParameters { name, value in
        if let gradient = gradients[name] { value -= gradient * 0.002 }
      }
    }
    XCTAssertLessThan(losses[9], losses[0] / 2)
  }
}
