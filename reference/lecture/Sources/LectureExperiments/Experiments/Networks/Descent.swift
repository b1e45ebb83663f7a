internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let descent = Experiment(
    "descent",
    title: "Gradient descent in a bowl",
    slides: "S7",
    chapter: .networks,
    claim: "Steps against the gradient, w ← w - ε ∇J, lead downhill if ε is small enough."
  ) { _ in
    var findings = Findings()
    findings.say(
      "In the bowl J = a w²/2 the gradient is a w, and after k steps w is (1 - ε a)ᵏ of where it "
        + "began: it shrinks for ε below 2/a, swings for ε above 1/a, and flies off above 2/a. "
        + "Here a = 1 and w begins at 1."
    )
    let rates = [0.1, 0.5, 1.5, 1.9, 2.05]
    let paths = try rates.map { try path(rate: $0, momentum: 0) }
    findings.compare(
      "After 30 steps of the engine’s optimizer",
      with: .theory,
      zip(rates, paths).map { rate, path in
        var power = 1.0
        for _ in 0..<30 { power *= 1 - rate }
        return .near("ε = \(Numbers.short(rate))", power, path[30], within: 1e-9, digits: 6)
      }
    )
    let chart = LineChart(
      title: "Distance from the bottom",
      summary: "It falls fastest for the rates 0.5 and 1.5, slowly for 0.1 and 1.9, and grows for "
        + "2.05.",
      x: Axis("step"),
      y: Axis("|w|", .logarithmic),
      series: zip(rates, paths).map { rate, path in
        LineChart.Series(
          "ε = \(Numbers.short(rate))",
          path.enumerated().map { (Double($0), abs($1)) }
        )
      }
    )
    let momentum = LineChart(
      title: "With momentum, ε = 0.1",
      summary: "Without momentum the path is slow and straight; with 0.5 it is faster; with 0.9 it "
        + "overshoots and swings.",
      x: Axis("step"),
      y: Axis("w"),
      series: try [0, 0.5, 0.9].map { share in
        LineChart.Series(
          "momentum \(Numbers.short(share))",
          try path(rate: 0.1, momentum: share).enumerated().map { (Double($0), $1) }
        )
      }
    )
    findings.figure("bowl", "Paths in the bowl J = w²/2.", [chart.picture(), momentum.picture()])
    return findings
  }
}

/// The places of 40 steps in the bowl `J = w²/2`, from 1.
private func path(rate: Double, momentum: Double) throws -> [Double] {
  // A linear layer with one weight, so that it is the engine's optimizer that steps.
  var layer = try Linear<Double>(weight: Tensor([[1]]), bias: nil)
  var optimizer = SGD<Double>(learningRate: rate, momentum: momentum)
  var places = [1.0]
  for _ in 0..<40 {
    try optimizer.step(&layer, Gradients(["weight": layer.weight]))
    places.append(layer.weight[0, 0])
  }
  return places
}
