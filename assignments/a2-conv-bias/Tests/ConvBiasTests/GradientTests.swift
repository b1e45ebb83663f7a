import ConvBias
import CourseKit
import XCTest

/// Three outputs of the lecture's example get a gradient: the first two of the first row 1 each,
/// the middle one of the last row 2.
private let dY = image([[1, 1, 0], [0, 0, 0], [0, 2, 0]])

final class BiasGradientTests: HomeworkTestCase {
  func testByHand() {
    attempt {
      expect(
        try convGradBias(dY: dY),
        Tensor([4]),
        "dBias",
        hint: "One bias is added to every output of its channel"
      )
    }
  }

  func testChannelsAreApart() {
    attempt {
      let two = images([[[[1, 2]], [[10, 20]]], [[[3, 4]], [[30, 40]]]])
      expect(
        try convGradBias(dY: two),
        Tensor([10, 100]),
        "dBias of two samples, two channels, two positions",
        hint: "Sum over samples and positions, not over channels"
      )
    }
  }

  func testAgreesWithDifferences() {
    attempt {
      let layer = Layer()
      let report = try checkGradient(
        of: { try layer.response(bias: $0) },
        at: layer.bias,
        named: "dBias",
        claimed: { try convGradBias(dY: $0) }
      )
      expect(report)
    }
  }
}

final class WeightGradientTests: HomeworkTestCase {
  /// Three windows of the image: once 1 1 / 5 6, once 1 2 / 6 7, twice 2 1 / 2 3.
  func testByHand() {
    attempt {
      let yours = try convGradWeight(
        dY: dY,
        x: Example.x,
        kernel: (2, 2),
        stride: (1, 1),
        padding: (0, 0)
      )
      expect(
        yours,
        image([[6, 5], [15, 19]]),
        "dWeight",
        hint: "Each output hands its gradient, times its window, to the filter"
      )
    }
  }

  func testStride() {
    attempt {
      let yours = try convGradWeight(
        dY: image([[1, 0], [0, 2]]),
        x: Example.x,
        kernel: (2, 2),
        stride: (2, 2),
        padding: (0, 0)
      )
      expect(
        yours,
        image([[3, 1], [11, 14]]),
        "dWeight with stride 2",
        hint: "The second window is 1 0 / 3 4"
      )
    }
  }

  /// Of the window in the corner only the last number lies in the image.
  func testPadding() {
    attempt {
      var corner = Tensor<Double>.zeros(1, 1, 5, 5)
      corner[0, 0, 0, 0] = 10
      let yours = try convGradWeight(
        dY: corner,
        x: Example.x,
        kernel: (2, 2),
        stride: (1, 1),
        padding: (1, 1)
      )
      expect(yours, image([[0, 0], [0, 10]]), "dWeight with padding 1")
    }
  }

  func testAgreesWithDifferences() {
    attempt {
      let layer = Layer()
      let report = try checkGradient(
        of: { try layer.response(weight: $0) },
        at: layer.weight,
        named: "dWeight"
      ) { dY in
        try convGradWeight(
          dY: dY,
          x: layer.x,
          kernel: (3, 2),
          stride: layer.stride,
          padding: layer.padding
        )
      }
      expect(report)
    }
  }
}

final class InputGradientTests: HomeworkTestCase {
  /// Three stamps of the filter; the first two overlap.
  func testByHand() {
    attempt {
      let yours = try convGradInput(
        dY: dY,
        weight: Example.filter,
        inputSize: (4, 4),
        stride: (1, 1),
        padding: (0, 0)
      )
      expect(
        yours,
        image([[0, 1, 1, 0], [2, 5, 3, 0], [0, 0, 2, 0], [0, 4, 6, 0]]),
        "dX",
        hint: "Each output stamps its gradient, times the filter, on its window"
      )
    }
  }

  func testStride() {
    attempt {
      let yours = try convGradInput(
        dY: image([[1, 0], [0, 2]]),
        weight: Example.filter,
        inputSize: (5, 4),
        stride: (2, 2),
        padding: (0, 0)
      )
      expect(
        yours,
        image([[0, 1, 0, 0], [2, 3, 0, 0], [0, 0, 0, 2], [0, 0, 4, 6], [0, 0, 0, 0]]),
        "dX with stride 2",
        hint: "The last row was left over: no output has heard of it"
      )
    }
  }

  /// Of the window in the corner only the last number lies in the image.
  func testPadding() {
    attempt {
      var corner = Tensor<Double>.zeros(1, 1, 3, 3)
      corner[0, 0, 0, 0] = 10
      let yours = try convGradInput(
        dY: corner,
        weight: Example.filter,
        inputSize: (2, 2),
        stride: (1, 1),
        padding: (1, 1)
      )
      expect(
        yours,
        image([[30, 0], [0, 0]]),
        "dX with padding 1",
        hint: "The zeros around the image get no gradient: they are no input"
      )
    }
  }

  func testAgreesWithDifferences() {
    attempt {
      let layer = Layer()
      let report = try checkGradient(
        of: { try layer.response(x: $0) },
        at: layer.x,
        named: "dX"
      ) { dY in
        try convGradInput(
          dY: dY,
          weight: layer.weight,
          inputSize: (7, 6),
          stride: layer.stride,
          padding: layer.padding
        )
      }
      expect(report)
    }
  }
}

/// 5 samples of 3 channels of 7 x 6, 4 filters of 3 x 2; the stride leaves a row over.
private struct Layer {
  let x: Tensor<Double>
  let weight: Tensor<Double>
  let bias: Tensor<Double>
  let stride = (3, 2)
  let padding = (0, 1)

  init() {
    var generator = Generator(seed: 1)
    x = generator.normal(shape: [5, 3, 7, 6])
    weight = generator.normal(shape: [4, 3, 3, 2])
    bias = generator.normal(shape: [4])
  }

  func response(
    x: Tensor<Double>? = nil,
    weight: Tensor<Double>? = nil,
    bias: Tensor<Double>? = nil
  ) throws -> Tensor<Double> {
    try conv2d(
      x ?? self.x,
      weight: weight ?? self.weight,
      bias: bias ?? self.bias,
      stride: stride,
      padding: padding
    )
  }
}
