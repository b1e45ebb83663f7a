#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(CRT)
  internal import CRT
#elseif canImport(WASILibc)
  internal import WASILibc
#endif

/// The random number generator of the lecture's slides: the same seed draws the same numbers.
///
/// A Mersenne Twister (MT19937) with the conversions of PyTorch's CPU generator, so that a Swift
/// port can be held beside the Python original. Integers and uniform numbers agree bit for bit,
/// normal numbers to the last digits of single precision (5e-7).
///
/// Source: Matsumoto & Nishimura 1998; PyTorch 2, `ATen/core/DistributionsHelper.h` and
/// `ATen/native/cpu/DistributionTemplates.h`.
public struct Generator: RandomNumberGenerator, Equatable, Sendable {
  private static let size = 624

  private var state: [UInt32]
  private var position = Generator.size
  /// The second number of a pair of normal numbers, for the next call that draws few.
  private var keptNormal: Double?

  /// Starts the sequence that belongs to a seed.
  ///
  /// - Parameter seed: Only its low 32 bits count, as in the original.
  public init(seed: UInt64) {
    state = [UInt32(truncatingIfNeeded: seed)]
    state.reserveCapacity(Self.size)
    for i in 1..<Self.size {
      let last = state[i - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(i))
    }
  }

  // MARK: Integers

  /// The next 64 bits: two 32-bit outputs, the first in the high half.
  public mutating func next() -> UInt64 {
    let high = UInt64(next32())
    return high << 32 | UInt64(next32())
  }

  /// The next 32-bit output.
  public mutating func next32() -> UInt32 {
    if position == Self.size { refill() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// A uniform integer in `0 ..< 2^63`, such as a seed for another generator.
  public mutating func integer63() -> UInt64 {
    next() & (1 << 63 - 1)
  }

  /// The numbers `0 ..< n` in random order.
  ///
  /// - Precondition: `n` is not negative.
  public mutating func permutation(_ n: Int) -> [Int] {
    var order = Array(0..<n)
    for i in order.indices.dropLast() {
      order.swapAt(i, i + Int(next32()) % (n - i))
    }
    return order
  }

  // MARK: Uniform numbers

  /// A uniform number in `[0, 1)` with 24 random bits, from one 32-bit output.
  public mutating func uniformFloat() -> Float {
    Float(next32() & 0xff_ffff) * 0x1p-24
  }

  /// A uniform number in `[0, 1)` with 53 random bits, from two 32-bit outputs.
  public mutating func uniformDouble() -> Double {
    Double(next() & (1 << 53 - 1)) * 0x1p-53
  }

  /// A tensor of uniform numbers in `[0, 1)`, drawn one by one in row-major order.
  ///
  /// The type follows from the context, or is given: `uniform(shape: [3, 2], of: Float.self)`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func uniform<Scalar: TensorScalar>(
    shape: [Int],
    of type: Scalar.Type = Scalar.self
  ) -> Tensor<Scalar> {
    let isSingle = type == Float.self
    let scalars = (0..<elementCount(of: shape)).map { _ in
      isSingle ? Scalar(uniformFloat()) : Scalar(uniformDouble())
    }
    return Tensor(shape: shape, scalars: scalars)
  }

  // MARK: Normal numbers

  /// A tensor of standard normal numbers, N(0, 1).
  ///
  /// Both scalar types get the same numbers: they are drawn in single precision and widened. The
  /// type follows from the context, or is given: `normal(shape: [3, 2], of: Double.self)`.
  ///
  /// Fewer than 16 numbers are drawn one by one, more in blocks of 16, as the original does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func normal<Scalar: TensorScalar>(
    shape: [Int],
    of type: Scalar.Type = Scalar.self
  ) -> Tensor<Scalar> {
    let count = elementCount(of: shape)
    let scalars =
      count < 16 ? (0..<count).map { _ in Float(singleNormal()) } : blocksOfNormals(count)
    return Tensor(shape: shape, scalars: scalars.map { Scalar($0) })
  }

  /// One normal number of a pair by Box and Muller; the other is kept.
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

  private mutating func blocksOfNormals(_ count: Int) -> [Float] {
    var values = (0..<count).map { _ in uniformFloat() }
    for start in stride(from: 0, through: count - 16, by: 16) {
      transformBlock(&values, at: start)
    }
    if count % 16 != 0 {
      // The last block overlaps the one before and starts from new uniform numbers.
      for index in count - 16..<count { values[index] = uniformFloat() }
      transformBlock(&values, at: count - 16)
    }
    return values
  }

  /// Box and Muller on 16 uniform numbers: the first 8 give radii, the last 8 angles.
  private func transformBlock(_ values: inout [Float], at start: Int) {
    // Rounded once from double precision; `Float.pi` is rounded towards zero.
    let fullTurn = Float(2 * Double.pi)
    for j in start..<start + 8 {
      let radius = (-2 * logf(1 - values[j])).squareRoot()
      let angle = fullTurn * values[j + 8]
      values[j] = radius * cosf(angle)
      values[j + 8] = radius * sinf(angle)
    }
  }

  // MARK: Mersenne Twister

  private mutating func refill() {
    let (size, shift) = (Self.size, 397)
    for i in 0..<size {
      let next = i + 1 < size ? i + 1 : 0
      let far = i + shift < size ? i + shift : i + shift - size
      let mixed = (state[i] & 0x8000_0000) | (state[next] & 0x7fff_ffff)
      state[i] = state[far] ^ (mixed >> 1) ^ (mixed & 1 == 0 ? 0 : 0x9908_b0df)
    }
    position = 0
  }
}
