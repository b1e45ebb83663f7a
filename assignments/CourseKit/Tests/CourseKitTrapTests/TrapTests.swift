import CourseKit
import Testing

/// Programming errors stop the program with a message that names the shapes.
///
/// In a target of its own: only Swift Testing can see a program stop.
struct TrapTests {
  @Test func operatorsNameBothShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(2, 3) + Tensor<Double>.zeros(2)
    }
    expect(result, "+: shapes [2, 3] and [2] do not broadcast")
  }

  @Test func inPlaceOperatorsKeepTheLeftShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros(3)
      x -= Tensor<Float>.zeros(2, 3)
    }
    expect(result, "-=: shapes [3] and [2, 3] do not broadcast")
  }

  @Test func shapesMustHoldTheNumbers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>(shape: [2, 3], scalars: [1, 2, 3])
    }
    expect(result, "Tensor: 3 scalars for shape [2, 3], which holds 6")
  }

  @Test func scalarsKeepTheirNumber() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Double>.zeros(2, 3)
      x.scalars.append(1)
    }
    expect(result, "Tensor: 7 scalars for shape [2, 3], which holds 6")
  }

  @Test func rowsHaveOneLength() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>([[1, 2], [3]])
    }
    expect(result, "Tensor: row 1 has 1 numbers, row 0 has 2")
  }

  @Test func extentsAreNotNegative() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(2, -1)
    }
    expect(result, "Tensor: shape [2, -1] has a negative extent")
  }

  @Test func shapesFitIntoMemory() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(1 << 40, 1 << 40)
    }
    expect(result, "Tensor: shape [1099511627776, 1099511627776] is too large")
  }

  @Test func anIndexPastTheEnd() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(2, 3)[1, 3]
    }
    expect(result, "Tensor: index [1, 3] is out of range for shape [2, 3]")
  }

  @Test func aNegativeIndex() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros(2, 3, 4)
      x[0, -1, 0] = 1
    }
    expect(result, "Tensor: index [0, -1, 0] is out of range for shape [2, 3, 4]")
  }

  @Test func theWrongNumberOfIndices() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(2, 3)[4]
    }
    expect(result, "Tensor: index [4] has 1 axes, shape [2, 3] has 2")
  }

  @Test func aMissingRow() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(2, 3).row(2)
    }
    expect(result, "row: shape [2, 3] has no row 2")
  }

  @Test func reshapingKeepsTheNumber() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(2, 3).reshaped(4, 2)
    }
    expect(result, "reshaped: shape [2, 3] does not fit into [4, 2]")
  }

  @Test func onlyMatricesAreTransposed() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(3).transposed()
    }
    expect(result, "transposed: shape [3] is not a matrix")
  }

  @Test func aMissingAxis() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(2, 3).mean(axis: 2)
    }
    expect(result, "mean: shape [2, 3] has no axis 2")
  }

  @Test func theMaximumOfNothing() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros(2, 0).max(axis: 1)
    }
    expect(result, "max: axis 1 of shape [2, 0] is empty")
  }

  private func expect(
    _ result: ExitTest.Result?,
    _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(message), sourceLocation: sourceLocation)
  }
}
