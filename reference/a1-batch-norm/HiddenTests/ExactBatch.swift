import CourseKit
import JudgeSupport

/// A draw on which some numbers of an answer are zero in any formula.
protocol Zeroed {
  /// These numbers; nil if the answer has another shape.
  func zeros(in answer: Tensor<Double>) -> [ExactZero]?
}

/// A batch in whose gradient some entries are zero to the last digit, in `Float` too.
///
/// A column of its exact features is a whole number and, above and below it, three distances, all
/// times a power of two; the root of the variance and epsilon is a power of two, and so is `gamma`.
/// Every step of a right answer is exact there, whatever its formulas and the order of its sums.
/// Where `x` is the mean, and `dU` its column's mean, the gradient is zero; of a difference
/// quotient the noise is left.
struct ExactBatch: Zeroed {
  private static let exactColumns = [0, 2, 4]

  let batch: Batch
  /// The place of each zero, and the size of the addends that cancel there.
  private let zeros: [(row: Int, column: Int, unit: Double)]

  /// Draws one of 8 samples with three exact features between two others.
  init(using generator: inout Generator) {
    let spread = Spread(using: &generator)
    let scale = generator.power(of: 2, in: -3...3)
    var batch = Batch(8, 5, scale: spread.root * scale, using: &generator)
    var zeros: [(row: Int, column: Int, unit: Double)] = []
    for column in Self.exactColumns {
      let x = spread.column(using: &generator)
      let level = generator.whole(in: -64...64)
      let (dU, row) = generator.gradient(withZeroIn: [0, 7])
      batch.gamma[column] = generator.sign() * generator.power(of: 2, in: -2...2)
      for i in 0..<8 {
        batch.x[i, column] = (level + x[i]) * scale
        batch.dU[i, column] = dU[i]
      }
      let largest = (dU.map { abs($0) }.max() ?? 0) * abs(batch.gamma[column])
      zeros.append((row, column, largest / (spread.root * scale)))
    }
    batch.epsilon = spread.epsilon * scale * scale
    (self.batch, self.zeros) = (batch, zeros)
  }

  func zeros(in dX: Tensor<Double>) -> [ExactZero]? {
    guard dX.shape == batch.x.shape else { return nil }
    return zeros.map { ExactZero(dX[$0.row, $0.column], unit: $0.unit) }
  }
}

/// A batch of which three pairs of samples are the same, `dU` included: their gradients are, too.
struct TwinBatch: Zeroed {
  private static let pairs = [(0, 5), (1, 7), (3, 8)]

  let batch: Batch

  init(using generator: inout Generator) {
    var batch = Batch(9, 3, using: &generator)
    for (one, another) in Self.pairs {
      for j in 0..<3 {
        batch.x[another, j] = batch.x[one, j]
        batch.dU[another, j] = batch.dU[one, j]
      }
    }
    self.batch = batch
  }

  func zeros(in dX: Tensor<Double>) -> [ExactZero]? {
    guard dX.shape == batch.x.shape else { return nil }
    let units = (batch.dXHat / batch.root).absolute
    return (0..<3).flatMap { j in
      let unit = (0..<9).map { units[$0, j] }.max() ?? 0
      return Self.pairs.map { ExactZero(dX[$0.0, j], minus: dX[$0.1, j], unit: unit) }
    }
  }
}
