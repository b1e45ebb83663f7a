import GraderCore
import Testing

/// The points and words for right, missing and wrong answers.
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
    #expect(grade.statuses == [.failed])
    for test in grade.judged {
      #expect(test.message.contains("still throws NotImplemented"), "\(test.id)")
      #expect(!test.title.isEmpty)
    }
    #expect(grade.tests.map(\.id).suffix(1) == ["derivation"])
    #expect(try grade.test("derivation").status == .pending)
  }

  /// Numbers that JSON does not have still reach the report.
  @Test(arguments: [".nan", ".infinity", "-.infinity"].sample())
  func answersThatAreNotFinite(value: String) throws {
    let homework = try Homework.solution.replacing(
      "return gamma * dU",
      with: "return gamma * dU * \(value)",
      in: "Steps.swift"
    )
    let grade = try homework.graded()
    #expect(grade.status == .graded)
    #expect(try grade.test("grad-x-hat").message.contains("NaN or infinite"))
    #expect(grade.lost.contains("grad-x-hat"))
    #expect(!grade.lost.contains("grad-variance"))
  }

  private static let slips = [
    Slip(
      "the path through the mean is dropped",
      in: "Steps.swift",
      replace: "return direct + throughVariance + throughMean",
      with: "return direct + throughVariance",
      loses: ["grad-input", "backward", "network-d-w1"],
      // 42 points for steps: 8 x 34/42; with scale-and-shift and the chain 52: 3 x (36 + 6.47)/52.
      earns: ["backward": 6_47, "network-d-w1": 2_45]
    ),
    Slip(
      "the variance is unbiased",
      in: "Forward.swift",
      replace: "return (x - mean).squared().mean(axis: 0)",
      with: "return (x - mean).squared().sum(axis: 0) / Double(x.shape[0] - 1)",
      loses: [
        "batch-variance", "variance-stable", "backward", "network-loss", "network-d-w1",
        "network-d-gamma", "network-d-beta", "network-d-w2",
      ],
      earns: [
        "backward": 7_42, "network-loss": 70, "network-d-w1": 2_79, "network-d-gamma": 93,
        "network-d-beta": 93, "network-d-w2": 2_10,
      ]
    ),
    Slip(
      "epsilon is outside the root",
      in: "Forward.swift",
      replace: "return (x - mean) / (variance + epsilon).squareRoot()",
      with: "return (x - mean) / (variance.squareRoot() + epsilon)",
      loses: [
        "normalize", "backward", "inference", "network-loss", "network-d-w1", "network-d-gamma",
        "network-d-beta", "network-d-w2",
      ],
      earns: [
        "backward": 7_42, "inference": 1_20, "network-loss": 70, "network-d-w1": 2_79,
        "network-d-gamma": 93, "network-d-beta": 93, "network-d-w2": 2_10,
      ]
    ),
  ]

  /// A slip loses the points of its function, and the chains through it lose the same share.
  @Test(arguments: slips.sample(0))
  func slipLosesItsOwnPoints(slip: Slip) throws {
    let grade = try Homework.solution.replacing(slip.old, with: slip.new, in: slip.file).graded()
    #expect(grade.status == .graded)
    #expect(grade.lost == slip.loses)
    #expect(grade.statuses == [.passed, .failed, .partial])
    for id in slip.loses {
      let test = try grade.test(id)
      #expect(test.score == Points(hundredths: slip.earns[id] ?? 0), "\(id)")
      let message = test.message
      #expect(
        message.contains(/wrong (at \d+ of \d+ entries; )?|is wrong; relative error/),
        "\(id)"
      )
    }
  }

  private static let carried = "carried over from them"

  private static let differencing = [
    Slip(
      "a step is differenced",
      in: "Steps.swift",
      replace: "return direct + throughVariance + throughMean",
      with: """
        func loss(_ x: Tensor<Double>) -> Double {
          let deviation = x - x.mean(axis: 0)
          let root = (deviation.squared().mean(axis: 0) + epsilon).squareRoot()
          return (deviation / root * dXHat).sum()
        }
        return differences(of: loss, at: x) + 0 * (direct + throughVariance + throughMean)
        """,
      loses: ["grad-input", "backward", "network-d-w1"],
      earns: ["backward": 6_47, "network-d-w1": 2_45],
      // It leaves aside the statistics that it is given, which is more than a difference.
      says: ["grad-input": "is wrong in all", "backward": carried, "network-d-w1": carried]
    ),
    Slip(
      "the chain is differenced",
      in: "Chain.swift",
      replace: "return (dX, try gradGamma",
      with: """
        func loss(_ x: Tensor<Double>) -> Double {
          let deviation = x - x.mean(axis: 0)
          let root = (deviation.squared().mean(axis: 0) + epsilon).squareRoot()
          return (gamma * deviation / root * dU).sum()
        }
        return (differences(of: loss, at: x) + 0 * dX, try gradGamma
        """,
      loses: ["backward", "network-d-w1"],
      // 44 of 52 points.
      earns: ["network-d-w1": 2_53],
      says: ["network-d-w1": carried]
    ),
    Slip(
      "a gradient of the network is differenced",
      in: "SmallNetwork.swift",
      replace: "return (loss, dW1,",
      with: """
        func value(_ w1: Tensor<Double>) throws -> Double {
          let z = try x.matmul(w1)
          let xHat = try normalize(
            z,
            mean: batchMean(z),
            variance: batchVariance(z, mean: batchMean(z)),
            epsilon: epsilon
          )
          let y = try (gamma * xHat + beta).maximum(0).matmul(w2)
          return (y - target).squared().sum() / (2 * n)
        }
        let numeric = try differences(of: value, at: w1) + 0 * dW1
        return (loss, numeric,
        """,
      loses: ["network-d-w1"],
      earns: [:]
    ),
  ]

  /// Whoever differences a function loses its points; a chain through it loses the same share.
  @Test(arguments: differencing.sample(2))
  func differencesLoseTheirOwnPoints(slip: Slip) throws {
    let differences = """
      import CourseKit

      func differences(
        of loss: (Tensor<Double>) throws -> Double,
        at point: Tensor<Double>
      ) rethrows -> Tensor<Double> {
        var gradient = point
        for index in point.scalars.indices {
          var (above, below) = (point, point)
          above.scalars[index] += 1e-6
          below.scalars[index] -= 1e-6
          gradient.scalars[index] = (try loss(above) - loss(below)) / 2e-6
        }
        return gradient
      }

      """
    let grade = try Homework.solution.replacing(slip.old, with: slip.new, in: slip.file)
      .adding("Differences.swift", differences).graded()
    #expect(grade.lost == slip.loses)
    for id in slip.loses {
      let test = try grade.test(id)
      #expect(test.score == Points(hundredths: slip.earns[id] ?? 0), "\(id)")
      // By the seed a fixed step may lose a tiny unit of the network, which is told first.
      let lost = slip.says[id] == nil && id == "network-d-w1" ? "columns of very different" : nil
      let words = [slip.says[id] ?? "finite difference", lost].compactMap(\.self)
      #expect(words.contains { test.message.contains($0) }, "\(id): \(test.message)")
    }
  }

  /// One wrong line.
  struct Slip: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var file, old, new: String
    var loses: [String]
    /// Hundredths of points that chains earn all the same, since they are right for their steps.
    var earns: [String: Int]
    /// Words of the messages that are others than usual.
    var says: [String: String]

    init(
      _ description: String,
      in file: String,
      replace old: String,
      with new: String,
      loses: [String],
      earns: [String: Int],
      says: [String: String] = [:]
    ) {
      testDescription = description
      (self.file, self.old, self.new) = (file, old, new)
      (self.loses, self.earns, self.says) = (loses, earns, says)
    }
  }

  /// Each function is judged on arguments of the judge's, so the order of parts does not matter,
  /// and files may be cut differently.
  @Test(.beyondTheSample()) func moduleSplitDifferently() throws {
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
        "import CourseKit\nfunc average(_ x: Tensor<Double>) -> Tensor<Double> { x.mean(axis: 0) }"
      )
      .adding(path: "Sources/Other/Broken.swift", Array("func {".utf8))
      .adding(path: "Package.swift", Array("not a manifest".utf8))
      .graded()
    #expect(grade.status == .graded)
    #expect(grade.lost == [])
    #expect(grade.build.status == .built)
  }

  @Test(.beyondTheSample()) func missingWrittenPartIsReported() throws {
    var homework = Homework.solution
    homework.files["Derivation.md"] = nil
    let grade = try homework.graded()
    #expect(grade.status == .graded)
    #expect(grade.score == grade.maxScore)
    #expect(grade.intake.missing == ["Derivation.md"])
    let item = try grade.test("derivation")
    #expect(item.status == .pending)
    #expect(item.message == "Derivation.md is not in the archive.")
  }
}
