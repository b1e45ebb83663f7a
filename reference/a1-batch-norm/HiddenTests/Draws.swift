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
    var columns: [[Double]] = []
    for _ in 0..<d {
      let offset = sign() * uniform(in: 0.5...4)
      let spread = uniform(in: 0.5...2)
      var column: [Double]
      repeat {
        column = normal(shape: [n]).scalars.map { offset + spread * $0 }
      } while Self.spread(of: column) < 0.3
      columns.append(column)
    }
    return Tensor(shape: [n, d], scalars: (0..<n).flatMap { i in columns.map { $0[i] } })
  }

  /// The square root of the mean square of the differences to the mean.
  private static func spread(of numbers: [Double]) -> Double {
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }
}
