import Glibc

// Images as waves: a correlation becomes a product.
struct Waves {
  let side: Int
  var real: [Double]
  var imaginary: [Double]

  init(side: Int) {
    self.side = side
    real = Array(repeating: 0, count: side * side)
    imaginary = real
  }

  // In place, rows and then columns; the inverse is not divided by the count.
  mutating func transform(inverse: Bool) {
    for line in 0..<side { transform(from: line * side, by: 1, inverse) }
    for line in 0..<side { transform(from: line, by: side, inverse) }
  }

  private mutating func transform(from start: Int, by step: Int, _ inverse: Bool) {
    let values = (0..<side).map { (real[start + $0 * step], imaginary[start + $0 * step]) }
    let waves = Self.transformed(values, inverse ? 1 : -1)
    for (place, wave) in waves.enumerated() {
      (real[start + place * step], imaginary[start + place * step]) = wave
    }
  }

  private static func transformed(
    _ values: [(Double, Double)],
    _ sign: Double
  ) -> [(Double, Double)] {
    let count = values.count
    if count == 1 { return values }
    let even = transformed(stride(from: 0, to: count, by: 2).map { values[$0] }, sign)
    let odd = transformed(stride(from: 1, to: count, by: 2).map { values[$0] }, sign)
    var result = values
    for k in 0..<count / 2 {
      let angle = sign * 2 * Double.pi * Double(k) / Double(count)
      let (c, s) = (cos(angle), sin(angle))
      let turned = (odd[k].0 * c - odd[k].1 * s, odd[k].0 * s + odd[k].1 * c)
      result[k] = (even[k].0 + turned.0, even[k].1 + turned.1)
      result[k + count / 2] = (even[k].0 - turned.0, even[k].1 - turned.1)
    }
    return result
  }
}
