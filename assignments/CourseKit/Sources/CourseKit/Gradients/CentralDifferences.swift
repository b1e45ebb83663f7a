/// The derivative of `J(x) = Σ c · f(x)` by central differences, and how far it can be trusted.
struct CentralDifferences {
  /// `dJ/dx`, entry by entry.
  private(set) var gradient: Tensor<Double>
  /// The largest `Σ |c · df/dx|` over the entries of `x`: the size of the terms before they cancel.
  private(set) var termScale = 0.0
  /// The error that rounding in `f` can add to an entry.
  private(set) var noise = 0.0
  /// The step `h`.
  let step: Double
  /// The shape of the function's output.
  let outputShape: [Int]
  /// The shape of an output that differs from that.
  private(set) var strayShape: [Int]?

  init(
    of function: (Tensor<Double>) throws -> Tensor<Double>,
    at input: Tensor<Double>,
    along cotangent: Tensor<Double>,
    step: Double?
  ) rethrows {
    let h = step ?? 1e-5 * spread(of: input)
    self.step = h
    outputShape = cotangent.shape
    gradient = .zeros(shape: input.shape)
    var moved = input
    for index in 0..<input.count {
      let x = input.storage[index]
      // x ± h is rounded; the step really taken is what to divide by.
      let (above, below) = (x + h, x - h)
      moved.storage[index] = above
      let up = try function(moved)
      moved.storage[index] = below
      let down = try function(moved)
      moved.storage[index] = x
      for output in [up, down] where output.shape != cotangent.shape {
        strayShape = output.shape
        return
      }
      add(up, down, cotangent, taken: above - below, at: index)
    }
  }

  private mutating func add(
    _ up: Tensor<Double>,
    _ down: Tensor<Double>,
    _ cotangent: Tensor<Double>,
    taken: Double,
    at index: Int
  ) {
    var (sum, size, outputs) = (0.0, 0.0, 0.0)
    for j in 0..<cotangent.count {
      let c = cotangent.storage[j]
      let term = c * (up.storage[j] - down.storage[j]) / taken
      sum += term
      size += abs(term)
      outputs += abs(c * up.storage[j])
    }
    gradient.storage[index] = sum
    termScale = max(termScale, size)
    // A few roundings of every output, seen through a step of 2 h.
    noise = max(noise, 8 * Double.ulpOfOne * outputs / taken)
  }
}

/// The typical distance of an input's entries from their column's mean.
///
/// Batch norm sees its input in these units, whatever the offset. Where a column is constant, or
/// nearly so for its size, the whole tensor's spread serves, then its largest entry, then 1.
private func spread(of input: Tensor<Double>) -> Double {
  let largest = input.storage.reduce(0) { max($0, abs($1)) }
  let whole = input.reshaped(to: [input.count, 1])
  let columns =
    input.rank > 1 && input.shape[0] > 1
    ? input.reshaped(to: [input.shape[0], input.count / input.shape[0]]) : whole
  for candidate in [columns, whole] {
    let deviation = candidate - candidate.mean(axis: 0)
    let spread = (deviation.squared().sum() / Double(max(input.count, 1))).squareRoot()
    if spread > 1e-4 * largest { return spread }
  }
  return largest > 0 && largest.isFinite ? largest : 1
}
