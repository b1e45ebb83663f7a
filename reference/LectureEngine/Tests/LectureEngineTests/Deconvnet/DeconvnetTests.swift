import CourseKit
import LectureEngine
import XCTest

final class DeconvnetTests: XCTestCase {
  private func network(_ generator: inout Generator, bias: Double = 0) throws -> Deconvnet<Double> {
    try Deconvnet([
      .convolution(
        Conv2d(weight: generator.normal(shape: [4, 2, 3, 3]), bias: .zeros(4) + bias, padding: 1)
      ),
      .rectification,
      .pooling(MaxPool2d(kernel: 2)),
      .convolution(Conv2d(weight: generator.normal(shape: [5, 4, 3, 3]), bias: nil)),
      .rectification,
    ])
  }

  func testOneFilterPaintsItselfScaledByTheAnswer() throws {
    let filter = Tensor<Double>(shape: [1, 1, 2, 2], scalars: [0, 1, 2, 3])
    let net = Deconvnet([.convolution(try Conv2d(weight: filter, bias: nil)), .rectification])
    let image = Tensor<Double>(
      shape: [1, 1, 4, 4],
      scalars: [1, 1, 2, 4, 5, 6, 7, 8, 3, 2, 1, 0, 1, 2, 3, 4]
    )
    let trace = try net.trace(image)
    let unit = trace.strongestUnit(ofStep: 1)
    XCTAssertEqual(unit, DeconvnetTrace<Double>.Unit(step: 1, channel: 0, row: 0, column: 2))
    XCTAssertEqual(
      try trace.reconstruction(from: unit).reshaped(4, 4),
      Tensor([[0, 0, 0, 42], [0, 0, 84, 126], [0, 0, 0, 0], [0, 0, 0, 0]])
    )
  }

  func testUnpoolingPutsTheMaximumBackInItsPlace() throws {
    let net = Deconvnet<Double>([.pooling(MaxPool2d(kernel: 2))])
    let trace = try net.trace(Tensor(shape: [1, 1, 2, 4], scalars: [1, 2, 3, 4, 9, 0, 7, 5]))
    let unit = DeconvnetTrace<Double>.Unit(step: 0, channel: 0, row: 0, column: 1)
    XCTAssertEqual(
      try trace.reconstruction(from: unit).scalars,
      [0, 0, 0, 0, 0, 0, 7, 0]
    )
  }

  func testOnTheWayBackOnlyWhatSpeaksForTheUnitIsKept() throws {
    let net = Deconvnet<Double>([
      .convolution(try Conv2d(weight: .ones(2, 1, 1, 1), bias: nil)),
      .rectification,
      .convolution(
        try Conv2d(weight: Tensor(shape: [1, 2, 1, 1], scalars: [3, -1]), bias: nil)
      ),
    ])
    let trace = try net.trace(Tensor(shape: [1, 1, 1, 1], scalars: [2]))
    // 2 -> (2, 2) -> 4; back to (12, -4), of which 12 is kept. The gradient would keep both.
    let unit = trace.strongestUnit(ofStep: 2)
    XCTAssertEqual(trace.outputs.last?.scalars, [4])
    XCTAssertEqual(try trace.reconstruction(from: unit).scalars, [12])
  }

  func testIsTheGradientWhereNothingIsRectifiedOnTheWayBack() throws {
    // With all weights positive no signal is cut on the way back, and on the way forth a large bias
    // keeps every unit alive: then the reconstruction is the answer times its gradient.
    var generator = Generator(seed: 1)
    let first: Tensor<Double> = generator.uniform(shape: [4, 2, 3, 3])
    let second: Tensor<Double> = generator.uniform(shape: [5, 4, 3, 3])
    let convolutions = try (
      Conv2d(weight: first, bias: .zeros(4) + 100, padding: 1), Conv2d(weight: second, bias: nil)
    )
    let pool = MaxPool2d<Double>(kernel: 2)
    let net = Deconvnet([
      .convolution(convolutions.0), .rectification, .pooling(pool), .convolution(convolutions.1),
    ])
    let image: Tensor<Double> = generator.normal(shape: [1, 2, 8, 10])
    let unit = DeconvnetTrace<Double>.Unit(step: 3, channel: 2, row: 1, column: 0)
    let trace = try net.trace(image)

    let (hidden, firstCache) = try convolutions.0.forward(image, mode: .training)
    let (pooled, poolCache) = try pool.forward(hidden, mode: .training)
    let (output, secondCache) = try convolutions.1.forward(pooled, mode: .training)
    XCTAssertEqual(trace.outputs.last, output)
    var cotangent = Tensor<Double>.zeros(shape: output.shape)
    cotangent[0, 2, 1, 0] = output[0, 2, 1, 0]
    let dPooled = try convolutions.1.backward(cotangent, cache: secondCache).dInput
    let dHidden = try pool.backward(dPooled, cache: poolCache).dInput
    let dImage = try convolutions.0.backward(dHidden, cache: firstCache).dInput
    XCTAssertEqual(try trace.reconstruction(from: unit), dImage)
  }

  func testReconstructionStaysInTheReceptiveField() throws {
    var generator = Generator(seed: 2)
    let net = try network(&generator)
    let trace = try net.trace(generator.normal(shape: [1, 2, 12, 12]))
    XCTAssertEqual(trace.outputs.map(\.shape).last, [1, 5, 4, 4])
    let unit = trace.strongestUnit(ofStep: 4, channel: 3)
    XCTAssertEqual(unit.channel, 3)
    let reconstruction = try trace.reconstruction(from: unit)
    XCTAssertEqual(reconstruction.shape, [1, 2, 12, 12])
    XCTAssertGreaterThan(reconstruction.squared().sum(), 0)
    // Rows 2 r ... 2 r + 5 of the padded hidden layer, and one more pixel on each side.
    let rows = (2 * unit.row - 1)...(2 * unit.row + 6)
    for channel in 0..<2 {
      for row in 0..<12 where !rows.contains(row) {
        for column in 0..<12 { XCTAssertEqual(reconstruction[0, channel, row, column], 0) }
      }
    }
  }

  func testSilentUnitShowsNothing() throws {
    var generator = Generator(seed: 3)
    let net = try network(&generator, bias: -1000)
    let trace = try net.trace(generator.normal(shape: [1, 2, 12, 12]))
    let reconstruction = try trace.reconstruction(from: trace.strongestUnit(ofStep: 4))
    XCTAssertEqual(reconstruction, .zeros(1, 2, 12, 12))
    XCTAssertEqual(
      DeconvnetTrace.picture(of: reconstruction),
      Tensor(repeating: 0.5, shape: [1, 2, 12, 12])
    )
  }

  func testPictureIsGreyWhereNothingIs() {
    let reconstruction = Tensor<Double>(shape: [1, 1, 1, 3], scalars: [-2, 0, 1])
    XCTAssertEqual(DeconvnetTrace.picture(of: reconstruction).scalars, [0, 0.5, 0.75])
  }

  func testRefusesMoreThanOneImage() throws {
    var generator = Generator(seed: 4)
    let net = try network(&generator)
    XCTAssertThrowsError(try net.trace(.zeros(2, 2, 12, 12)))
    XCTAssertThrowsError(try net.trace(.zeros(1, 3, 12, 12)))
  }
}
