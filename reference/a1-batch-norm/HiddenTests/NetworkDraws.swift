import CourseKit
import JudgeSupport

extension Network {
  /// The questions of the network's tests, with every argument exchanged for that of another draw.
  static func questions(using generator: inout Generator) -> Questions<Network> {
    Questions(
      ordinary: draws(using: &generator) + sized(using: &generator),
      unusual: scaled(using: &generator) + special(using: &generator),
      extreme: extreme(using: &generator)
    ).exchanging(
      \.x,
      \.w1,
      \.layer.gamma,
      \.layer.beta,
      \.w2,
      \.target,
      \.layer.epsilon,
      drawing: { Network(6, 3, 4, 2, using: &generator) },
      until: { $0.isLoud() }
    )
  }

  /// Sizes as of batches.
  private static func draws(using generator: inout Generator) -> [Network] {
    [(6, 3, 4, 2), (2, 5, 3, 4), (4, 4, 4, 4), (6, 3, 4, 2)].map {
      Network($0, $1, $2, $3, using: &generator)
    }
  }

  /// Scales as of batches; most gradients are squares in what is scaled last, so by half the power.
  private static func scaled(using generator: inout Generator) -> [Network] {
    [
      Network(7, 2, 5, 3, scale: 0x1p-18, using: &generator),
      Network(5, 6, 2, 7, scale: 0x1p18, using: &generator),
      Network(4, 3, 5, 6, linear: 0x1p-20, using: &generator),
      Network(5, 4, 2, 3, linear: 0x1p20, using: &generator),
    ]
  }

  /// All small sizes and a few large ones, the same for everyone.
  private static func sized(using generator: inout Generator) -> [Network] {
    let small = (0..<16).map { (2 + $0, 16 - $0, 1 + $0 * 7 % 16, 1 + ($0 * 5 + 3) % 16) }
    let large = [(33, 2, 3, 1), (4, 33, 2, 3), (6, 3, 33, 2), (3, 2, 4, 33)]
    return (small + large).map { Network($0, $1, $2, $3, using: &generator) }
  }

  /// Activations that are wide or narrow, a sample far from all others, and a scale of 0.
  private static func special(using generator: inout Generator) -> [Network] {
    let scaled = [0x1p-18, 0x1p8].map { scale in
      Network(5, 3, 4, 2, using: &generator).scalingActivations(by: scale)
    }
    var far: Network
    repeat {
      far = Network(130, 2, 3, 1, using: &generator)
      for j in 0..<2 { far.x[65, j] += generator.sign() * 1000 }
      // The ReLU has to let something of that sample through.
    } while !far.isLoud() || Forward(of: far).u.row(65).scalars.allSatisfy { $0 < 3 }
    var withZero: Network
    repeat {
      withZero = Network(6, 3, 4, 2, using: &generator)
      withZero.layer.gamma[1] = 0
    } while !withZero.isLoud()
    return scaled + [far, withZero]
  }

  /// Scales as of batches, half the power where gradients are squares.
  private static func extreme(using generator: inout Generator) -> [Network] {
    let sizes = [(5, 3, 4, 2), (4, 2, 3, 5)]
    let scales = [(0x1p-60, 0x1p-100), (0x1p60, 0x1p100)]
    return zip(sizes, scales).flatMap { size, scales in
      let (n, d, h, k) = size
      let (scale, linear) = scales
      return [
        Network(n, d, h, k, scale: scale, using: &generator),
        Network(n, d, h, k, using: &generator).scalingW1(by: scale),
        Network(n, d, h, k, linear: linear, using: &generator),
        Network(n, d, h, k, using: &generator).scalingActivations(by: linear),
      ]
    }
  }

  /// The same network, with another scale of what the ReLU gets and of what is to come out.
  private func scalingActivations(by scale: Double) -> Network {
    var network = self
    network.layer.gamma = layer.gamma * scale
    network.layer.beta = layer.beta * scale
    network.target = target * scale
    return network
  }
}
