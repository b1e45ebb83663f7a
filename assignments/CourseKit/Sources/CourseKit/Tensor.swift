/// An array of numbers with a shape, stored row by row.
///
/// A matrix of `n` samples with `d` features has the shape `[n, d]`, images `[n, c, h, w]`, and a
/// single number `[]`. Tensors are values: changing a copy leaves the original alone.
public struct Tensor<Scalar: TensorScalar>: Equatable, Sendable {
  /// The extent of each axis, outermost first.
  public let shape: [Int]

  /// The number of scalars, which is the product of the shape.
  public let count: Int

  /// All numbers, the last axis running fastest.
  ///
  /// - Precondition: What is assigned has `count` elements.
  public var scalars: [Scalar] {
    didSet {
      guard scalars.count == count else {
        fail("Tensor: \(scalars.count) scalars for shape \(shape), which holds \(count)")
      }
    }
  }

  /// The number of axes.
  public var rank: Int { shape.count }

  /// Gives numbers a shape.
  ///
  /// - Precondition: `scalars.count` is the product of `shape`.
  public init(shape: [Int], scalars: [Scalar]) {
    let count = elementCount(of: shape)
    guard scalars.count == count else {
      fail("Tensor: \(scalars.count) scalars for shape \(shape), which holds \(count)")
    }
    self.shape = shape
    self.count = count
    self.scalars = scalars
  }

  /// Fills a shape with one number.
  public init(repeating value: Scalar, shape: [Int]) {
    self.init(
      shape: shape, scalars: Array(repeating: value, count: elementCount(of: shape)))
  }

  /// A matrix from its rows, of shape `[n, d]`.
  ///
  /// - Precondition: All rows have the same length.
  public init(_ rows: [[Scalar]]) {
    let width = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != width {
      fail("Tensor: row \(index) has \(row.count) numbers, row 0 has \(width)")
    }
    self.init(shape: [rows.count, width], scalars: Array(rows.joined()))
  }

  /// A vector, of shape `[d]`.
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

/// The number of scalars that a shape holds.
func elementCount(of shape: [Int]) -> Int {
  var count = 1
  for extent in shape {
    guard extent >= 0 else { fail("Tensor: shape \(shape) has a negative extent") }
    count *= extent
  }
  return count
}
