import CourseKit
import LectureEngine
import XCTest

/// The shapes in the layers' doc comments are read from the sources and run.
final class DocumentedShapesTests: XCTestCase {
  /// Layers whose shapes are those of their parts: a test of theirs shows it.
  private let compositions: Set = ["Sequential", "Residual"]

  func testEveryLayerHasTheShapesOfItsComment() throws {
    let cases = try shapeCases()
    let declarations = try LayerDeclaration.all().filter(\.isLayer)
    XCTAssertGreaterThan(declarations.count, 25)
    XCTAssertGreaterThan(declarations.flatMap(\.properties.keys).count, 15)
    for declaration in declarations where !compositions.contains(declaration.name) {
      let name = declaration.name
      guard let paragraph = declaration.shapes else {
        XCTFail("\(name): its doc comment has no Shapes: paragraph")
        continue
      }
      guard let cases = cases[name], !cases.isEmpty else {
        XCTFail("\(name): no case runs its shapes")
        continue
      }
      let documented = DocumentedShapes(paragraph)
      for shapeCase in cases {
        XCTAssertEqual(errors(shapeCase, documented), [], "\(name): \(paragraph)")
        XCTAssertEqual(
          try shapeCase.errors(againstProperties: declaration.properties),
          [],
          "\(name): its properties"
        )
      }
    }
    let names = Set(declarations.map(\.name))
    XCTAssertEqual(cases.keys.filter { !names.contains($0) }, [], "no such layers")
  }

  private func errors(_ shapeCase: ShapeCase, _ documented: DocumentedShapes) -> [String] {
    do {
      return try shapeCase.errors(against: documented)
    } catch {
      return ["\(error)"]
    }
  }

  func testAWrongCommentIsNoticed() throws {
    let layer = try Linear<Double>(weight: .zeros(5, 3), bias: .zeros(5))
    let linear = ShapeCase(layer, ["in": 3, "out": 5], rest: [2])
    let right = "Shapes: `x` `[..., in]`, `W` `[out, in]`, `b` `[out]`; the output is `[..., out]`."
    XCTAssertEqual(try linear.errors(against: DocumentedShapes(right)), [])
    let transposed = right.replacing("[out, in]", with: "[in, out]")
    XCTAssertEqual(
      try linear.errors(against: DocumentedShapes(transposed)),
      ["W is [5, 3], documented [3, 5], for an input [2, 3]"]
    )
    let short = right.replacing("[..., out]", with: "[out]")
    XCTAssertEqual(
      try linear.errors(against: DocumentedShapes(short)),
      ["output is [2, 5], documented [5], for an input [2, 3]"]
    )
  }

  func testParagraphsAreUnderstood() throws {
    let images = DocumentedShapes(
      "Shapes: the input is `[n, c, h, w]`, or `[n, c, ...]` with more; the output `[n, h', w']` "
        + "with `h' = ⌊(h + 2 padding − kh) / stride⌋ + 1` and `w'` likewise. An empty batch."
    )
    XCTAssertEqual(images.axes["x"], [["n", "c", "h", "w"], ["n", "c", "..."]])
    let sizes = ["n": 2, "c": 3, "h": 8, "w": 11, "padding": 1, "kh": 3, "kw": 4, "stride": 2]
    XCTAssertEqual(try images.shape("output", with: sizes, rest: []), [2, 4, 5])
    XCTAssertEqual(try images.shape("x", alternative: 1, with: sizes, rest: [7]), [2, 3, 7])

    let norm = DocumentedShapes(
      "Shapes: `x` `[n, c]`; `γ`, `β` `[c]`; the output has the shape of `x`."
    )
    XCTAssertEqual(
      norm.axes,
      ["x": [["n", "c"]], "γ": [["c"]], "β": [["c"]], "output": [["n", "c"]]]
    )
  }

  func testSizesAreWorkedOut() throws {
    let sizes = ["h": 7, "patch": 2, "h'": 3, "padding": 1]
    XCTAssertEqual(try SizeExpression.value(of: "⌊h / patch⌋ ⌊h' / patch⌋", with: sizes), 3)
    XCTAssertEqual(try SizeExpression.value(of: "⌈h / patch⌉", with: sizes), 4)
    XCTAssertEqual(try SizeExpression.value(of: "(h − 1) patch − 2 padding + 3", with: sizes), 13)
    for text in ["h / patch", "k", "(h", "h +", ""] {
      XCTAssertThrowsError(try SizeExpression.value(of: text, with: sizes), text)
    }
  }
}
