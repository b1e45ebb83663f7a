import ConvBiasTask
import CourseKit
import JudgeSupport

// Small integers and halves, on which people can do the sums themselves.

extension Convolution: SmallDraw {
  static var smallDraws: SmallDraws<Convolution> {
    SmallDraws(
      Geometry.small,
      times: 2,
      simplifying: [\.x, \.weight, \.bias, \.dY]
    ) { geometry, generator in
      Convolution(small: geometry, using: &generator)
    }
  }

  init(small geometry: Geometry, using generator: inout Generator) {
    self.init(
      geometry,
      x: generator.small(shape: geometry.inputShape),
      weight: generator.small(shape: geometry.weightShape),
      bias: generator.small(geometry.o),
      dY: generator.small(shape: geometry.outputShape)
    )
  }
}

extension Geometry {
  /// Few numbers: plain ones, then steps, frames, both.
  fileprivate static let small = [
    Geometry(n: 1, c: 1, o: 1, size: (1, 2), kernel: (1, 1)),
    Geometry(n: 1, c: 1, o: 1, size: (2, 3), kernel: (1, 2)),
    Geometry(n: 1, c: 1, o: 1, size: (3, 2), kernel: (2, 1)),
    Geometry(n: 2, c: 1, o: 1, size: (1, 2), kernel: (1, 1)),
    Geometry(n: 1, c: 2, o: 1, size: (1, 2), kernel: (1, 2)),
    Geometry(n: 1, c: 1, o: 2, size: (2, 1), kernel: (1, 1)),
    Geometry(n: 1, c: 1, o: 1, size: (3, 3), kernel: (2, 2)),
    Geometry(n: 1, c: 1, o: 1, size: (1, 3), kernel: (1, 1), stride: (1, 2)),
    Geometry(n: 1, c: 1, o: 1, size: (3, 1), kernel: (1, 1), stride: (2, 1)),
    Geometry(n: 1, c: 1, o: 1, size: (1, 1), kernel: (1, 2), padding: (0, 1)),
    Geometry(n: 1, c: 1, o: 1, size: (1, 1), kernel: (2, 1), padding: (1, 0)),
    Geometry(n: 1, c: 1, o: 1, size: (2, 2), kernel: (2, 2), padding: (1, 1)),
    Geometry(n: 1, c: 1, o: 1, size: (2, 4), kernel: (1, 2), stride: (1, 2), padding: (0, 1)),
    Geometry(n: 1, c: 1, o: 1, size: (4, 2), kernel: (2, 1), stride: (2, 1), padding: (1, 0)),
    Geometry(n: 2, c: 2, o: 2, size: (1, 2), kernel: (1, 1)),
  ]
}

extension Shift: SmallDraw {
  static var smallDraws: SmallDraws<Shift> {
    let sizes = Geometry.small.prefix(7)
    let parts: [WritableKeyPath<Shift, Tensor<Double>>] = [
      \.convolution.weight, \.convolution.bias, \.shift,
    ]
    return SmallDraws(Array(sizes), simplifying: parts) { geometry, generator in
      Shift(
        convolution: Convolution(small: geometry, using: &generator),
        shift: generator.small(geometry.c)
      )
    }
  }
}

extension Normalization: SmallDraw {
  static var smallDraws: SmallDraws<Normalization> {
    let sizes = Geometry.small.prefix(7) + Geometry.small.suffix(1)
    let parts: [WritableKeyPath<Normalization, Tensor<Double>>] = [
      \.convolution.x, \.convolution.weight, \.convolution.bias, \.convolution.dY, \.gamma, \.beta,
    ]
    return SmallDraws(Array(sizes), simplifying: parts) { geometry, generator in
      Normalization(
        convolution: Convolution(small: geometry, using: &generator),
        gamma: generator.small(geometry.o),
        beta: generator.small(geometry.o),
        epsilon: generator.one(of: [0.5, 1])
      )
    }
  }
}

extension Folding: SmallDraw {
  static var smallDraws: SmallDraws<Folding> {
    let sizes = Geometry.small.prefix(6).flatMap { [($0, true), ($0, false)] }
    let parts: [WritableKeyPath<Folding, Tensor<Double>>] = [
      \.weight, \.gamma, \.beta, \.running.mean,
    ]
    return SmallDraws(
      sizes,
      times: 2,
      simplifying: parts,
      toOne: [\.running.variance]
    ) { size, generator in
      let (geometry, hasBias) = size
      let o = geometry.o
      var draw = Folding(geometry, hasBias: hasBias, using: &generator)
      draw.weight = generator.small(shape: geometry.weightShape)
      draw.bias = hasBias ? generator.small(o) : nil
      (draw.gamma, draw.beta) = (generator.small(o), generator.small(o))
      draw.running = Running(mean: generator.small(o), variance: generator.smallPositive(o))
      draw.epsilon = generator.one(of: [0.5, 1])
      return draw
    }
  }
}

extension Approach: SmallDraw {
  static var smallDraws: SmallDraws<Approach> {
    let shapes = [
      [1, 1, 1, 1], [1, 1, 1, 2], [1, 1, 2, 1], [2, 1, 1, 1], [1, 2, 1, 2], [2, 2, 1, 2],
    ]
    return SmallDraws(shapes, simplifying: [\.response, \.target]) { shape, generator in
      Approach(response: generator.small(shape: shape), target: generator.small(shape: shape))
    }
  }
}

// Integers, of which those that the tests ask for can never be told: strides and paddings here are
// larger than theirs, on images that theirs do not have.

extension Axis: SmallDraw {
  var isFit: Bool { kernel <= input + 2 * padding }

  static var smallDraws: SmallDraws<Axis> {
    let stepping = [7, 8, 9, 13].flatMap { input in
      [1, 2, 3].flatMap { kernel in
        [0, 1].map { Axis(input: input, kernel: kernel, stride: 6, padding: $0) }
      }
    }
    let framed = [2, 3].flatMap { input in
      [1, 2, 3].flatMap { kernel in
        [1, 2, 3].map { Axis(input: input, kernel: kernel, stride: $0, padding: 4) }
      }
    }
    // They just fit, and do not by one.
    let limits = [10, 11, 12].map { Axis(input: 2, kernel: $0, stride: 1, padding: 4) }
    return SmallDraws(stepping + framed + limits)
  }
}

extension Geometry: SmallDraw {
  var isFit: Bool { kernel.0 <= size.0 + 2 * padding.0 && kernel.1 <= size.1 + 2 * padding.1 }

  static var smallDraws: SmallDraws<Geometry> {
    let channels = [(1, 1), (2, 1), (1, 2), (2, 3)]
    let sizes = [((1, 2), (1, 1)), ((2, 1), (1, 1)), ((2, 3), (1, 2)), ((3, 2), (2, 1))]
    let fitting = [0, 6].flatMap { padding in
      sizes.flatMap { size, kernel in
        channels.map { c, o in
          Geometry(
            n: 1,
            c: c,
            o: o,
            size: size,
            kernel: kernel,
            stride: (13, 14),
            padding: (padding, padding)
          )
        }
      }
    }
    let misfits = [((3, 1), (2, 1)), ((1, 3), (1, 2))].map { kernel, size in
      Geometry(n: 1, c: 1, o: 1, size: size, kernel: kernel, stride: (13, 14))
    }
    return SmallDraws(fitting + misfits)
  }
}
