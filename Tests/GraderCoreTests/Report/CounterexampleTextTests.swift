import GraderCore
import JudgeEvents
import TestSupport
import Testing

/// A counterexample as people read it, and as a test that they can paste.
@Suite struct CounterexampleTextTests {
  private func tensor(_ shape: [Int], _ entries: [Double]) -> ExampleValue {
    .tensor(shape: shape, entries: entries.map(ExampleNumber.init))
  }

  private func row(
    _ example: Counterexample,
    _ signature: String,
    id: String = "grad-beta",
    show: Assignment.Counterexamples.Show? = nil
  ) -> Grade.TestResult {
    var facts = Grade.Facts()
    facts.search = ExampleSearch(questions: 9, found: example, by: signature, show: show)
    var row = Grade.TestResult(id: id, status: .failed, score: 0, of: 200)
    row.facts = facts
    return row
  }

  private func text(
    _ example: Counterexample,
    _ signature: String,
    show: Assignment.Counterexamples.Show? = nil
  ) throws -> CounterexampleText {
    try #require(CounterexampleText(row(example, signature, show: show)))
  }

  private static let beta = "gradBeta(dU: Tensor<Double>) throws -> Tensor<Double>"

  private var beta: Counterexample {
    Counterexample(
      function: "gradBeta",
      arguments: [.init("", tensor([2, 2], [1, -2.5, 0, 10]))],
      ending: .returned,
      results: [
        .init(
          name: "dBeta",
          path: [],
          yours: tensor([2], [0.5, 7.5]),
          right: tensor([2], [1, 7.5])
        )
      ]
    )
  }

