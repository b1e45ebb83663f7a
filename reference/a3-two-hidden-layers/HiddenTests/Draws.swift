import CourseKit

extension Generator {
  /// A uniform number of the range.
  mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniformDouble()
  }

  /// Numbers of the range, each with a sign of its own.
  mutating func signed(_ range: ClosedRange<Double>, shape: [Int]) -> Tensor<Double> {
    let count = shape.reduce(1, *)
    return Tensor(
      shape: shape,
      scalars: (0..<count).map { _ in (uniformDouble() < 0.5 ? -1 : 1) * uniform(in: range) }
    )
  }

  /// `[n, d]` samples whose features have means of their own, away from zero.
  mutating func samples(_ n: Int, _ d: Int) -> Tensor<Double> {
    signed(0.3...1, shape: [d]) + normal(shape: [n, d])
  }

  /// `n` labels in random order: no class twice before every class is there.
  mutating func labels(_ n: Int, classes: Int) -> [Int] {
    let each = permutation(classes)
    let all = (0..<n).map { $0 < classes ? each[$0] : Int(next32()) % classes }
    return permutation(n).map { all[$0] }
  }
}
