import GraderCore
import Testing

/// A step that lost its points costs the chains through it the same, however it lost them.
@Suite struct CarriedEndsTests {
  /// What a step does instead of its work, on one line before it.
  enum Fault: String, CaseIterable {
    case wrong, unwritten, throwing, trapping

    func code(wrong: String) -> String {
      switch self {
      case .wrong: "if zero() == 0 { return \(wrong) }"
      case .unwritten: "if zero() == 0 { throw NotImplemented() }"
      case .throwing: "if zero() == 0 { throw BatchTooSmall(count: 2) }"
      case .trapping: "if zero() == 0 { fatalError() }"
      }
    }
  }

  /// The tests with steps 2 and the last of the forward pass at fault.
  private static let scores = [
    "scale-and-shift": 0, "grad-variance": 0, "backward": 6_28, "inference": 1_80,
    "batch-of-one": 2_00, "network-loss": 80, "network-d-w1": 2_26, "network-d-gamma": 75,
    "network-d-beta": 75, "network-d-w2": 2_40,
  ]

  private static let pairs: [(Fault, Fault)] = Fault.allCases.flatMap { first in
    Fault.allCases.map { (first, $0) }
  }

  @Test(arguments: pairs.sample(5, 9, 14))
  func anyPairOfFaultsCostsTheSame(shift: Fault, variance: Fault) throws {
    var homework = Homework.solution.adding("Zero.swift", "func zero() -> Int { 0 }\n")
    homework = try Self.starting("scaleAndShift", in: "Forward.swift", of: homework) {
      shift.code(wrong: "xHat * gamma")
    }
    homework = try Self.starting("gradVariance", in: "Steps.swift", of: homework) {
      variance.code(wrong: "mean * 0 - 1")
    }
    let grade = try homework.graded("--naming-seconds", "0")
    for (test, score) in Self.scores {
      #expect(try grade.test(test).score == Points(hundredths: score), "\(test)")
    }
    #expect(grade.tests.allSatisfy { $0.staffMessage?.contains("nothing is carried") != true })
  }

  /// What no declaration can be blamed for costs all steps of its file, and chains their share.
  @Test func stepsThatDoNotCompileAreCarried() throws {
    let grade = try Homework.solution
      .appending("#if true\nlet x: Int = \"\"\n#endif\n", to: "Steps.swift")
      .graded("--naming-seconds", "0")
    let chain = try grade.test("backward")
    #expect(chain.score == Points(hundredths: 2_66))
    #expect(
      chain.message
        == "As your own steps make it: the error is carried over from them, and part of the points "
        + "is kept. It calls functions of Sources/BatchNorm/Steps.swift, which does not compile."
    )
    #expect(try grade.test("batch-of-one").score == Points(hundredths: 2_00))
    #expect(try grade.test("network-loss").score == Points(hundredths: 1_00))
  }

  /// The batch of one is refused by the chain itself.
  @Test(.beyondTheSample()) func aChainThatTakesABatchOfOneIsWrongAllTheSame() throws {
    var homework = Homework.solution.adding("Zero.swift", "func zero() -> Int { 0 }\n")
    homework = try Self.starting("gradVariance", in: "Steps.swift", of: homework) {
      Fault.trapping.code(wrong: "")
    }
    homework = try homework.replacing("x.shape[0] > 1", with: "x.shape[0] > 0", in: "Chain.swift")
    #expect(try homework.graded("--naming-seconds", "0").test("batch-of-one").score == .zero)
  }

  /// The proof that an error is carried runs the same code as the test did: without assertions.
  @Test func assertionsOfAChainDoNotRun() throws {
    var homework = Homework.solution.adding("Zero.swift", "func zero() -> Int { 0 }\n")
    homework = try Self.starting("gradVariance", in: "Steps.swift", of: homework) {
      Fault.wrong.code(wrong: "mean * 0 - 1")
    }
    let without = try homework.graded("--naming-seconds", "0").test("backward")
    homework = try Self.starting("batchNormBackward", in: "Chain.swift", of: homework) {
      "var count = 0; assert({ count += 1; return true }()); if count > 0 { return (x, x, x) }"
    }
    let with = try homework.graded("--naming-seconds", "0").test("backward")
    #expect(with.score == without.score)
    #expect(with.score > .zero)
  }

  private static func starting(
    _ function: String,
    in file: String,
    of homework: Homework,
    with code: () -> String
  ) throws -> Homework {
    let attack = Attack(function, code(), .failed)
    let slot = Slot(function: function, file: file, tests: [])
    return try homework.attacked(by: attack, in: slot).homework
  }
}
