internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let oneByOne = Experiment(
    "one-by-one",
    title: "A 1 × 1 convolution is a linear layer over channels",
    slides: "S56",
    chapter: .architectures,
    claim: "A convolution with a 1 × 1 filter does at every pixel what a linear layer does to the "
      + "vector of its channels."
  ) { context in
    var findings = Findings()
    var generator = Generator(seed: context.seed)
    let (n, channels, outputs, height, width) = (2, 4, 5, 3, 6)
    let images: Tensor<Double> = generator.normal(shape: [n, channels, height, width])
    let weight: Tensor<Double> = generator.normal(shape: [outputs, channels])
    let bias: Tensor<Double> = generator.normal(shape: [outputs])
    let convolution = try Conv2d<Double>(
      weight: weight.reshaped(outputs, channels, 1, 1),
      bias: bias
    )
    let linear = try Linear<Double>(weight: weight, bias: bias)
    let (output, cache) = try convolution.forward(images, mode: .training)
    let (rows, rowCache) = try linear.forward(images.channelsLast, mode: .training)
    let cotangent: Tensor<Double> = generator.normal(shape: output.shape)
    let back = try convolution.backward(cotangent, cache: cache)
    let rowBack = try linear.backward(cotangent.channelsLast, cache: rowCache)
    findings.compare(
      "Largest difference, on two images with 4 channels, to 5 channels",
      with: .theory,
      [
        .vanishing("outputs", output.channelsLast.distance(to: rows), below: 1e-13),
        .vanishing(
          "gradient of the input",
          back.dInput.channelsLast.distance(to: rowBack.dInput),
          below: 1e-13
        ),
        .vanishing(
          "gradient of the weight",
          back.gradients["weight"].map {
            $0.reshaped(outputs, channels)
              .distance(to: rowBack.gradients["weight"] ?? .zeros(outputs, channels))
          } ?? .nan,
          below: 1e-12
        ),
      ]
    )
    let x: Tensor<Double> = generator.normal(shape: [4, 9])
    let slide = try linear(x.transposed()).transposed()
    findings.compare(
      "The slide’s expression, with x of 4 channels and 9 pixels",
      [.exact("shape of linear(x.T).T", "[5, 9]", "\(slide.shape)")]
    )
    findings.note(
      "The slide’s `linear(x).T` lost a transpose: a linear layer works on the last axis, which "
        + "must be the channels, so it is `linear(x.T).T`."
    )
    return findings
  }
}

extension Tensor {
  /// Images with a row of channels for each pixel.
  ///
  /// Shapes: `[n, c, h, w]` becomes `[n h w, c]`.
  var channelsLast: Tensor {
    let (n, c, area) = (shape[0], shape[1], shape[2] * shape[3])
    var scalars: [Scalar] = []
    scalars.reserveCapacity(count)
    for image in 0..<n {
      for pixel in 0..<area {
        for channel in 0..<c { scalars.append(self.scalars[(image * c + channel) * area + pixel]) }
      }
    }
    return Tensor(shape: [n * area, c], scalars: scalars)
  }
}