  @Test func gridsAreAlignedAndWrongNumbersHaveAStar() throws {
    let lines = try text(beta, Self.beta).lines
    #expect(
      lines == [
        "The smallest input that was found on which it is wrong:",
        "  gradBeta(dU:)",
        "  dU              1  -2.5",
        "                  0    10",
        "  yours dBeta  0.5*  7.5",
        "  right dBeta    1  7.5",
        "  * is wrong",
        "To try it, paste this method into one of the handout's test classes:",
        "    func testCounterexampleGradBeta() {",
        "      attempt {",
        "        let yours = try gradBeta(dU: Tensor([[1, -2.5], [0, 10]]))",
        "        expect(yours, Tensor([1, 7.5]), \"dBeta\")",
        "      }",
        "    }",
      ]
    )
  }

  /// With the input alone there is a test where a property is known, and none otherwise.
  @Test func theInputAlone() throws {
    var example = beta
    let bare = try text(example, Self.beta, show: .input)
    #expect(bare.right.isEmpty && bare.yours.isEmpty && bare.test == nil)
    #expect(!bare.lines.joined().contains("7.5"))
    example.broken = BrokenProperty(
      name: "dBeta",
      path: [],
      .zero,
      place: 1,
      yours: ExampleNumber(7.5)
    )
    let told = try text(example, Self.beta, show: .input)
    #expect(told.property == "Every entry of dBeta must be 0; yours: 7.5.")
    let check = "for entry in yours.scalars { XCTAssertEqual(entry, 0, accuracy: 1e-5) }"
    #expect(told.test?.contains(check) == true)
    // Staff sees all of it.
    let row = row(example, Self.beta, show: .input)
    #expect(CounterexampleText(row, isForStaff: true)?.right.count == 1)
    let view = StudentView(Grade(tests: [row]), deadline: .unknown).grade
    #expect(view.tests[0].facts?.search?.counterexample?.results[0].right == nil)
    #expect(view.tests[0].facts?.search?.counterexample?.arguments.count == 1)
  }

  @Test func partsOfTuplesHaveTheNamesOfTheSignature() throws {
    let example = Counterexample(
      function: "trainSteps",
      arguments: [.init("", .parts(type: "Parameters", [.init("w1", tensor([1, 1], [2]))]))],
      ending: .returned,
      results: [
        .init(
          name: "the losses",
          path: ["losses"],
          yours: .numbers([ExampleNumber(1)]),
          right: .numbers([ExampleNumber(1.0 / 3)])
        ),
        .init(
          name: "w1",
          path: ["parameters", "w1"],
          yours: tensor([1, 1], [0]),
          right: tensor([1, 1], [1])
        ),
      ]
    )
    let signature = "trainSteps(_ p: Parameters) throws -> (Parameters, losses: [Double])"
    let text = try text(example, signature)
    #expect(text.arguments.map(\.name) == ["p.w1"])
    let test = try #require(text.test)
    #expect(test.contains("try trainSteps(Parameters(w1: Tensor([[2]])))"))
    #expect(test.contains("expect(Tensor(yours.losses), Tensor([0.3333333]), \"the losses\")"))
    #expect(test.contains("expect(yours.0.w1, Tensor([[1]]), \"w1\")"))
  }

  @Test func pairsAreTuplesAndImagesAreLists() throws {
    let example = Counterexample(
      function: "conv2d",
      arguments: [
        .init("", tensor([1, 2, 1, 2], [1, 2, 3, 4])), .init("", .none),
        .init("", .parts(type: "Pair", [.init("down", .integer(1)), .init("along", .integer(2))])),
      ],
      ending: .ended,
      results: [.init(name: "y", path: [], yours: nil, right: tensor([1, 1, 1, 1], [3]))]
    )
    let text = try text(
      example,
      "conv2d(_ x: Tensor<Double>, bias: Tensor<Double>?, stride: (Int, Int)) "
        + "throws -> Tensor<Double>"
    )
    #expect(text.function == "conv2d(_:bias:stride:)")
    #expect(text.arguments.map(\.words) == ["", "nil", "(1, 2)"])
    #expect(text.arguments[0].grids.map(\.heading) == ["[0, 0]", "[0, 1]"])
    #expect(text.yours.map(\.words) == ["ends the program"])
    let test = try #require(text.test)
    #expect(test.contains("Tensor(shape: [1, 2, 1, 2], scalars: [1, 2, 3, 4])"))
    #expect(test.contains("bias: nil") && test.contains("stride: (1, 2)"))
    #expect(test.contains("_ = try conv2d("))
  }

  @Test func whatMustThrow() throws {
    let example = Counterexample(
      function: "outputSize",
      arguments: [.init("", .integer(2)), .init("", .integer(11))],
      ending: .returned,
      mustThrow: "ShapeMismatch",
      results: []
    )
    let text = try text(example, "outputSize(input: Int, kernel: Int) throws -> Int")
    #expect(text.yours.map(\.words) == ["returns"])
    #expect(text.right.map(\.words) == ["throws ShapeMismatch"])
    let call = "XCTAssertThrowsError(try outputSize(input: 2, kernel: 11)) {"
    #expect(text.test?.contains(call) == true)
  }

  @Test func numbersThatAreNone() {
    #expect(NumberGrid.text(of: .nan) == "NaN")
    #expect(NumberGrid.text(of: -.infinity) == "-∞")
    #expect(NumberGrid.text(of: -0.0) == "0")
    #expect(NumberGrid.text(of: 1.0 / 3) == "0.3333")
    let grids = NumberGrid.grids(of: tensor([2], [.nan, 1]), besides: tensor([2], [1, 1]))
    #expect(grids[0].rows[0].map(\.isWrong) == [true, false])
  }

  @Test func nothingFoundIsNoText() {
    var row = Grade.TestResult(id: "a", status: .failed, score: 0, of: 200)
    row.facts = Grade.Facts()
    row.facts?.search = ExampleSearch(notSearched: .noSmallInputs)
    #expect(CounterexampleText(row) == nil)
    #expect(CounterexampleText.text(on: row)?.contains("does not show on small ones") == true)
    row.facts?.search = ExampleSearch(notSearched: .questions)
    #expect(CounterexampleText.text(on: row)?.contains("took all questions") == true)
    row.facts?.search = ExampleSearch(notSearched: .disturbed)
    #expect(CounterexampleText.text(on: row)?.contains("did not let it") == true)
    row.facts?.search = ExampleSearch(questions: 64, found: nil, by: nil, show: .input)
    #expect(row.facts?.search?.outcome == ExampleSearch.Outcome.none)
    #expect(CounterexampleText(row) == nil)
    #expect(CounterexampleText.text(on: row)?.contains("tried (64) none was found") == true)
    row.facts?.search = nil
    #expect(CounterexampleText.text(on: row) == nil)
  }
}

/// Signatures as `assignment.yaml` gives them.
@Suite struct SignatureTextTests {
  @Test func parameters() {
    let signature = SignatureText(
      of: "train(_ p: Parameters, on data: Dataset, stride: (Int, Int), "
        + "using generator: inout Generator) throws -> Parameters"
    )
    #expect(signature.fullName == "train(_:on:stride:using:)")
    #expect(signature.parameters.map(\.name) == ["p", "data", "stride", "generator"])
    #expect(signature.parameters.map(\.label) == [nil, "on", "stride", "using"])
    #expect(signature.parameters[2].type == "(Int, Int)")
    #expect(signature.result == "Parameters")
    #expect(signature.elements == nil)
  }

  @Test func tuples() {
    let signature = SignatureText(of: "f() throws -> (Tensor<Double>, losses: [Double])")
    #expect(signature.parameters.isEmpty)
    #expect(signature.elements == [nil, "losses"])
  }

  @Test func aNameAlone() {
    #expect(SignatureText(of: "batchMean").name == "batchMean")
    #expect(SignatureText(of: "batchMean").parameters.isEmpty)
  }
}
