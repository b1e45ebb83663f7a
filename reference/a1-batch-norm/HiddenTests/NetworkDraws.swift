import CourseKit
import JudgeSupport

extension Network {
  /// The questions of the network's tests, with every argument exchanged for that of another draw.
  static func questions(using generator: inout Generator) -> Questions<Network> {
    Questions(
      ordinary: draws(using: &generator) + sized(using: &generator),
      unusual: scaled(using: &generator) + special(using: &generator)
        + plain(using: &generator) + [graded(using: &generator)],
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
    let narrow = [(2, 1, 1, 1), (5, 2, 1, 1), (4, 1, 3, 1)]
    let all = [(17, 12, 11, 10), (25, 11, 10, 20), (33, 10, 16, 3), (64, 12, 6, 11)]
    return (small + large + narrow + all).map { Network($0, $1, $2, $3, using: &generator) }
  }

  /// Activations that are wide or narrow, samples far from all others, and a scale of 0.
  private static func special(using generator: inout Generator) -> [Network] {
    let scaled = [0x1p-18, 0x1p8].map { scale in
      Network(5, 3, 4, 2, using: &generator).scalingActivations(by: scale)
    }
    var far: Network
    repeat {
      far = Network(260, 2, 3, 1, using: &generator)
      // The gradient of one alone vanishes before W1, whatever its activation.
      for (sample, sign) in [(65, 1.0), (130, -1)] {
        far.x[sample, 0] += 1000
        far.x[sample, 1] += sign * 1000
      }
      // The ReLU has to let something of these samples through.
    } while !far.isLoud()
      || [65, 130].contains { Forward(of: far).u.row($0).scalars.allSatisfy { $0 < 3 } }
    var withZero: Network
    repeat {
      withZero = Network(6, 3, 4, 2, using: &generator)
      withZero.layer.gamma[1] = 0
    } while !withZero.isLoud()
    return scaled + [far, withZero]
  }

  /// Values that people type, as of batches: those from which one starts, those of one sign, zeros,
  /// a unit that is dead.
  private static func plain(using generator: inout Generator) -> [Network] {
    let changes: [(inout Network) -> Void] = [
      {
        ($0.layer.gamma, $0.layer.beta, $0.layer.epsilon) = (.ones(4), .zeros(4), 1e-5)
      },
      {
        $0.layer.gamma = $0.layer.gamma.absolute
        $0.layer.beta = $0.layer.beta * 0
        $0.target = $0.target * 0
      },
      { $0.layer.gamma = -$0.layer.gamma.absolute },
      { $0.layer.epsilon = 2e-3 },
      {
        ($0.target[0, 0], $0.target[3, 1], $0.x[2, 1], $0.x[0, 0]) = (0, 0, 0, 0)
        ($0.w1[1, 2], $0.w1[0, 0], $0.w2[1, 0], $0.layer.beta[1]) = (0, 0, 0, 0)
      },
      { $0.layer.beta[2] = -20 },
      {
        for j in 0..<3 { $0.x[2, j] = $0.x[1, j] }
        for j in 0..<2 { $0.target[2, j] = $0.target[1, j] }
      },
    ]
    return changes.map { change in
      var network: Network
      repeat {
        network = Network(6, 3, 4, 2, using: &generator)
        change(&network)
      } while !network.isLoud()
      return network
    }
  }

  /// Hidden units and outputs of very different sizes beside each other.
  private static func graded(using generator: inout Generator) -> Network {
    var network = Network(6, 3, 4, 2, using: &generator)
    let outputs = Tensor([1.0, 0x1p-20])
    let units = Tensor(shape: [4, 1], scalars: [0x1p-30, 1, 0x1p-15, 0x1p-20])
    (network.w2, network.target) = (network.w2 * units * outputs, network.target * outputs)
    network.isGraded = true
    return network
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
