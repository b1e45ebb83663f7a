internal import CourseKit

/// A convolution, the batch norm after it, and perhaps a ReLU: in evaluation one pass over the
/// output, where it is still in a cache.
struct NormalizedConvolution<Scalar: LectureScalar> {
  private let convolution: Conv2d<Scalar>
  private let norm: BatchNorm<Scalar>
  /// True if a ReLU comes next.
  let rectifies: Bool

  /// The layers that it stands for.
  var count: Int { rectifies ? 3 : 2 }

  /// The beginning of a chain, if it has this one.
  init?(_ chain: ArraySlice<Sequential<Scalar>.Element>) {
    let layers = chain.prefix(3).map(\.layer)
    guard layers.count > 1, let convolution = layers[0] as? Conv2d<Scalar>,
      let norm = layers[1] as? BatchNorm<Scalar>,
      norm.weight.count == convolution.weight.shape[0]
    else { return nil }
    (self.convolution, self.norm) = (convolution, norm)
    rectifies = layers.count > 2 && layers[2] is ReLU<Scalar>
  }

  /// The output in evaluation; nil where it would have other bits, or `addend` another shape.
  func callAsFunction(
    _ input: Tensor<Scalar>,
    adding addend: Tensor<Scalar>?,
    rectifying: Bool
  ) throws -> Tensor<Scalar>? {
    let plan = try convolution.plan(for: input.shape)
    // The norm of a single pixel is that of features, which rounds in another order.
    guard plan.outputShape[2] * plan.outputShape[3] > 1,
      addend.map({ $0.shape == plan.outputShape }) ?? true
    else { return nil }
    return plan.output(
      input,
      weight: convolution.weight,
      bias: convolution.bias,
      norm: norm,
      adding: addend,
      rectifying: rectifying
    )
  }
}

extension Sequential {
  /// The output in evaluation, perhaps with `addend` added to it and rectified.
  func answer(
    _ input: Tensor<Scalar>,
    adding addend: Tensor<Scalar>? = nil,
    rectifying: Bool = false
  ) throws -> Tensor<Scalar> {
    var output = input
    var rest = elements[...]
    while let first = rest.first {
      if let part = NormalizedConvolution(rest) {
        let isEnd = part.count == rest.count && !part.rectifies
        let together = try part(
          output,
          adding: isEnd ? addend : nil,
          rectifying: part.rectifies || (isEnd && rectifying)
        )
        if let together {
          if isEnd { return together }
          output = together
          rest = rest.dropFirst(part.count)
          continue
        }
      }
      output = try first.layer(output)
      rest = rest.dropFirst()
    }
    if let addend { output += addend }
    return rectifying ? try ReLU<Scalar>()(output) : output
  }
}
