import BatchNorm
import CourseKit
import XCTest

/// Each step alone: its inputs are the example's, not those of your other steps.
final class StepsTests: HomeworkTestCase {
  func testGradXHat() {
    attempt {
      expect(try gradXHat(dU: Example.dU, gamma: Example.gamma), Example.dXHat, "dXHat")
    }
  }

  func testGradVariance() {
    attempt {
      let yours = try gradVariance(
        dXHat: Example.dXHat,
        x: Example.x,
        mean: Example.mean,
        variance: Example.variance,
        epsilon: Example.epsilon
      )
      expect(
        yours,
        Example.dVariance,
        "dVariance",
        hint: "It is a sum over the batch, with a factor and a power: question 2 of Derivation.md"
      )
    }
  }

  func testGradMean() {
    attempt {
      let yours = try gradMean(
        dXHat: Example.dXHat,
        dVariance: Example.dVariance,
        x: Example.x,
        mean: Example.mean,
        variance: Example.variance,
        epsilon: Example.epsilon
      )
      expect(yours, Example.dMean, "dMean", hint: "Sum over the batch, and mind the sign")
    }
  }

  func testGradInput() {
    attempt {
      let yours = try gradInput(
        dXHat: Example.dXHat,
        dVariance: Example.dVariance,
        dMean: Example.dMean,
        x: Example.x,
        mean: Example.mean,
        variance: Example.variance,
        epsilon: Example.epsilon
      )
      expect(yours, Example.dX, "dX", hint: "Three paths: direct, by the variance, by the mean")
    }
  }
}

/// Each step against finite differences of your own forward functions.
final class StepsDifferencesTests: HomeworkTestCase {
  func testGradXHatAgreesWithDifferences() {
    attempt {
      let report = try checkGradient(
        of: { try scaleAndShift($0, gamma: Example.gamma, beta: Example.beta) },
        at: Example.xHat,
        named: "dXHat",
        claimed: { try gradXHat(dU: $0, gamma: Example.gamma) }
      )
      expect(report)
    }
  }

  func testGradVarianceAgreesWithDifferences() {
    attempt {
      let report = try checkGradient(
        of: { try normalized(variance: $0) },
        at: Example.variance,
        named: "dVariance"
      ) { dXHat in
        try gradVariance(
          dXHat: dXHat,
          x: Example.x,
          mean: Example.mean,
          variance: Example.variance,
          epsilon: Example.epsilon
        )
      }
      expect(report)
    }
  }

  /// The mean moves xHat, and it moves the variance; here the variance weighs in with (3, -2).
  func testGradMeanAgreesWithDifferences() {
    attempt {
      let weights = Tensor<Double>([3, -2])
      let report = try checkGradient(
        of: { mean in
          let direct = Example.dXHat * (try normalized(mean: mean))
          let variance = (Example.x - mean).squared().mean(axis: 0)
          let throughVariance = weights * variance
          return direct.sum() + throughVariance.sum()
        },
        at: Example.mean,
        claimed: try gradMean(
          dXHat: Example.dXHat,
          dVariance: weights,
          x: Example.x,
          mean: Example.mean,
          variance: Example.variance,
          epsilon: Example.epsilon
        ),
        named: "dMean"
      )
      expect(report)
    }
  }

  /// The three paths, each made by one of your forward functions; `normalize` gets the statistics
  /// of the example, so that through it x takes the direct path alone.
  func testGradInputAgreesWithDifferences() {
    attempt {
      let (ofVariance, ofMean) = (Tensor<Double>([3, -2]), Tensor<Double>([-1, 4]))
      let report = try checkGradient(
        of: { x in
          let direct = Example.dXHat * (try normalized(x))
          let mean = try batchMean(x)
          let throughMean = ofMean * mean
          let throughVariance = ofVariance * (try batchVariance(x, mean: mean))
          return direct.sum() + throughVariance.sum() + throughMean.sum()
        },
        at: Example.x,
        claimed: try gradInput(
          dXHat: Example.dXHat,
          dVariance: ofVariance,
          dMean: ofMean,
          x: Example.x,
          mean: Example.mean,
          variance: Example.variance,
          epsilon: Example.epsilon
        ),
        named: "dX"
      )
      expect(report)
    }
  }

  private func normalized(
    _ x: Tensor<Double> = Example.x,
    mean: Tensor<Double> = Example.mean,
    variance: Tensor<Double> = Example.variance
  ) throws -> Tensor<Double> {
    try normalize(x, mean: mean, variance: variance, epsilon: Example.epsilon)
  }
}
