import CourseKit
import JudgeSupport
import TwoHiddenLayersTask

// Small numbers, on which people can do the sums themselves.

extension Layer: SmallDraw {
  static var smallDraws: SmallDraws<Layer> {
    let sizes = [
      (1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2), (2, 2, 1), (2, 1, 2), (2, 2, 2), (3, 2, 2),
    ]
    return SmallDraws(
      sizes,
      tensors: { [$0.x, $0.w, $0.b, $0.dZ] },
      replacing: { Layer(x: $1[0], w: $1[1], b: $1[2], dZ: $1[3]) },
      where: { $0.z.smallest >= 1e-3 },
      draw: { size, generator in
        let (n, d, m) = size
        return Layer(
          x: generator.smallWhole(n, d),
          w: generator.smallWhole(d, m),
          b: generator.smallWhole(m),
          dZ: generator.small(n, m)
        )
      }
    )
  }
}

extension Scores: SmallDraw {
  static var smallDraws: SmallDraws<Scores> {
    SmallDraws(
      [(1, 2), (2, 2), (1, 3), (3, 2), (2, 3), (3, 3)],
      tensors: { [$0.logits] },
      replacing: { Scores(logits: $1[0], labels: $0.labels) },
      draw: { size, generator in
        let (n, k) = size
        return Scores(
          logits: generator.small(n, k),
          labels: generator.smallLabels(n, classes: k)
        )
      }
    )
  }
}

extension Network: SmallDraw {
  static var smallDraws: SmallDraws<Network> {
    let sizes = [
      (1, [1, 1, 1, 2]), (2, [1, 1, 1, 2]), (1, [2, 1, 1, 2]), (1, [1, 2, 1, 2]),
      (1, [1, 1, 2, 2]), (2, [1, 2, 1, 2]), (1, [1, 1, 1, 3]), (2, [1, 2, 2, 2]),
    ]
    return SmallDraws(
      sizes,
      times: 6,
      tensors: { [$0.x] + $0.p.tensors.map(\.value) },
      replacing: {
        Network(x: $1[0], labels: $0.labels, p: Parameters(Array($1.dropFirst())))
      },
      where: { $0.pass.nearestToKink >= 1e-3 },
      draw: { size, generator in
        let (n, sizes) = size
        return Network(
          x: generator.gentle(n, sizes[0]),
          labels: generator.smallLabels(n, classes: sizes[3]),
          p: generator.gentleParameters(sizes)
        )
      }
    )
  }
}

extension Step: SmallDraw {
  static var smallDraws: SmallDraws<Step> {
    SmallDraws(
      [[1, 1, 1, 1], [2, 1, 1, 1], [1, 1, 1, 2]],
      tensors: { $0.p.tensors.map(\.value) + $0.g.tensors.map(\.value) },
      replacing: {
        let (p, g) = (Parameters(Array($1.prefix(6))), Parameters(Array($1.dropFirst(6))))
        return Step(p: p, g: g, rate: $0.rate)
      },
      draw: { sizes, generator in
        let (p, g) = (generator.gentleParameters(sizes), generator.gentleParameters(sizes))
        return Step(p: p, g: g, rate: generator.one(of: [0.5, 2]))
      }
    )
  }
}

extension Steps: SmallDraw {
  static var smallDraws: SmallDraws<Steps> {
    SmallDraws(
      [[1], [2], [1, 1], [2, 1]],
      times: 8,
      tensors: { $0.start.tensors.map(\.value) + $0.batches.map(\.x) },
      replacing: { steps, tensors in
        var batches = steps.batches
        for index in batches.indices { batches[index].x = tensors[6 + index] }
        return Steps(Parameters(Array(tensors.prefix(6))), batches, steps.rate)
      },
      where: \.isOffKinks,
      draw: { sizes, generator in
        let batches = sizes.map { n in
          Batch(x: generator.gentle(n, 1), labels: generator.smallLabels(n, classes: 2))
        }
        let start = generator.gentleParameters([1, 1, 1, 2])
        let rate = generator.one(of: [0.5, 1])
        // One that comes near a kink is told from others by its answers, of which there are none.
        return Steps(start, batches, rate) ?? Steps(start: start, batches: batches, rate: rate)
      }
    )
  }

  private var isOffKinks: Bool { !expected.isEmpty }
}

extension Generator {
  fileprivate mutating func smallLabels(_ n: Int, classes: Int) -> [Int] {
    (0..<n).map { _ in one(of: Array(0..<classes)) }
  }

  /// Numbers through which logits stay small: what is sure has no gradient.
  fileprivate mutating func gentle(_ shape: Int...) -> Tensor<Double> {
    gentle(shape: shape)
  }

  private mutating func gentle(shape: [Int]) -> Tensor<Double> {
    let numbers = (0..<shape.reduce(1, *)).map { _ in one(of: [-1, -0.5, 0.5, 1, 1, 1.5, 2]) }
    return Tensor(shape: shape, scalars: numbers)
  }

  fileprivate mutating func gentleParameters(_ sizes: [Int]) -> Parameters {
    Parameters(Parameters.shapes(sizes).map { gentle(shape: $0) })
  }
}
