public import CourseKit

/// LeNet-5 as it was published: for every digit, the squared distance to the digit's picture.
///
/// C1, S2, C3, S4, C5 and F6, each squashed by `1.7159 tanh(2x/3)`, then a radial basis function
/// for each digit with a fixed code. C3's maps see only some of S2's, and S2 and S4 learn a
/// coefficient and a bias for each map. The smallest output is the answer.
///
/// Shapes: `x` `[n, 1, 32, 32]`; the output is `[n, 10]`.
///
/// Source: LeCun, Bottou, Bengio & Haffner 1998, figure 2 and table I.
public struct LeNet5<Scalar: LectureScalar>: Network {
  /// The chain; `c1` to `f6` have parameters.
  public var layers: Sequential<Scalar>

  /// For each map of C3, the maps of S2 that it sees: 60 connections, so 1,516 parameters.
  public static var table: [[Int]] {
    [
      [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
      [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
      [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5],
    ]
  }

  /// A network with drawn weights and 60,000 parameters; the codes are not among them.
  ///
  /// - Parameters:
  ///   - codes: The code of each class, `[classes, 84]`.
  ///   - initializer: Where filters and weights start; subsampling starts as the average.
  ///   - generator: Draws them.
  /// - Throws: `ShapeMismatch` unless a code has 84 numbers.
  public init(
    codes: Tensor<Scalar> = DigitCodes.tensor(),
    _ initializer: Initializer = .xavier,
    using generator: inout Generator
  ) throws {
    guard codes.rank == 2, codes.shape[1] == 84 else {
      throw ShapeMismatch("LeNet-5, codes", codes.shape, [10, 84])
    }
    let squash = Tanh<Scalar>.scaled
    layers = Sequential(named: [
      "c1": try Conv2d<Scalar>(inputs: 1, outputs: 6, kernel: 5, initializer, using: &generator),
      "squash1": squash,
      "s2": Subsampling<Scalar>(maps: 6),
      "squash2": squash,
      "c3": TableConv2d<Scalar>(
        inputs: 6,
        table: Self.table,
        kernel: 5,
        initializer,
        using: &generator
      ),
      "squash3": squash,
      "s4": Subsampling<Scalar>(maps: 16),
      "squash4": squash,
      "c5": try Conv2d<Scalar>(
        inputs: 16,
        outputs: 120,
        kernel: 5,
        initializer,
        using: &generator
      ),
      "squash5": squash,
      "flatten": Flatten<Scalar>(),
      "f6": Linear<Scalar>(inputs: 120, outputs: 84, initializer, using: &generator),
      "squash6": squash,
      "output": try RBF<Scalar>(centers: codes, isTrained: false),
    ])
  }

  /// The mean squared distance to the right digits' codes, and its gradient.
  ///
  /// This is the criterion that the paper calls mean squared error: only the output of the right
  /// class counts.
  ///
  /// Shapes: `distances` `[n, 10]` with `n` labels; the gradient is `[n, 10]`.
  ///
  /// - Throws: `ShapeMismatch` unless there is a row for every label, `LabelOutOfRange` for a label
  ///   that has no output, `EmptyBatch` for no samples.
  ///
  /// Source: LeCun, Bottou, Bengio & Haffner 1998, equation 8.
  public static func loss(
    _ distances: Tensor<Scalar>,
    labels: [Int]
  ) throws -> (loss: Scalar, dDistances: Tensor<Scalar>) {
    guard distances.rank == 2, distances.shape[0] == labels.count else {
      throw ShapeMismatch("LeNet-5, loss", distances.shape, [labels.count])
    }
    guard !labels.isEmpty else { throw EmptyBatch("LeNet-5, loss") }
    let classes = distances.shape[1]
    var (total, gradient) = (Scalar(0), Tensor<Scalar>.zeros(shape: distances.shape))
    for (row, label) in labels.enumerated() {
      guard 0..<classes ~= label else {
        throw LabelOutOfRange(index: row, label: label, classes: classes)
      }
      total += distances[row, label]
      gradient[row, label] = 1 / Scalar(labels.count)
    }
    return (total / Scalar(labels.count), gradient)
  }
}
