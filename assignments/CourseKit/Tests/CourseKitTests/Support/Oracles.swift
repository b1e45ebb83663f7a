import CourseKit

// Slow and plain versions of what is tested, written without the kernels.

/// The matrix product by its definition.
func plainProduct(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
  a.map { row in
    b[0].indices.map { j in row.indices.reduce(0) { $0 + row[$1] * b[$1][j] } }
  }
}

/// The rows of a matrix.
func rows(_ x: Tensor<Double>) -> [[Double]] {
  (0..<x.shape[0]).map { i in (0..<x.shape[1]).map { j in x[i, j] } }
}

/// The largest absolute difference; infinite when the shapes differ.
func distance(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
  guard a.shape == b.shape else { return .infinity }
  return zip(a.scalars, b.scalars).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// Every index of a shape, in row-major order.
func indices(of shape: [Int]) -> [[Int]] {
  shape.reduce([[]]) { prefixes, extent in
    prefixes.flatMap { prefix in (0..<extent).map { prefix + [$0] } }
  }
}

/// The element that an index of a broadcast result comes from.
func element(_ x: Tensor<Double>, at index: [Int]) -> Double {
  var offset = 0
  for (i, extent) in zip(index.suffix(x.rank), x.shape) {
    offset = offset * extent + (extent == 1 ? 0 : i)
  }
  return x.scalars[offset]
}

/// Normal numbers that depend on the seed only.
func normal(_ shape: Int..., seed: UInt64 = 1) -> Tensor<Double> {
  var generator = Generator(seed: seed)
  return generator.normal(shape: shape)
}
