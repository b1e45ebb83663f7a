internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let depthwise = Experiment(
    "depthwise",
    title: "Token mixing is a depthwise convolution",
    slides: "S55",
    chapter: .architectures,
    claim: "The Mixer’s token mixing is a depthwise convolution whose filters see the whole image "
      + "and are the same for all channels."
  ) { context in
    var findings = Findings()
    var generator = Generator(seed: context.seed)
    // A square of 3 × 3 tokens with 4 channels, mixed into 5 numbers per channel.
    let (n, channels, side, mixed) = (2, 4, 3, 5)
    let tokens = side * side
    let x: Tensor<Double> = generator.normal(shape: [n, channels, side, side])
    let weight: Tensor<Double> = generator.normal(shape: [mixed, tokens])
    let linear = try Linear<Double>(weight: weight, bias: nil)

    // Each channel is a group with its own copy of the same `mixed` filters.
    let copies = (0..<channels).flatMap { _ in weight.scalars }
    let convolution = try Conv2d<Double>(
      weight: Tensor(shape: [channels * mixed, 1, side, side], scalars: copies),
      bias: nil,
      groups: channels
    )
    let (output, cache) = try convolution.forward(x, mode: .training)
    let (mixing, mixingCache) = try linear.forward(
      x.reshaped(n, channels, tokens),
      mode: .training
    )
    let cotangent: Tensor<Double> = generator.normal(shape: mixing.shape)
    let back = try convolution.backward(cotangent.reshaped(to: output.shape), cache: cache)
    let mixingBack = try linear.backward(cotangent, cache: mixingCache)
    let shared = back.gradients["weight"]?.reshaped(channels, mixed, tokens).sum(axis: 0)
    findings.compare(
      "Largest difference, on 9 tokens with 4 channels, mixed into 5",
      with: .theory,
      [
        .exact("shape of the convolution’s output", "[2, 20, 1, 1]", "\(output.shape)"),
        .vanishing(
          "outputs",
          output.reshaped(to: mixing.shape).distance(to: mixing),
          below: 1e-13
        ),
        .vanishing(
          "gradient of the input",
          back.dInput.reshaped(to: mixingBack.dInput.shape).distance(to: mixingBack.dInput),
          below: 1e-13
        ),
        .vanishing(
          "gradient of the filters, summed over the channels that share them",
          zip(shared?.scalars ?? [], mixingBack.gradients["weight"]?.scalars ?? [])
            .reduce(0) { max($0, abs($1.0 - $1.1)) },
          below: 1e-12
        ),
      ]
    )
    findings.say(
      "A usual depthwise convolution differs in both respects: its filters are small, and each "
        + "channel has its own."
    )
    return findings
  }
}
