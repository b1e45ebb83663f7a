import CourseKit

extension Generator {
  /// A uniform number of the range.
  mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniformDouble()
  }

  /// A uniform integer of the range.
  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(uniformDouble() * Double(range.count))
  }

  /// One of -1 and 1.
  mutating func sign() -> Double { uniformDouble() < 0.5 ? -1 : 1 }

  /// `[d]` numbers of the range, each with a sign of its own.
  mutating func signed(_ range: ClosedRange<Double>, count: Int) -> Tensor<Double> {
    Tensor((0..<count).map { _ in sign() * uniform(in: range) })
  }

  /// Scales of both signs, none near ±1: a formula that forgets one shows.
  mutating func gamma(count: Int) -> Tensor<Double> {
    let first = sign()
    return Tensor(
      (0..<count).map { j in
        let size = uniformDouble() < 0.5 ? uniform(in: 0.3...0.7) : uniform(in: 1.4...2.5)
        return (j.isMultiple(of: 2) ? first : -first) * size
      }
    )
  }

  /// `[n, c, h, w]` images: each channel has an offset of 0.5 to 2 and a spread of 0.5 to 2.
  mutating func images(_ shape: [Int]) -> Tensor<Double> {
    let offset = signed(0.5...2, count: shape[1])
    let spread = signed(0.5...2, count: shape[1])
    return offset.onChannels + spread.onChannels * normal(shape: shape)
  }
}
