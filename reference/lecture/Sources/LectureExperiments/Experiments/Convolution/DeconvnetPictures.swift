internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let deconvnet = Experiment(
    "deconvnet",
    title: "What a unit has seen",
    slides: "S45",
    chapter: .convolution,
    claim: "Walking back from a unit through unpooling, rectification and transposed filters shows "
      + "the part of the image that made it answer.",
    cost: Cost(40, quick: 2)
  ) { try DeconvnetPictures(context: $0).findings() }
}

/// A small convolutional network learns digits; then some of its units are traced back to pixels.
private struct DeconvnetPictures {
  let context: Context

  func findings() throws -> Findings {
    var findings = Findings()
    try adjoint(&findings)
    let (net, score, count) = try trained()
    findings.say(
      "A network with two convolutions (8 and 16 filters of 5 × 5, each with ReLU and 2 × 2 max "
        + "pooling) and a linear layer learned \(Numbers.grouped(count)) digits; it gets "
        + "\(Numbers.percent(score, 1)) of the test digits right."
    )
    let filters = (0..<8).map { channel in
      PictureGrid.Image("\(channel + 1)", width: 5, pixels: net.first.weight.row(channel).doubles)
    }
    findings.figure(
      "filters",
      "The filters of the first layer: orange adds, blue subtracts.",
      [
        PictureGrid(
          title: "First filters",
          summary: "Eight patterns of 5 × 5 pixels that answer to strokes and edges.",
          images: filters,
          colours: .signed,
          perRow: 4
        ).picture()
      ]
    )
    let view = Deconvnet<Float>([
      .convolution(net.first), .rectification, .pooling(MaxPool2d(kernel: 2)),
      .convolution(net.second), .rectification,
    ])
    findings.figure(
      "units",
      "For the six loudest channels of the second layer: above, the digit of a hundred that "
        + "excites one of its units most; below, what that unit saw in it.",
      [try units(view)]
    )
    try layers(view, &findings)
    return findings
  }

  // MARK: The adjoint

  /// `<Ax, y> = <x, A'y>`, for a convolution A and the transposed one.
  private func adjoint(_ findings: inout Findings) throws {
    var generator = Generator(seed: context.seed)
    let weight: Tensor<Double> = generator.normal(shape: [5, 3, 3, 3])
    let x: Tensor<Double> = generator.normal(shape: [2, 3, 9, 8])
    let there = try Conv2d<Double>(weight: weight, bias: nil, stride: 2, padding: 1)
    let ax = try there(x)
    let y: Tensor<Double> = generator.normal(shape: ax.shape)
    let back = try there.backward(y, cache: there.forward(x, mode: .training).cache).dInput
    let left = (ax * y).sum()
    let right = (x * back).sum()
    findings.compare(
      "The transposed convolution is the exact adjoint",
      with: .theory,
      [.vanishing("⟨Ax, y⟩ - ⟨x, A′y⟩, relative", (left - right) / abs(left), below: 1e-13)]
    )
  }

  // MARK: The network

  private struct Net {
    let first: Conv2d<Float>
    let second: Conv2d<Float>
  }

  private func trained() throws -> (net: Net, accuracy: Double, count: Int) {
    var generator = Generator(seed: context.seed)
    var net = Sequential<Float>(
      try convolution(inputs: 1, outputs: 8, &generator),
      ReLU(),
      MaxPool2d(kernel: 2),
      try convolution(inputs: 8, outputs: 16, &generator),
      ReLU(),
      MaxPool2d(kernel: 2),
      Flatten(),
      Linear(inputs: 256, outputs: 10, .kaiming, using: &generator)
    )
    let digits = context.digits.training.prefix(context.quick ? 3000 : 60_000)
    let trainer = Trainer(
      settings: .init(
        batchSize: 32,
        rate: 0.01,
        momentum: 0.9,
        weightDecay: 0.002,
        epochs: context.quick ? 2 : 3
      ),
      training: digits,
      test: context.digits.test.prefix(2000),
      takesRows: false
    )
    let scores = try trainer.train(&net, using: &generator) { share, _ in
      context.progress(share, "deconvnet: training")
    }
    let layers = net.elements.compactMap { $0.layer as? Conv2d<Float> }
    return (
      Net(first: layers[0], second: layers[1]), scores.last?.accuracy ?? .nan, digits.count
    )
  }

  private func convolution(
    inputs: Int,
    outputs: Int,
    _ generator: inout Generator
  ) throws -> Conv2d<Float> {
    try Conv2d(
      weight: Initializer.kaiming.weights(shape: [outputs, inputs, 5, 5], using: &generator),
      bias: .zeros(outputs)
    )
  }

  // MARK: Pictures

  /// For the six loudest channels the digit that excites each most, and what it saw.
  private func units(_ view: Deconvnet<Float>) throws -> Picture {
    let digits = context.digits.test.prefix(100)
    let traces = try (0..<digits.count).map { try view.trace(digits.images(at: [$0])) }
    // For each channel the digit that it answers to most; some channels answer to nothing.
    let answers = (0..<16).map { channel in
      let units = traces.map { $0.strongestUnit(ofStep: 4, channel: channel) }
      let values = zip(traces, units).map { $0.outputs[4][0, channel, $1.row, $1.column] }
      let best = values.indices.max { values[$0] < values[$1] } ?? 0
      return (channel: channel, digit: best, unit: units[best], value: values[best])
    }
    let loudest = answers.sorted { $0.value > $1.value }.prefix(6)
    let tops = loudest.map { answer in
      let image: Tensor<Float> = digits.images(at: [answer.digit])
      return PictureGrid.Image("unit \(answer.channel + 1)", width: 28, pixels: image.doubles)
    }
    let seen = try loudest.map { answer in
      let reconstruction = try traces[answer.digit].reconstruction(from: answer.unit)
      return PictureGrid.Image("saw", width: 28, pixels: contrast(reconstruction))
    }
    return PictureGrid(
      title: "Digits, and what six units saw in them",
      summary: "Each unit saw a stroke or a bend of its digit, at one place.",
      images: tops + seen,
      perRow: 6
    ).picture()
  }

  /// One digit: the strongest unit of each stage.
  private func layers(_ view: Deconvnet<Float>, _ findings: inout Findings) throws {
    let digits = context.digits.test
    var images: [PictureGrid.Image] = []
    for index in 0..<3 {
      let image: Tensor<Float> = digits.images(at: [index])
      let trace = try view.trace(image)
      images.append(.init("a \(digits.labels[index])", width: 28, pixels: image.doubles))
      for (step, name) in [(1, "first layer"), (4, "second layer")] {
        let unit = trace.strongestUnit(ofStep: step)
        let seen = try trace.reconstruction(from: unit)
        images.append(.init(name, width: 28, pixels: contrast(seen)))
      }
    }
    let grid = PictureGrid(
      title: "Three digits, seen by their strongest units",
      summary: "A unit of the first layer sees 5 × 5 pixels, one of the second 14 × 14.",
      images: images,
      perRow: 3
    )
    findings.figure(
      "layers",
      "The deeper the unit, the larger the part of the image that it sees.",
      [grid.picture()]
    )
  }

  /// Shades whose middle is zero, so that what the unit did not see is grey.
  private func contrast(_ reconstruction: Tensor<Float>) -> [Double] {
    DeconvnetTrace<Float>.picture(of: reconstruction).doubles
  }
}

extension Tensor {
  /// All numbers in double precision.
  var doubles: [Double] { scalars.map { Double($0) } }
}
