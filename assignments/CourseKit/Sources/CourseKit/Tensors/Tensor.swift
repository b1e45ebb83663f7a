/// An array of numbers with a shape, stored row by row.
///
/// A matrix of `n` samples with `d` features has the shape `[n, d]`, images have `[n, c, h, w]`, a
/// single number has `[]`. Tensors are values: changing a copy leaves the original alone.
public struct Tensor<Scalar: TensorScalar>: Sendable {
  /// The extent of each axis, outermost first.
  public let shape: [Int]

  /// The number of scalars, which is the product of the shape.
  public let count: Int

  /// All numbers, the last axis running fastest.
  ///
  /// - Precondition: What is assigned has `count` elements.
  public var scalars: [Scalar] {
    get { storage }
    // Lending the array itself, not a copy, is what makes `x.scalars[i] = 1` cheap in a loop.
    _modify {
      defer { if storage.count != count { failCount(storage.count, shape) } }
      yield &storage
    }
  }

  /// The numbers, for code that cannot change how many there are.
  var storage: [Scalar]

  /// The number of axes.
  public var rank: Int { shape.count }

  /// Gives numbers a shape.
  ///
  /// - Precondition: `scalars.count` is the product of `shape`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(shape: [Int], scalars: [Scalar]) {
    let count = elementCount(of: shape)
    guard scalars.count == count else { failCount(scalars.count, shape) }
    self.shape = shape
    self.count = count
    self.storage = scalars
  }

  /// Fills a shape with one number.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(repeating value: Scalar, shape: [Int]) {
    self.init(shape: shape, scalars: Array(repeating: value, count: elementCount(of: shape)))
  }

  /// A matrix from its rows, of shape `[n, d]`.
  ///
  /// - Precondition: All rows have the same length.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(_ rows: [[Scalar]]) {
    let width = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != width {
      fail("Tensor: row \(index) has \(row.count) numbers, row 0 has \(width)")
    }
    self.init(shape: [rows.count, width], scalars: Array(rows.joined()))
  }

  /// A vector, of shape `[d]`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(_ vector: [Scalar]) {
    self.init(shape: [vector.count], scalars: vector)
  }

  /// All zeros, as in `Tensor<Double>.zeros(3, 2)`.
  public static func zeros(_ shape: Int...) -> Tensor { zeros(shape: shape) }

  /// All zeros in the given shape.
  public static func zeros(shape: [Int]) -> Tensor { Tensor(repeating: 0, shape: shape) }

  /// All ones, as in `Tensor<Double>.ones(3, 2)`.
  public static func ones(_ shape: Int...) -> Tensor { ones(shape: shape) }

  /// All ones in the given shape.
  public static func ones(shape: [Int]) -> Tensor { Tensor(repeating: 1, shape: shape) }
}

extension Tensor: Equatable {
  /// Compares shapes and numbers; as for numbers, NaN equals nothing.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func == (left: Tensor, right: Tensor) -> Bool {
    left.shape == right.shape && left.storage == right.storage
  }
}

extension Tensor {
  /// A tensor whose numbers a kernel writes.
  @inline(__always)
  init(shape: [Int], writing write: (UnsafeMutablePointer<Scalar>) -> Void) {
    let count = elementCount(of: shape)
    let scalars = [Scalar](unsafeUninitializedCapacity: count) { buffer, initialized in
      // An array without capacity has no address; no kernel touches it.
      if let base = buffer.baseAddress, count > 0 { write(base) }
      initialized = count
    }
    self.init(shape: shape, scalars: scalars)
  }
}

/// The number of scalars that a shape holds.
func elementCount(of shape: [Int]) -> Int {
  var count = 1
  for extent in shape {
    guard extent >= 0 else { fail("Tensor: shape \(shape) has a negative extent") }
    let (product, overflow) = count.multipliedReportingOverflow(by: extent)
    guard !overflow else { fail("Tensor: shape \(shape) is too large") }
    count = product
  }
  return count
}

@inline(never)
private func failCount(_ count: Int, _ shape: [Int]) -> Never {
  fail("Tensor: \(count) scalars for shape \(shape), which holds \(elementCount(of: shape))")
}
