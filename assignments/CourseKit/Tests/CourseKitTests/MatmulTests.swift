import CourseKit
import CourseKitKernels
import XCTest

final class MatmulTests: XCTestCase {
  override func tearDown() { ck_limit_instructions(.avx512) }

  func testSmallProduct() throws {
    let x = Tensor<Double>([[1, 2], [3, 4], [5, 6]])
    let w = Tensor<Double>([[1, 0, 2, -1], [0, 1, 3, 1]])
    XCTAssertEqual(try x.matmul(w), Tensor([[1, 2, 8, 1], [3, 4, 18, 1], [5, 6, 28, 1]]))
    XCTAssertEqual(
      try x.converted(to: Float.self).matmul(w.converted(to: Float.self)),
      Tensor([[1, 2, 8, 1], [3, 4, 18, 1], [5, 6, 28, 1]])
    )
  }

  /// Extents around the edges of tiles and blocks, on every instruction set of this machine.
  func testAgreesWithItsDefinitionOnEveryInstructionSet() throws {
    let extents = [
      (1, 1, 1), (1, 9, 5), (7, 1, 3), (8, 24, 256), (9, 25, 257), (14, 49, 40), (150, 70, 530),
    ]
    for (m, n, k) in extents {
      let (a, b) = (normal(m, k), normal(k, n, seed: 2))
      let (singleA, singleB) = (a.converted(to: Float.self), b.converted(to: Float.self))
      let expected = Tensor(plainProduct(rows(a), rows(b)))
      // Rounding grows like the root of the number of terms; no worst case is near these.
      let growth = Double(k).squareRoot()
      for limit in [ck_instruction_set.portable, .avx2, .avx512] {
        ck_limit_instructions(limit)
        let message = "\(limit) \(m) \(n) \(k)"
        XCTAssertLessThan(distance(try a.matmul(b), expected), 1e-14 * growth, message)
        let single = try singleA.matmul(singleB).converted(to: Double.self)
        XCTAssertLessThan(distance(single, expected), 4e-6 * growth, "Float, \(message)")
      }
    }
  }

  /// A wide product, so that b is packed in several blocks of columns, whole and in part; few rows
  /// are packed when b is transposed.
  func testSeveralBlocksOfColumns() throws {
    for (m, n) in [(3, 2048), (29, 2049), (3, 4100)] {
      let (a, b) = (normal(m, 11), normal(11, n, seed: 2))
      let (singleA, singleB) = (a.converted(to: Float.self), b.converted(to: Float.self))
      let expected = Tensor(plainProduct(rows(a), rows(b)))
      for limit in [ck_instruction_set.portable, .avx2, .avx512] {
        ck_limit_instructions(limit)
        let packed = try a.matmul(b.transposed(), transposing: .right)
        XCTAssertLessThan(distance(packed, expected), 1e-13, "\(limit) \(m) \(n)")
        XCTAssertEqual(try a.matmul(b), packed, "\(limit) \(m) \(n)")
        XCTAssertEqual(
          try singleA.matmul(singleB.transposed(), transposing: .right),
          try singleA.matmul(singleB),
          "Float, \(limit) \(m) \(n)"
        )
      }
    }
  }

  func testTransposedOperandsGiveTheSameBits() throws {
    for limit in [ck_instruction_set.portable, .avx2, .avx512] {
      ck_limit_instructions(limit)
      for (m, n, k) in [(3, 2, 4), (37, 50, 300)] {
        let (a, b) = (normal(m, k), normal(k, n, seed: 2))
        let plain = try a.matmul(b)
        XCTAssertEqual(try a.transposed().matmul(b, transposing: .left), plain)
        XCTAssertEqual(try a.matmul(b.transposed(), transposing: .right), plain)
        XCTAssertEqual(try a.transposed().matmul(b.transposed(), transposing: .both), plain)
        XCTAssertEqual(try a.matmul(b, transposing: .neither), plain)
      }
    }
  }

  func testTheSameOperandsGiveTheSameBits() throws {
    let (a, b) = (normal(61, 700), normal(700, 83, seed: 2))
    let first = try a.matmul(b)
    for _ in 0..<20 { XCTAssertEqual(try a.matmul(b), first) }
  }

  /// Equal hidden units stay equal to the last bit, and a sample's output does not depend on its
  /// neighbours.
  func testAnElementDependsOnItsRowAndColumnOnly() throws {
    for limit in [ck_instruction_set.portable, .avx2, .avx512] {
      ck_limit_instructions(limit)
      let (a, b) = (normal(45, 300), normal(300, 70, seed: 2))
      let product = try a.matmul(b)
      for i in [0, 7, 8, 44] {
        XCTAssertEqual(try a.row(i).reshaped(1, 300).matmul(b).row(0), product.row(i))
      }
      let transposed = b.transposed()
      for j in [0, 23, 24, 64, 69] {
        let column = try a.matmul(transposed.row(j).reshaped(300, 1))
        XCTAssertEqual(column.scalars, (0..<45).map { product[$0, j] })
      }
    }
  }

  func testAnInnerExtentOfZeroGivesZeros() throws {
    XCTAssertEqual(try Tensor<Double>.zeros(2, 0).matmul(.zeros(0, 3)), .zeros(2, 3))
    XCTAssertEqual(try Tensor<Double>.zeros(0, 2).matmul(.zeros(2, 3)).shape, [0, 3])
  }

  func testInfinityAndNaNArrive() throws {
    let x = Tensor<Double>([[1, .infinity], [.nan, 1]])
    let product = try x.matmul(Tensor([[1], [1]]))
    XCTAssertEqual(product[0, 0], .infinity)
    XCTAssert(product[1, 0].isNaN)
  }

  func testShapesThatDoNotFitThrow() {
    let (x, w) = (Tensor<Double>.zeros(2, 3), Tensor<Double>.zeros(2, 4))
    XCTAssertThrowsError(try x.matmul(w)) {
      XCTAssertEqual($0 as? ShapeMismatch, ShapeMismatch("matmul", [2, 3], [2, 4]))
    }
    XCTAssertThrowsError(try x.matmul(w, transposing: .right)) {
      XCTAssertEqual(
        $0 as? ShapeMismatch,
        ShapeMismatch("matmul, right transposed", [2, 3], [2, 4])
      )
    }
    XCTAssertThrowsError(try x.matmul(Tensor([1, 2, 3])))
    XCTAssertEqual(try x.matmul(w, transposing: .left).shape, [3, 4])
  }

  /// The kernel itself, which an engine may call on parts of matrices.
  func testKernelAddsIntoAPartOfAMatrix() {
    let a: [Double] = [1, 2, 99, 3, 4, 99]
    let b: [Double] = [1, 0, 1, 1]
    var c: [Double] = [10, 20, -1, 30, 40, -1]
    XCTAssert(
      ck_f64.matmul(
        transposesLeft: false,
        transposesRight: false,
        rows: 2,
        columns: 2,
        depth: 2,
        left: a,
        leftStride: 3,
        right: b,
        rightStride: 2,
        accumulates: true,
        into: &c,
        outStride: 3
      )
    )
    XCTAssertEqual(c, [13, 22, -1, 37, 44, -1])
  }
}
