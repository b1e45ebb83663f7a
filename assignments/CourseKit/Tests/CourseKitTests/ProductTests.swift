import CourseKit
import CourseKitKernels
import XCTest

/// The product of operands that are read where they lie, against three plain loops.
final class ProductTests: XCTestCase {
  override func tearDown() { ck_limit_instructions(.avx512) }

  /// A walk with its operands, which are longer than needed by what may be read too much.
  private struct Case {
    let walk: ck_walk
    let a: [Double]
    let b: [Double]
    let c: [Double]

    /// Sizes at random, also none at all; rows apart or side by side, panels or plain rows of b.
    init(_ generator: inout Generator) {
      func any(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(generator.next() % UInt64(range.count))
      }
      let (rows, columns, runs, depth) = (any(0...31), any(0...70), any(0...3), any(0...9))
      let isAdjacent = any(0...1) == 0
      let (near, far) = (1, (isAdjacent ? rows : depth) + any(0...3))
      let isPacked = any(0...1) == 0
      let (panel, step) = (Int(CK_PANEL), isPacked ? Int(CK_PANEL) : columns + any(0...3))
      walk = ck_walk(
        rows: rows,
        columns: columns,
        runs: runs,
        depth: depth,
        a_row: isAdjacent ? near : far,
        a_run: any(0...40),
        a_step: isAdjacent ? far : near,
        b_run: any(0...40),
        b_step: step,
        b_panel: isPacked ? (runs * depth + 4) * step + 120 : panel,
        c_row: columns + any(0...2),
        accumulate: any(0...1) == 0,
        descends: any(0...2) == 0,
        rate: 0.75
      )
      let used = ((columns / panel + 1) * max(walk.b_panel, panel), runs * 40 + depth * step)
      a = generator.normal(shape: [3 * 40 + 40 * 12 + 40]).scalars
      b = generator.normal(shape: [used.0 + used.1 + 200]).scalars
      c = generator.normal(shape: [rows * walk.c_row + 1]).scalars
    }

    /// The definition.
    var expected: [Double] {
      var result = c
      for i in 0..<walk.rows {
        for j in 0..<walk.columns {
          var sum = 0.0
          for run in 0..<walk.runs {
            for p in 0..<walk.depth {
              let column = j / Int(CK_PANEL) * walk.b_panel + j % Int(CK_PANEL)
              sum +=
                a[i * walk.a_row + run * walk.a_run + p * walk.a_step]
                * b[run * walk.b_run + p * walk.b_step + column]
            }
          }
          let place = i * walk.c_row + j
          result[place] =
            walk.descends ? c[place] - walk.rate * sum : (walk.accumulate ? c[place] : 0) + sum
        }
      }
      return result
    }
  }

  func testAgreesWithItsDefinitionOnEveryInstructionSet() {
    var generator = Generator(seed: 3)
    for number in 0..<300 {
      let one = Case(&generator)
      var walk = one.walk
      for limit in [ck_instruction_set.portable, .avx2, .avx512] {
        ck_limit_instructions(limit)
        var double = one.c
        var single = one.c.map { Float($0) }
        ck_product_f64(&walk, one.a, one.b, &double)
        ck_product_f32(&walk, one.a.map { Float($0) }, one.b.map { Float($0) }, &single)
        // Up to 27 products of size 1; what lies between the rows of c stays as it was.
        for (place, value) in one.expected.enumerated() {
          XCTAssertEqual(double[place], value, accuracy: 1e-13, "\(limit), case \(number)")
          XCTAssertEqual(Double(single[place]), value, accuracy: 2e-5, "\(limit), case \(number)")
        }
      }
    }
  }

  /// A sample's output does not depend on those beside it, nor on the width of what is computed.
  func testAnElementDependsOnItsRowAndColumnOnly() {
    var generator = Generator(seed: 4)
    let a: [Float] = generator.normal(shape: [29 * 37]).scalars
    let b: [Float] = generator.normal(shape: [37 * 64 + 64]).scalars
    func product(rows: Int, columns: Int, from first: Int) -> [Float] {
      var c = [Float](repeating: 0, count: rows * columns)
      var walk = ck_walk(
        rows: rows,
        columns: columns,
        runs: 1,
        depth: 37,
        a_row: 37,
        a_run: 0,
        a_step: 1,
        b_run: 0,
        b_step: 64,
        b_panel: Int(CK_PANEL),
        c_row: columns,
        accumulate: false,
        descends: false,
        rate: 0
      )
      ck_product_f32(&walk, Array(a[(first * 37)...]), b, &c)
      return c
    }
    for limit in [ck_instruction_set.portable, .avx2, .avx512] {
      ck_limit_instructions(limit)
      let whole = product(rows: 29, columns: 64, from: 0)
      for columns in [5, 8, 16, 33, 64] {
        let row = product(rows: 1, columns: columns, from: 28)
        XCTAssertEqual(row, Array(whole[(28 * 64)..<(28 * 64 + columns)]), "\(limit)")
      }
    }
  }
}
