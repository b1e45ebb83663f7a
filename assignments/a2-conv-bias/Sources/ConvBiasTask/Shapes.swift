import CourseKit

/// Demands that tensors have the axes that are named, and that equal names have equal sizes.
///
/// The stubs call it in their first line, so that a wrong argument becomes an error that names both
/// shapes instead of ending the program: `try requireShapes(["n c h w": x, "o c a b": weight])` is
/// happy if both have four axes and as many channels `c`. A tensor that is nil is not looked at.
///
/// - Throws: `ShapeMismatch` naming the shape that came (left) and the one expected (right).
public func requireShapes(
  _ tensors: KeyValuePairs<String, Tensor<Double>?>,
  operation: String = #function
) throws {
  let name = String(operation.prefix { $0 != "(" })
  var sizes: [Substring: Int] = [:]
  for (axes, tensor) in tensors {
    guard let tensor else { continue }
    let names = axes.split(separator: " ")
    guard tensor.rank == names.count else {
      throw ShapeMismatch(name, tensor.shape, names.map { sizes[$0] ?? 1 })
    }
    for (axis, size) in zip(names, tensor.shape) where sizes[axis] == nil { sizes[axis] = size }
    let expected = names.map { sizes[$0] ?? 1 }
    guard tensor.shape == expected else { throw ShapeMismatch(name, tensor.shape, expected) }
  }
}
