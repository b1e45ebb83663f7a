import CourseKit
import XCTest

/// The base of the public tests: errors and differences as sentences.
class HomeworkTestCase: XCTestCase {
  /// Runs a check; what your code throws in it becomes one readable failure.
  func attempt(_ body: () throws -> Void, file: StaticString = #filePath, line: UInt = #line) {
    do {
      try body()
    } catch let stub as NotImplemented {
      XCTFail("\(stub)", file: file, line: line)
    } catch {
      XCTFail("your code threw: \(error)", file: file, line: line)
    }
  }

  /// Compares with numbers worked out by hand.
  func expect(
    _ yours: Tensor<Double>,
    _ byHand: Tensor<Double>,
    _ what: String,
    hint: String = "",
    file: StaticString = #filePath,
    line: UInt = #line
  ) {
    let stop = hint.hasSuffix("?") ? "" : "."
    let tail = hint.isEmpty ? "" : "\n\(hint)\(stop)"
    guard yours.shape == byHand.shape else {
      return XCTFail(
        "\(what) has shape \(yours.shape), it should have \(byHand.shape)\(tail)",
        file: file,
        line: line
      )
    }
    // Wide enough for single precision inside, and far below any slip.
    let tolerance = 1e-5 * byHand.scalars.reduce(1) { max($0, abs($1)) }
    let wrong = zip(yours.scalars, byHand.scalars).contains { !(abs($0 - $1) <= tolerance) }
    if wrong {
      XCTFail(
        "\(what) is\n\(text(yours))\nand should be\n\(text(byHand))\(tail)",
        file: file,
        line: line
      )
    }
  }

  /// Fails with the report's explanation if the gradient and finite differences disagree.
  func expect(_ report: GradientReport, file: StaticString = #filePath, line: UInt = #line) {
    if !report.passed { XCTFail(report.explanation, file: file, line: line) }
  }

  /// A row of an image on a line of its own.
  private func text(_ tensor: Tensor<Double>) -> String {
    let rounded = tensor.map { ($0 * 1e5).rounded() / 1e5 }
    guard rounded.rank == 4 else { return "\(rounded)" }
    let width = max(rounded.shape[3], 1)
    return stride(from: 0, to: rounded.count, by: width).map { start in
      "\(Tensor(Array(rounded.scalars[start..<start + width])))"
    }.joined(separator: "\n")
  }
}
