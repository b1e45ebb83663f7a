import CourseKit
import LectureEngine
import XCTest

/// Every layer answers to every shape: with an output and gradients, or with an error.
///
/// A layer that stops the program on a shape stops this test.
final class AnyShapeTests: XCTestCase {
  func testLayersTakeAShapeOrRefuseIt() throws {
    for (name, cases) in try shapeCases() {
      for shapeCase in cases {
        for shape in shapes(shapeCase.sizes) {
          for input in [Tensor<Double>.ones(shape: shape), Tensor(repeating: .nan, shape: shape)] {
            check(shapeCase.layer, input, "\(name) \(shape)")
          }
        }
      }
    }
  }

  private func check<L: Layer>(_ layer: L, _ input: Tensor<Double>, _ what: String)
  where L.Scalar == Double {
    for mode in [Mode.training, .evaluation] {
      do {
        let (output, cache) = try layer.forward(input, mode: mode)
        let (dInput, gradients) = try layer.backward(output, cache: cache)
        XCTAssertEqual(dInput.shape, input.shape, what)
        for (name, value) in layer.parameters {
          XCTAssertEqual(gradients[name]?.shape, value.shape, "\(what), \(name)")
        }
        let other = Tensor<Double>.ones(shape: output.shape + [2])
        XCTAssertThrowsError(try layer.backward(other, cache: cache), what) { error in
          XCTAssert(error is ShapeMismatch, "\(what): \(error)")
        }
      } catch {
        XCTAssert(error is ShapeMismatch || error is BatchTooSmall, "\(what): \(error)")
      }
    }
  }

  /// All shapes of up to four axes from the sizes that the layer knows, and 0, 1 and 2.
  private func shapes(_ sizes: [String: Int]) -> [[Int]] {
    let known = ["c", "in", "d", "k", "channels", "inputs", "tokens"].compactMap { sizes[$0] }
    let extents = Set([0, 1, 2, sizes["h"] ?? 5] + known).sorted()
    var (all, longest) = ([[Int]()], [[Int]()])
    for _ in 0..<4 {
      longest = longest.flatMap { shape in extents.map { shape + [$0] } }
      all += longest
    }
    return all + [[2, 3, 4, 5, 6]]
  }
}
