import CourseKit
import XCTest

final class GeneratorTests: XCTestCase {
  private typealias Goldens = GeneratorGoldens

  /// The check value of the C++ standard for its `mt19937`.
  func testTheTenThousandthWordOfSeed5489() {
    var generator = Generator(seed: 5489)
    let words = (0..<10_000).map { _ in generator.next32() }
    XCTAssertEqual(words.last, 4_123_659_995)
  }

  func testWords() {
    for (seed, expected) in [
      (Goldens.seedZero, Goldens.wordsZero), (Goldens.seedLarge, Goldens.wordsLarge),
    ] {
      var generator = Generator(seed: seed)
      let words = (0..<1300).map { _ in generator.next32() }
      XCTAssertEqual(stride(from: 0, to: 1300, by: 100).map { words[$0] }, expected)
    }
  }

  func testLongWordsAndIntegers() {
    var (a, b) = (Generator(seed: Goldens.seedZero), Generator(seed: Goldens.seedLarge))
    XCTAssertEqual((0..<4).map { _ in a.next() }, Goldens.longWordsZero)
    XCTAssertEqual((0..<4).map { _ in b.next() }, Goldens.longWordsLarge)
    (a, b) = (Generator(seed: Goldens.seedZero), Generator(seed: Goldens.seedLarge))
    XCTAssertEqual((0..<6).map { _ in a.integer63() }, Goldens.integersZero)
    XCTAssertEqual((0..<6).map { _ in b.integer63() }, Goldens.integersLarge)
  }

  func testUniformNumbers() {
    var (a, b) = (Generator(seed: Goldens.seedZero), Generator(seed: Goldens.seedLarge))
    XCTAssertEqual((0..<6).map { _ in a.uniformFloat() }, Goldens.floatsZero)
    XCTAssertEqual((0..<6).map { _ in b.uniformFloat() }, Goldens.floatsLarge)
    (a, b) = (Generator(seed: Goldens.seedZero), Generator(seed: Goldens.seedLarge))
    XCTAssertEqual((0..<6).map { _ in a.uniformDouble() }, Goldens.doublesZero)
    XCTAssertEqual((0..<6).map { _ in b.uniformDouble() }, Goldens.doublesLarge)
  }

  func testUniformTensorsDrawOneByOne() {
    var (a, b) = (Generator(seed: Goldens.seedZero), Generator(seed: Goldens.seedZero))
    XCTAssertEqual(
      a.uniform(shape: [2, 3]),
      Tensor<Float>(shape: [2, 3], scalars: Goldens.floatsZero)
    )
    XCTAssertEqual(b.uniform(shape: [6], of: Double.self), Tensor(Goldens.doublesZero))
  }

  func testPermutations() {
    var (a, b) = (Generator(seed: Goldens.seedZero), Generator(seed: Goldens.seedLarge))
    XCTAssertEqual(a.permutation(37), Goldens.permutationZero)
    XCTAssertEqual(b.permutation(37), Goldens.permutationLarge)
    XCTAssertEqual(a.permutation(1), [0])
    XCTAssertEqual(a.permutation(0), [])
  }

  func testAPermutationDrawsOneWordLessThanItsLength() {
    var generator = Generator(seed: Goldens.seedZero)
    _ = generator.permutation(101)
    XCTAssertEqual(generator.next32(), Goldens.wordsZero[1])
  }

  /// Few one by one, the second of a pair kept over the draws of 16 and more in between.
  func testNormalNumbers() {
    var a = Generator(seed: Goldens.seedZero)
    check(&a, Goldens.normals3Zero, Goldens.normals4Zero, Goldens.normals16Zero)
    check(&a, Goldens.normals35Zero, Goldens.normals2Zero)
    var b = Generator(seed: Goldens.seedLarge)
    check(&b, Goldens.normals3Large, Goldens.normals4Large, Goldens.normals16Large)
    check(&b, Goldens.normals35Large, Goldens.normals2Large)
  }

  /// Two correct single-precision logarithms and sines differ in the last bit: 5e-7 of a number
  /// below 4, as between this generator and the original.
  private func check(
    _ generator: inout Generator,
    _ draws: [Double]...,
    file: StaticString = #filePath,
    line: UInt = #line
  ) {
    for expected in draws {
      let drawn: Tensor<Double> = generator.normal(shape: [expected.count])
      XCTAssertLessThan(distance(drawn, Tensor(expected)), 5e-7, file: file, line: line)
    }
  }

  /// The numbers that PyTorch prints for `torch.manual_seed(0); torch.randn(4, 4)`.
  func testTheNumbersThatTheOriginalPrints() {
    var generator = Generator(seed: 0)
    let drawn: Tensor<Float> = generator.normal(shape: [4, 4])
    let printed: [Float] = [
      -1.1258, -1.1524, -0.2506, -0.4339, 0.8487, 0.6920, -0.3160, -2.1152,
      0.3223, -1.2633, 0.3500, 0.3081, 0.1198, 1.2377, 1.1168, -0.2473,
    ]
    for (yours, theirs) in zip(drawn.scalars, printed) {
      XCTAssertEqual(yours, theirs, accuracy: 5.1e-5)
    }
  }

  func testDoubleNormalsAreWidenedFloats() {
    var (a, b) = (Generator(seed: 9), Generator(seed: 9))
    for count in [5, 40] {
      let single: Tensor<Float> = a.normal(shape: [count])
      XCTAssertEqual(b.normal(shape: [count]), single.converted(to: Double.self))
    }
  }

  func testOnlyTheLow32BitsOfASeedCount() {
    XCTAssertEqual(Generator(seed: 7), Generator(seed: 7 + 1 << 32))
    XCTAssertNotEqual(Generator(seed: 7), Generator(seed: 8))
  }

  func testItServesTheStandardLibrary() {
    var generator = Generator(seed: 1)
    let drawn = Set((0..<100).map { _ in Int.random(in: 0..<5, using: &generator) })
    XCTAssertEqual(drawn, [0, 1, 2, 3, 4])
  }

  func testManyNormalNumbersAreNormal() {
    var generator = Generator(seed: 4)
    let x: Tensor<Double> = generator.normal(shape: [100_000])
    let mean = x.sum() / 1e5
    let centered = x - mean
    let variance = centered.squared().sum() / 1e5
    let kurtosis = centered.squared().squared().sum() / 1e5 / (variance * variance)
    // Five standard errors each.
    XCTAssertEqual(mean, 0, accuracy: 5 / 316)
    XCTAssertEqual(variance, 1, accuracy: 5 * 1.42 / 316)
    XCTAssertEqual(kurtosis, 3, accuracy: 5 * 4.9 / 316)
  }
}
