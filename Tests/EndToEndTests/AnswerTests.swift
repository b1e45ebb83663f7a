import GraderCore
import Testing

/// What right, missing and wrong answers get.
@Suite struct AnswerTests {
  /// The rubric: id and points, in the order of the report.
  private static let rubric: KeyValuePairs = [
    "batch-mean": 2, "batch-variance": 3, "variance-stable": 2, "normalize": 3,
    "scale-and-shift": 2, "grad-x-hat": 4, "grad-variance": 9, "grad-mean": 7, "grad-input": 8,
    "grad-gamma": 4, "grad-beta": 2, "backward": 8, "backward-closed": 8, "inference": 3,
    "update-running": 4, "batch-of-one": 2, "network-loss": 1, "network-d-w1": 3,
    "network-d-gamma": 1, "network-d-beta": 1, "network-d-w2": 3,
  ]

  @Test func stubBuildsAndScoresNothing() throws {
    let grade = try Homework.stub.graded()
    #expect(grade.status == .graded)
    #expect(grade.build.status == .built)
    #expect(grade.score == .zero)
    #expect(grade.maxScore == Points(hundredths: 80_00))
    #expect(grade.judged.map(\.id) == Self.rubric.map(\.key))
    #expect(grade.judged.map(\.maxScore) == Self.rubric.map { Points(hundredths: $0.value * 100) })
    #expect(grade.statuses == ["failed"])
    for test in grade.judged {
      #expect(test.message.contains("still throws NotImplemented"), "\(test.id)")
      #expect(!test.title.isEmpty)
    }
    #expect(grade.tests.map(\.id).suffix(1) == ["derivation"])
    #expect(try grade.test("derivation").status == "pending")
  }

  /// A slip loses the points of its function, and of the chains through it as much as the steps
  /// they carry it from are worth, and no others.
  @Test(arguments: [
    Slip(
      "the path through the mean is dropped",
      in: "Steps.swift",
      replace: "return direct + throughVariance + throughMean",
      with: "return direct + throughVariance",
      fails: ["grad-input"],
      carried: ["backward", "network-d-w1"]
    ),
    Slip(
      "the variance is unbiased",
      in: "Forward.swift",
      replace: "return (x - mean).squared().mean(axis: 0)",
      with: "return (x - mean).squared().sum(axis: 0) / Double(x.shape[0] - 1)",
      fails: ["batch-variance", "variance-stable"],
      carried: ["backward"] + network
    ),
    Slip(
      "epsilon is outside the root",
      in: "Forward.swift",
      replace: "return (x - mean) / (variance + epsilon).squareRoot()",
      with: "return (x - mean) / (variance.squareRoot() + epsilon)",
      fails: ["normalize", "inference"],
      carried: ["backward"] + network
    ),
  ])
  func slipLosesItsOwnPoints(slip: Slip) throws {
    let grade = try Homework.solution.replacing(slip.old, with: slip.new, in: slip.file).graded()
    #expect(grade.status == .graded)
    #expect(Set(grade.lost) == Set(slip.fails + slip.carried))
    for id in slip.fails {
      let test = try grade.test(id)
      #expect(test.status == "failed", "\(id)")
      #expect(test.score == .zero, "\(id)")
      #expect(
        test.message.contains(
          /is wrong( at \d+ of \d+ entries)?; relative error about 1e-?\d+\./
        ),
        "\(id)"
      )
    }
    for id in slip.carried {
      let test = try grade.test(id)
      #expect(test.status == "partial", "\(id)")
      #expect(test.score > .zero && test.score < test.maxScore, "\(id)")
    }
  }

  private static let network = [
    "network-loss", "network-d-w1", "network-d-gamma", "network-d-beta", "network-d-w2",
  ]

  /// One wrong line.
  struct Slip: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var file, old, new: String
    var fails, carried: [String]

    init(
      _ description: String,
      in file: String,
      replace old: String,
      with new: String,
      fails: [String],
      carried: [String]
    ) {
      testDescription = description
      (self.file, self.old, self.new) = (file, old, new)
      (self.fails, self.carried) = (fails, carried)
    }
  }

  /// Each function is judged on arguments of the judge's, so the order of parts does not matter,
  /// and files may be cut differently.
  @Test func moduleSplitDifferently() throws {
    let forward = try Homework.solution.text(of: "Forward.swift")
    let steps = try Homework.solution.text(of: "Steps.swift")
    let grade = try Homework.solution
      .adding("Forward.swift", "// Everything is in Everything.swift.\n")
      .adding("Steps.swift", "// Here too.\n")
      .adding("Everything.swift", forward + steps)
      .graded()
    #expect(grade.status == .graded)
    #expect(grade.lost == [])
    #expect(grade.intake.kept.map(\.path).contains("Sources/BatchNorm/Everything.swift"))
  }

  @Test func helperFilesAreBuiltAndStaleTestsAreNot() throws {
    let grade = try Homework.solution
      .replacing("return x.mean(axis: 0)", with: "return average(x)", in: "Forward.swift")
      .adding(
        "Help/Average.swift",
        "import CourseKit\nfunc average(_ x: Tensor<Double>) -> Tensor<Double> { x.mean(axis: 0) }\n"
      )
      .adding(path: "Sources/Other/Broken.swift", Array("func {".utf8))
      .adding(path: "Package.swift", Array("not a manifest".utf8))
      .graded()
    #expect(grade.status == .graded)
    #expect(grade.lost == [])
    #expect(grade.build.status == .built)
  }

  @Test func missingWrittenPartIsReported() throws {
    var homework = Homework.solution
    homework.files["Derivation.md"] = nil
    let grade = try homework.graded()
    #expect(grade.status == .graded)
    #expect(grade.score == grade.maxScore)
    #expect(grade.intake.missing == ["Derivation.md"])
    let item = try grade.test("derivation")
    #expect(item.status == "pending")
    #expect(item.message == "Derivation.md is not in the archive.")
  }
}
