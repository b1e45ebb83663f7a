public import CourseKit

/// A network's surprise at the right classes: the usual loss of classification.
///
/// `J = -Σᵢ log softmax(xᵢ)[labelᵢ]`, over the number of samples in the mean form. It starts from
/// logits and is computed without ever dividing by or taking the logarithm of a probability, so
/// that logits of ten thousand are as good as others.
///
/// Shapes: `logits` `[n, k]` with `n` labels in `0 ..< k`; the gradient is `[n, k]`.
public struct SoftmaxCrossEntropy<Scalar: LectureScalar>: Sendable {
  /// The reduction of the samples' losses: their sum or their mean.
  public let reduction: Reduction

  /// A loss in the given form.
  public init(_ reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of a batch, and its gradient `softmax - onehot`, over `n` in the mean form.
  ///
  /// NaN makes its row's gradient and the loss NaN.
  ///
  /// - Throws: `ShapeMismatch` unless there is a row of logits for every label, `LabelOutOfRange`
  ///   for a label that has no logit, `EmptyBatch` for the mean over no samples.
  public func callAsFunction(
    _ logits: Tensor<Scalar>,
    labels: [Int]
  ) throws -> (loss: Scalar, dLogits: Tensor<Scalar>) {
    let (losses, dLogits) = try losses(logits, labels)
    let total = losses.sum()
    return (reduction == .mean ? total / Scalar(labels.count) : total, dLogits)
  }

  /// The loss of each sample, and the gradient of the reduced loss.
  private func losses(
    _ logits: Tensor<Scalar>,
    _ labels: [Int]
  ) throws -> (losses: Tensor<Scalar>, dLogits: Tensor<Scalar>) {
    guard logits.rank == 2, logits.shape[0] == labels.count else {
      throw ShapeMismatch("softmax cross entropy", logits.shape, [labels.count])
    }
    let (rows, classes) = (labels.count, logits.shape[1])
    guard rows > 0 || reduction == .sum else { throw EmptyBatch("softmax cross entropy") }
    if let index = labels.firstIndex(where: { !(0..<classes).contains($0) }) {
      throw LabelOutOfRange(index: index, label: labels[index], classes: classes)
    }
    let weight = reduction == .mean ? 1 / Scalar(rows) : 1
    var dLogits = Tensor<Scalar>.zeros(shape: logits.shape)
    var losses = Tensor<Scalar>(unwritten: [rows])
    Scalar.loops.softmaxCrossEntropy(
      rows: rows,
      classes: classes,
      logits.scalars,
      labels: labels,
      weight: weight,
      losses: &losses.scalars,
      dLogits: &dLogits.scalars
    )
    return (losses, dLogits)
  }
}
