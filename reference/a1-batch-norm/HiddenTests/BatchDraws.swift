import CourseKit
import JudgeSupport

extension Batch {
  /// The questions of most tests; the first has the shape that `like(_:)` draws again.
  static func questions(using generator: inout Generator) -> Questions<Batch> {
    Questions(
      ordinary: draws(using: &generator) + sized(using: &generator),
      unusual: scaled(using: &generator) + special(using: &generator)
        + plain(using: &generator) + graded(using: &generator) + faint(using: &generator),
      extreme: extreme(using: &generator)
    )
  }

  /// Sizes all different, one square, a batch of two; and the sizes of the first with other values,
  /// for who remembers by size.
  private static func draws(using generator: inout Generator) -> [Batch] {
    [(6, 4), (2, 4), (5, 5), (6, 4)].map { Batch($0, $1, using: &generator) }
  }

  /// Small and large ones, and one with a constant column.
  ///
  /// Cubes of a variance stay normal in `Float` at 2^±18, and no longer at 2^±20.
  private static func scaled(using generator: inout Generator) -> [Batch] {
    [
      Batch(9, 2, scale: 0x1p-18, using: &generator),
      Batch(3, 7, scale: 0x1p18, using: &generator),
      Batch(4, 6, hasConstantColumn: true, using: &generator),
      Batch(7, 3, linear: 0x1p-40, using: &generator),
      Batch(5, 4, linear: 0x1p40, using: &generator),
    ]
  }

  /// All small sizes and a few large ones, the same for everyone.
  private static func sized(using generator: inout Generator) -> [Batch] {
    let small = (2...16).map { ($0, 18 - $0) }
    let large = [(8, 1), (33, 2), (65, 3), (3, 33), (2, 65), (4, 130), (2, 300)]
    let narrow = [(2, 1), (3, 1), (5, 1), (7, 1)]
    let both = [(12, 11), (17, 19), (24, 24), (25, 50), (33, 32), (50, 12), (64, 10), (100, 6)]
    return (small + large + narrow + both).map { Batch($0, $1, using: &generator) }
  }

  /// Values that formulas do not mind: a scale and a shift of 0, and a sample far from all others,
  /// whose normalized values are near the root of `n - 1`.
  private static func special(using generator: inout Generator) -> [Batch] {
    var withZeros = Batch(6, 4, using: &generator)
    withZeros.gamma[1] = 0
    withZeros.beta[2] = 0
    let far = [(130, 2), (260, 1)].map { n, d in
      var batch = Batch(n, d, using: &generator)
      var x = batch.x
      for j in 0..<d { x[n / 2, j] += generator.sign() * 1000 }
      batch.x = x
      return batch
    }
    return [withZeros] + far
  }

  /// Values that people type: those from which one starts, those of one sign, whole numbers with
  /// zeros among them, equal rows, a unit that is dead.
  private static func plain(using generator: inout Generator) -> [Batch] {
    var start = Batch(6, 3, using: &generator)
    (start.gamma, start.beta) = (.ones(3), .zeros(3))
    (start.epsilon, start.isPlain) = (1e-5, true)
    let signed = [1.0, -1].map { sign in
      var batch = Batch(5, 4, using: &generator)
      (batch.gamma, batch.beta) = (sign * batch.gamma.absolute, sign * batch.beta.absolute)
      (batch.x, batch.dU) = (sign * batch.x.absolute, sign * batch.dU.absolute)
      return batch
    }
    // Sums and means of it are exact: right code finds no variance at all.
    var constant = Batch(4, 3, using: &generator)
    constant.x = 0 * constant.x + Tensor([3.0, -2, 5])
    var whole = Batch(6, 4, using: &generator)
    func table(_ entry: (Int) -> Int) -> Tensor<Double> {
      Tensor(shape: [6, 4], scalars: (0..<24).map { Double(entry($0)) })
    }
    whole.x = table { ($0 * 7 + $0 / 5) % 6 - 2 }
    whole.dU = table { ($0 * 3 + $0 / 5 + 2) % 5 - 2 }
    (whole.gamma, whole.beta) = (Tensor([2.0, 0, -1, 1]), Tensor([0.0, 1, -3, 0]))
    whole.epsilon = 1
    var dead = Batch(5, 3, using: &generator)
    for i in 0..<5 { dead.dU[i, 1] = 0 }
    var equal = Batch(5, 4, using: &generator)
    for j in 0..<4 { (equal.x[2, j], equal.dU[2, j]) = (equal.x[1, j], equal.dU[1, j]) }
    return [start] + signed + [constant, whole, dead, equal]
  }

  /// Columns of very different sizes beside each other, of what functions are linear in and of `x`.
  private static func graded(using generator: inout Generator) -> [Batch] {
    let powers = Tensor([0x1p30, 0x1p-30, 1, 0x1p15, 0x1p-15])
    var linear = Batch(6, 5, using: &generator)
    (linear.dU, linear.beta) = (linear.dU * powers, linear.beta * powers)
    var wide = Batch(6, 5, using: &generator)
    for i in 0..<6 { wide.x[i, 4] = -wide.x[i, 0] }
    wide.x = wide.x * Tensor([0x1p14, 0x1p-12, 1, 0x1p-6, 0x1p14])
    return [linear, wide].map { batch in
      var batch = batch
      batch.isGraded = true
      return batch
    }
  }

  /// An epsilon so small beside each variance that it only just shows: it is to be there.
  private static func faint(using generator: inout Generator) -> [Batch] {
    [5e-4, 1e-4].map { epsilon in
      var batch = Batch(6, 4, using: &generator)
      batch.x = batch.mean + batch.deviation / batch.variance.squareRoot()
      batch.epsilon = epsilon
      return batch
    }
  }

  /// Numbers beside which constants down to 1e-22 show, and thresholds down to 1e-60.
  ///
  /// A variance is still a normal number in `Float`: who starts an iteration for its root there is
  /// right.
  private static func extreme(using generator: inout Generator) -> [Batch] {
    [
      Batch(5, 3, scale: 0x1p-60, using: &generator),
      Batch(3, 4, scale: 0x1p60, using: &generator),
      Batch(4, 2, scale: 0x1p-60, hasConstantColumn: true, using: &generator),
      Batch(6, 2, linear: 0x1p-200, using: &generator),
      Batch(2, 5, linear: 0x1p200, using: &generator),
    ]
  }
}
