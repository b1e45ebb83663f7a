import CourseKit

extension Generator {
  /// A uniform number of the range.
  mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniformDouble()
  }

  /// One of -1 and 1.
  mutating func sign() -> Double { uniformDouble() < 0.5 ? -1 : 1 }

  /// `[d]` numbers of the range, each with a sign of its own.
  mutating func signed(_ range: ClosedRange<Double>, count: Int) -> Tensor<Double> {
    Tensor((0..<count).map { _ in sign() * uniform(in: range) })
  }

  /// Scales of both signs, none near ±1: a gradient that forgets one shows.
  mutating func gamma(count: Int) -> Tensor<Double> {
    let first = sign()
    return Tensor(
      (0..<count).map { j in
        let size = uniformDouble() < 0.5 ? uniform(in: 0.3...0.7) : uniform(in: 1.4...2.5)
        return (j.isMultiple(of: 2) ? first : -first) * size
      }
    )
  }

  /// `[n, d]` loud columns: offset 0.5 to 4, spread 0.3 or more.
  mutating func loudColumns(_ n: Int, _ d: Int) -> Tensor<Double> {
    var x = Tensor<Double>.zeros(n, d)
    for j in 0..<d {
      let offset = sign() * uniform(in: 0.5...4)
      let spread = uniform(in: 0.5...2)
      var column: Tensor<Double>
      repeat {
        column = offset + spread * normal(shape: [n, 1])
      } while Statistics(of: column, epsilon: 0).root[0] < 0.3
      for i in 0..<n { x[i, j] = column[i, 0] }
    }
    return x
  }
}
