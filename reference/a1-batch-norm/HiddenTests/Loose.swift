import CourseKit
import JudgeSupport

/// Arguments of single steps that do not belong together, with the right answers: who makes one of
/// them anew from another shows.
///
/// Two belong to their batch after all, since right solutions differ where they do not: `mean` of
/// `batchVariance` and of `gradMean`, and the columns of `xHat` of the closed form, which sum to
/// zero.
struct Loose {
  var batch: Batch
  /// None of them is the batch's, but of its order of magnitude.
  var mean: Tensor<Double>
  var variance: Tensor<Double>
  var xHat: Tensor<Double>
  /// Its columns sum to zero.
  var centredXHat: Tensor<Double> {
    didSet { centredXHat = centredXHat - centredXHat.mean(axis: 0) }
  }
  var dXHat: Tensor<Double>
  var dVariance: Tensor<Double>
  var dMean: Tensor<Double>

  /// Draws the arguments for a batch: all paths of a gradient are about as loud as each other, and
  /// normalized values `width` times as large as those of a batch.
  init(for batch: Batch, width: Double = 1, using generator: inout Generator) {
    self.batch = batch
    let d = batch.x.shape[1]
    mean = batch.mean + generator.signed(0.5...1.5, count: d) * batch.root * width
    let factors = generator.signed(1.5...3, count: d).absolute
    // A variance of zero stays one: code has branches for it.
    variance = batch.root.squared() * factors * batch.variance.map { $0 == 0 ? 0 : 1 }
    let root = (variance + batch.epsilon).squareRoot()
    xHat = generator.loudColumns(batch.x.shape[0], d) * batch.linear * width
    centredXHat = batch.xHat * width
    dXHat = generator.normal(shape: batch.x.shape) * batch.linear
    dVariance =
      generator.signed(0.5...2, count: d) * (batch.linear * batch.count / 2) / root.squared()
    dMean = generator.signed(0.5...2, count: d) * (batch.linear * batch.count) / root
    if batch.isPlain { (mean, variance) = (0 * mean, 0 * variance + 1) }
    if batch.isGraded { grade() }
    addZeros()
  }

  /// Gives columns the sizes of the batch's: those of `dU`, and of `x` beside an ordinary variance.
  private mutating func grade() {
    let sizes = batch.dU.absolute.mean(axis: 0).map {
      Double(sign: .plus, exponent: $0.exponent, significand: 1)
    }
    let isWide = sizes.scalars.allSatisfy { (0x1p-8...0x1p8).contains($0) }
    if isWide {
      (mean, variance) = (1.5 * batch.mean, 0 * variance + 2)
    } else {
      xHat = xHat * sizes
      dXHat = dXHat * sizes
      (dVariance, dMean) = (dVariance * sizes, dMean * sizes)
    }
  }

  /// Puts zeros where the batch has some in `dU`: in its dead columns, and at single places.
  private mutating func addZeros() {
    let mask = batch.dU.map { $0 == 0 ? 0.0 : 1 }
    guard mask.scalars.contains(0) else { return }
    (dXHat, xHat) = (dXHat * mask, xHat * mask)
    let (first, last) = (mask.row(0), mask.row(mask.shape[0] - 1))
    (dVariance, dMean) = (dVariance * first, dMean * last)
    mean = mean * first
  }

  /// Those of batches, and one whose normalized values are wide.
  static func questions(using generator: inout Generator) -> Questions<Loose> {
    var questions = Batch.questions(using: &generator).map { Loose(for: $0, using: &generator) }
    questions.unusual.append(
      Loose(for: Batch(5, 6, using: &generator), width: 3000, using: &generator)
    )
    return questions
  }

  private var root: Tensor<Double> { (variance + batch.epsilon).squareRoot() }
  private var deviation: Tensor<Double> { batch.x - mean }
}

extension Loose {
  var expectedXHat: Expected {
    let value = deviation / root
    return Expected("xHat", value, terms: value.absolute)
  }

  var expectedU: Expected {
    let scaled = batch.gamma * xHat
    return Expected(
      "u",
      scaled + batch.beta,
      terms: scaled.absolute + batch.beta.absolute
    )
  }

  var expectedDVariance: Expected {
    let terms = dXHat * deviation
    let cube = root * root * root
    return Expected(
      "dVariance",
      -0.5 * terms.sum(axis: 0) / cube,
      terms: 0.5 * terms.absolute.sum(axis: 0) / cube
    )
  }

  /// The path through the variance is left out: the deviations from the batch's mean sum to zero.
  var expectedDMean: Expected {
    let direct = dXHat.absolute.sum(axis: 0) / root
    let deviations = batch.statistics.deviation.absolute.sum(axis: 0)
    return Expected(
      "dMean",
      -(dXHat.sum(axis: 0) / root),
      terms: direct + dVariance.absolute * deviations * (2 / batch.count)
    )
  }

  var expectedDX: Expected {
    let direct = dXHat / root
    let throughVariance = dVariance * deviation * (2 / batch.count)
    let throughMean = dMean / batch.count
    return Expected(
      "dX",
      direct + throughVariance + throughMean,
      terms: direct.absolute + throughVariance.absolute + throughMean.absolute,
      directions: ["x̂": deviation / root]
    )
  }

  var expectedDGamma: Expected {
    let terms = batch.dU * xHat
    return Expected("dGamma", terms.sum(axis: 0), terms: terms.absolute.sum(axis: 0))
  }

  /// The closed form, with any variance.
  var expectedClosedDX: Expected {
    let (dXHat, xHat) = (batch.dXHat, centredXHat)
    let along = dXHat * xHat
    let centred = dXHat - dXHat.mean(axis: 0) - xHat * along.mean(axis: 0)
    let terms =
      dXHat.absolute + dXHat.absolute.mean(axis: 0)
      + xHat.absolute * along.absolute.mean(axis: 0)
    return Expected(
      "dX",
      centred / root,
      terms: terms / root,
      directions: ["x̂": xHat]
    )
  }
}
