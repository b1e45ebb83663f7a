import CourseKit
import TwoHiddenLayers
import XCTest

final class LayersTests: HomeworkTestCase {
  func testRelu() {
    attempt { expect(try relu(Example.z1), Example.a1, "relu(z1)") }
  }

  func testGradReLU() {
    attempt {
      expect(
        try gradReLU(dA: Example.dA1, z: Example.z1),
        Example.dZ1,
        "dZ1",
        hint: "Where z < 0 the output does not move, whatever dA says"
      )
    }
  }

  func testLinear() {
    attempt {
      expect(try linear(Example.x, w: Example.p.w1, b: Example.p.b1), Example.z1, "z1")
    }
  }

  func testGradLinear() {
    attempt {
      let yours = try gradLinear(dZ: Example.dZ2, x: Example.a1, w: Example.p.w2)
      expect(yours.dX, Example.dA1, "dX", hint: "One x meets every output: sum over the outputs")
      expect(yours.dW, Example.gradients.w2, "dW", hint: "One w serves every sample")
      expect(yours.dB, Example.gradients.b2, "dB", hint: "One b serves every sample: sum over them")
    }
  }

  func testGradReLUAgreesWithDifferences() {
    attempt {
      expect(
        try checkGradient(of: { try relu($0) }, at: Example.z1, named: "dZ") { dA in
          try gradReLU(dA: dA, z: Example.z1)
        }
      )
    }
  }

  func testGradLinearAgreesWithDifferences() {
    attempt {
      var generator = Generator(seed: 2)
      let x: Tensor<Double> = generator.normal(shape: [5, 3])
      let w: Tensor<Double> = generator.normal(shape: [3, 4])
      let b: Tensor<Double> = generator.normal(shape: [4])
      expect(
        try checkGradient(of: { try linear($0, w: w, b: b) }, at: x, named: "dX", batch: 5) { dZ in
          try gradLinear(dZ: dZ, x: x, w: w).dX
        }
      )
      expect(
        try checkGradient(of: { try linear(x, w: $0, b: b) }, at: w, named: "dW", batch: 5) { dZ in
          try gradLinear(dZ: dZ, x: x, w: w).dW
        }
      )
      expect(
        try checkGradient(of: { try linear(x, w: w, b: $0) }, at: b, named: "dB", batch: 5) { dZ in
          try gradLinear(dZ: dZ, x: x, w: w).dB
        }
      )
    }
  }

  func testWrongShapesThrow() {
    XCTAssertThrowsError(try linear(.zeros(2, 3), w: .zeros(4, 5), b: .zeros(5))) { error in
      XCTAssert(error is ShapeMismatch, "x and w that do not fit gave: \(error)")
    }
  }
}
