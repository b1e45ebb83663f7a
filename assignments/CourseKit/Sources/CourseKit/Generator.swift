internal import Glibc

/// The random number generator of the lecture's slides: the same seed draws the same numbers.
///
/// A Mersenne Twister (MT19937) with the conversions of PyTorch's CPU generator, so that a Swift
/// port can be held beside the original.
///
/// Source: Matsumoto & Nishimura 1998; PyTorch 2, `aten/src/ATen/core/DistributionsHelper.h`.
public struct Generator: RandomNumberGenerator, Sendable {
  private var state: [UInt32]
  private var position = 624
  private var keptNormal: Double?

  /// Starts the sequence that belongs to a seed.
  ///
  /// - Parameter seed: Only its low 32 bits count, as in the original.
  public init(seed: UInt64) {
    state = [UInt32(truncatingIfNeeded: seed)]
    state.reserveCapacity(624)
    for i in 1..<624 {
      let last = state[i - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(i))
    }
  }

  /// The next 64 bits: two 32-bit outputs, the first in the high half.
  public mutating func next() -> UInt64 {
    let high = UInt64(next32())
    return high << 32 | UInt64(next32())
  }

  /// The next 32-bit output.
  public mutating func next32() -> UInt32 {
    if position == 624 { refill() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// A uniform number in `[0, 1)` with 24 random bits, from one 32-bit output.
  public mutating func uniformFloat() -> Float {
    Float(next32() & 0xff_ffff) * 0x1p-24
  }

  /// A uniform number in `[0, 1)` with 53 random bits, from two 32-bit outputs.
  public mutating func uniformDouble() -> Double {
    Double(next() & (1 << 53 - 1)) * 0x1p-53
  }

  /// A uniform integer in `0 ..< 2^63`, from two 32-bit outputs.
  public mutating func integer63() -> UInt64 {
    next() & (1 << 63 - 1)
  }

  /// The numbers `0 ..< n` in random order.
  public mutating func permutation(_ n: Int) -> [Int] {
    var order = Array(0..<n)
    for i in 0..<Swift.max(n - 1, 0) {
      order.swapAt(i, i + Int(next32()) % (n - i))
    }
    return order
  }

  /// A tensor of uniform numbers in `[0, 1)`.
  public mutating func uniform<Scalar: TensorScalar>(
    shape: [Int], of type: Scalar.Type = Scalar.self
  ) -> Tensor<Scalar> {
    let count = elementCount(of: shape)
    let scalars = (0..<count).map { _ in
      type == Float.self ? Scalar(uniformFloat()) : Scalar(uniformDouble())
    }
    return Tensor(shape: shape, scalars: scalars)
  }

  /// A tensor of standard normal numbers, N(0, 1).
  ///
  /// Both scalar types hold the same numbers: they are drawn in single precision and widened.
  public mutating func normal<Scalar: TensorScalar>(
    shape: [Int], of type: Scalar.Type = Scalar.self
  ) -> Tensor<Scalar> {
    Tensor(shape: shape, scalars: normals(elementCount(of: shape)).map { Scalar($0) })
  }

  private mutating func normals(_ count: Int) -> [Float] {
    if count < 16 { return (0..<count).map { _ in Float(singleNormal()) } }
    var values = (0..<count).map { _ in uniformFloat() }
    for start in stride(from: 0, through: count - 16, by: 16) {
      transform(&values, start)
    }
    if count % 16 != 0 {
      for index in count - 16..<count { values[index] = uniformFloat() }
      transform(&values, count - 16)
    }
    return values
  }

  private func transform(_ values: inout [Float], _ start: Int) {
    for j in start..<start + 8 {
      let radius = (-2 * logf(1 - values[j])).squareRoot()
      let angle = 2 * Float.pi * values[j + 8]
      values[j] = radius * cosf(angle)
      values[j + 8] = radius * sinf(angle)
    }
  }

  private mutating func singleNormal() -> Double {
    if let kept = keptNormal {
      keptNormal = nil
      return kept
    }
    let u1 = uniformDouble()
    let u2 = uniformDouble()
    let radius = (-2 * log1p(-u2)).squareRoot()
    let angle = 2 * Double.pi * u1
    keptNormal = radius * sin(angle)
    return radius * cos(angle)
  }

  private mutating func refill() {
    for i in 0..<624 {
      let mixed = (state[i] & 0x8000_0000) | (state[(i + 1) % 624] & 0x7fff_ffff)
      let twist: UInt32 = mixed & 1 == 0 ? 0 : 0x9908_b0df
      state[i] = state[(i + 397) % 624] ^ (mixed >> 1) ^ twist
    }
    position = 0
  }
}
