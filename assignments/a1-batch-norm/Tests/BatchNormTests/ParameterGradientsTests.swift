import BatchNorm
import CourseKit
import XCTest

final class ParameterGradientsTests: HomeworkTestCase {
  func testGradGamma() {
    attempt {
      expect(
        try gradGamma(dU: Example.dU, xHat: Example.xHat),
        Example.dGamma,
        "dGamma",
        hint: "One gamma serves the whole batch: sum over it"
      )
    }
  }

  func testGradBeta() {
    attempt {
      expect(
        try gradBeta(dU: Example.dU),
        Example.dBeta,
        "dBeta",
        hint: "One beta serves the whole batch: sum over it"
      )
    }
  }

  func testGradGammaAgreesWithDifferences() {
    attempt {
      let report = try checkGradient(
        of: { try scaleAndShift(Example.xHat, gamma: $0, beta: Example.beta) },
        at: Example.gamma,
        named: "dGamma",
        claimed: { try gradGamma(dU: $0, xHat: Example.xHat) }
      )
      expect(report)
    }
  }

  func testGradBetaAgreesWithDifferences() {
    attempt {
      let report = try checkGradient(
        of: { try scaleAndShift(Example.xHat, gamma: Example.gamma, beta: $0) },
        at: Example.beta,
        named: "dBeta",
        claimed: { try gradBeta(dU: $0) }
      )
      expect(report)
    }
  }
}
