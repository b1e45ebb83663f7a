import CourseKit

// The stubs call these in their first lines, so that a wrong argument becomes an error that names
// both shapes instead of ending the program.

/// A label that is not one of the classes.
public struct LabelOutOfRange: Error, Equatable {
  /// The label.
  public let label: Int
  /// The number of classes; labels count from 0.
  public let classes: Int

  /// A label, and the number of classes.
  public init(label: Int, classes: Int) {
    self.label = label
    self.classes = classes
  }
}

/// Demands a matrix.
///
/// - Throws: `ShapeMismatch` naming the shape that came (left) and the one expected (right).
public func requireMatrix(_ x: Tensor<Double>, operation: String = #function) throws {
  guard x.rank == 2 else { throw ShapeMismatch(name(operation), x.shape, [1, x.count]) }
}

/// Demands a shape.
///
/// - Throws: `ShapeMismatch` naming the shape that came (left) and the one expected (right).
public func requireShape(
  _ x: Tensor<Double>,
  _ shape: [Int],
  operation: String = #function
) throws {
  guard x.shape == shape else { throw ShapeMismatch(name(operation), x.shape, shape) }
}

/// Demands a matrix `[n, k]` of logits, and `n` labels of `0 ..< k`.
///
/// - Throws: `ShapeMismatch` or `LabelOutOfRange`.
public func requireLabels(
  _ labels: [Int],
  for logits: Tensor<Double>,
  operation: String = #function
) throws {
  try requireMatrix(logits, operation: operation)
  guard labels.count == logits.shape[0] else {
    throw ShapeMismatch(name(operation), [labels.count], [logits.shape[0]])
  }
  let classes = logits.shape[1]
  if let label = labels.first(where: { $0 < 0 || $0 >= classes }) {
    throw LabelOutOfRange(label: label, classes: classes)
  }
}

/// Demands matrices `x` `[n, d]` and `w` `[d, m]`.
///
/// - Throws: `ShapeMismatch` naming both shapes.
public func requireProduct(
  _ x: Tensor<Double>,
  _ w: Tensor<Double>,
  operation: String = #function
) throws {
  guard x.rank == 2, w.rank == 2, x.shape[1] == w.shape[0] else {
    throw ShapeMismatch(name(operation), x.shape, w.shape)
  }
}

/// Demands four sizes: inputs, two hidden layers, classes.
///
/// - Throws: `ShapeMismatch` naming the sizes that came (left) and an example (right).
public func requireSizes(_ sizes: [Int], operation: String = #function) throws {
  guard sizes.count == 4, sizes.allSatisfy({ $0 > 0 }) else {
    throw ShapeMismatch(name(operation), sizes, [784, 128, 64, 10])
  }
}

/// The bare name of `gradReLU(dA:z:)`: `gradReLU`.
private func name(_ function: String) -> String {
  String(function.prefix { $0 != "(" })
}
