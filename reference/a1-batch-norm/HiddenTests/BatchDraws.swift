import CourseKit
import JudgeSupport

extension Batch {
  /// The questions of most tests; the first has the shape that `like(_:)` draws again.
  static func questions(using generator: inout Generator) -> Questions<Batch> {
    Questions(
      ordinary: draws(using: &generator) + sized(using: &generator),
      unusual: scaled(using: &generator) + special(using: &generator),
      extreme: extreme(using: &generator)
    )
  }

  /// Sizes all different, one square, a batch of two; and the sizes of the first with other values,
  /// for who remembers by size.
  private static func draws(using generator: inout Generator) -> [Batch] {
    [(6, 3), (2, 4), (5, 5), (6, 3)].map { Batch($0, $1, using: &generator) }
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
    return (small + large).map { Batch($0, $1, using: &generator) }
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
