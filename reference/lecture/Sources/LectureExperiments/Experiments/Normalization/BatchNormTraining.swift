internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let batchNorm = Experiment(
    "batch-norm",
    title: "Batch norm, its bias and its gradients",
    slides: "S25 to S28",
    chapter: .normalization,
    claim: "A bias before batch norm is redundant; dJ/dγ = Σ du x̂ and dJ/dβ = Σ du; the gradient "
      + "of the input takes the batch’s statistics into account."
  ) { try BatchNormTraining(context: $0).findings() }
}

/// Batch norm in training: what it does, what it ignores, and how gradients go through it.
private struct BatchNormTraining {
  let context: Context

  func findings() throws -> Findings {
    var findings = Findings()
    findings.formula("x̂ = (x - μ) / √(σ² + ε),  u = γ x̂ + β,  σ² without Bessel’s correction")
    try redundantBias(&findings)
    try gradients(&findings)
    return findings
  }

  /// S26: the mean takes the bias away again.
  private func redundantBias(_ findings: inout Findings) throws {
    var generator = Generator(seed: context.seed)
    let x: Tensor<Double> = generator.normal(shape: [32, 20])
    let weight: Tensor<Double> = generator.normal(shape: [15, 20])
    let bias: Tensor<Double> = generator.normal(shape: [15])
    let norm = Self.loudNorm(15, &generator)
    let with = Sequential<Double>(try Linear(weight: weight, bias: bias), norm)
    let without = Sequential<Double>(try Linear(weight: weight, bias: nil), norm)
    let (output, cache) = try with.forward(x, mode: .training)
    let plain = try without.forward(x, mode: .training).output
    let cotangent: Tensor<Double> = generator.normal(shape: output.shape)
    let gradients = try with.backward(cotangent, cache: cache).gradients
    findings.say(
      "A linear layer of 15 units on a batch of 32, with and without a random bias, in front of "
        + "the same batch norm (in double precision)."
    )
    findings.compare(
      "The bias before batch norm",
      with: .theory,
      [
        .vanishing(
          "largest change of an output by the bias",
          output.distance(to: plain),
          below: 1e-12
        ),
        .vanishing("norm of the bias’s gradient", gradients["0.bias"]?.norm ?? .nan, below: 1e-12),
        .shown(
          "norm of the weight’s gradient",
          Numbers.significant(gradients["0.weight"]?.norm ?? .nan)
        ),
      ]
    )
  }

  /// S28 and the first homework: against finite differences, and two sums that must vanish.
  private func gradients(_ findings: inout Findings) throws {
    var generator = Generator(seed: context.seed + 1)
    let norm = Self.loudNorm(4, &generator)
    let x: Tensor<Double> = generator.normal(shape: [6, 4]) * 2 + 1
    let (output, cache) = try norm.forward(x, mode: .training)
    let cotangent: Tensor<Double> = generator.normal(shape: output.shape)
    let (dInput, gradients) = try norm.backward(cotangent, cache: cache)
    let hat = try BatchNorm<Double>(channels: 4).forward(x, mode: .training).output

    let numeric = try Self.differences(at: x) { input in
      let output = try norm.forward(input, mode: .training).output
      return (output * cotangent).sum()
    }
    findings.compare(
      "Gradients on a batch of 6 with 4 features, random γ and β",
      with: .theory,
      [
        .vanishing(
          "dJ/dγ minus Σ du x̂",
          gradients["weight"]?.distance(to: (cotangent * hat).sum(axis: 0)) ?? .nan,
          below: 1e-12
        ),
        .vanishing(
          "dJ/dβ minus Σ du",
          gradients["bias"]?.distance(to: cotangent.sum(axis: 0)) ?? .nan,
          below: 1e-12
        ),
        .vanishing("dJ/dx minus central differences", dInput.distance(to: numeric), below: 1e-7),
        .vanishing("Σ dx, over the batch", dInput.sum(axis: 0).norm, below: 1e-12),
        .vanishing(
          "Σ dx x̂, over the batch, which is proportional to ε",
          (dInput * hat).sum(axis: 0).norm,
          below: 1e-4
        ),
      ]
    )
    findings.say(
      "The two sums say that J does not change when all samples move by the same amount, nor, but "
        + "for ε, when they all move away from their mean in proportion."
    )
  }

  /// A layer whose scales and shifts are not those that it starts with.
  private static func loudNorm(_ channels: Int, _ generator: inout Generator) -> BatchNorm<Double> {
    var norm = BatchNorm<Double>(channels: channels)
    norm.weight = generator.normal(shape: [channels]) + 2
    norm.bias = generator.normal(shape: [channels])
    return norm
  }

  /// Central differences of a loss, one number at a time.
  private static func differences(
    at x: Tensor<Double>,
    of loss: (Tensor<Double>) throws -> Double
  ) rethrows -> Tensor<Double> {
    let step = 1e-5
    var result = x
    for index in 0..<x.count {
      var (above, below) = (x, x)
      above.scalars[index] += step
      below.scalars[index] -= step
      result.scalars[index] = (try loss(above) - loss(below)) / (2 * step)
    }
    return result
  }
}
