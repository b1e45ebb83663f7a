import CourseKit

/// Distances from a mean, whole numbers, such that the root of their variance and an epsilon is a
/// power of two.
struct Spread {
  private let distances: [Double]
  let epsilon: Double
  let root: Double

  /// Draws one; the outer distances are multiples of 3, so that a running mean is exact as well,
  /// from either end.
  init(using generator: inout Generator) {
    while true {
      let outer = (0..<2).map { _ in 3 * generator.whole(in: 1...3) }
      let distances = [outer[0], generator.whole(in: 1...7), outer[1]]
      let variance = distances.map { $0 * $0 }.reduce(0, +) / 4
      var root = 1.0
      while root * root <= variance { root *= 2 }
      let share = 1 - variance / (root * root)
      if Set(distances).count == 3, (0.05...0.9).contains(share) {
        (self.distances, self.root, epsilon) = (distances, root, root * root - variance)
        return
      }
    }
  }

  /// The mean, each distance above and below it, and the mean.
  func column(using generator: inout Generator) -> [Double] {
    let order = generator.sign() < 0 ? distances : distances.reversed()
    let pairs = order.map { $0 * generator.sign() }.flatMap { [$0, -$0] }
    return [0] + pairs + [0]
  }
}

extension Generator {
  /// A whole number of the range.
  mutating func whole(in range: ClosedRange<Int>) -> Double {
    let count = Double(range.upperBound - range.lowerBound + 1)
    return Double(range.lowerBound) + (uniformDouble() * count).rounded(.down)
  }

  /// A power with a whole exponent of the range.
  mutating func power(of base: Double, in range: ClosedRange<Int>) -> Double {
    let exponent = Int(whole(in: range))
    return (0..<abs(exponent)).reduce(1) { power, _ in exponent < 0 ? power / base : power * base }
  }

  /// Eight whole numbers of which one, in one of these rows, is their mean.
  mutating func gradient(withZeroIn rows: [Int]) -> (dU: [Double], row: Int) {
    let row = rows[Int(whole(in: 0...rows.count - 1))]
    while true {
      var dU = (0..<8).map { _ in whole(in: -31...31) }
      dU[row] = 0
      let sum = dU.reduce(0, +)
      // Seven times it is the sum of the others.
      dU[row] = sum / 7
      if dU[row] == dU[row].rounded(), dU[row] != 0 { return (dU, row) }
    }
  }
}
