extension Tensor {
  /// Adds element by element, broadcasting axes of extent 1 and missing leading axes.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right, "+") { $0 + $1 }
  }

  /// Subtracts element by element, broadcasting axes of extent 1 and missing leading axes.
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right, "-") { $0 - $1 }
  }

  /// Multiplies element by element, broadcasting axes of extent 1 and missing leading axes.
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right, "*") { $0 * $1 }
  }

  /// Divides element by element, broadcasting axes of extent 1 and missing leading axes.
  public static func / (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right, "/") { $0 / $1 }
  }

  /// Adds a number to every element.
  public static func + (left: Tensor, right: Scalar) -> Tensor { left.map { $0 + right } }
  /// Subtracts a number from every element.
  public static func - (left: Tensor, right: Scalar) -> Tensor { left.map { $0 - right } }
  /// Multiplies every element by a number.
  public static func * (left: Tensor, right: Scalar) -> Tensor { left.map { $0 * right } }
  /// Divides every element by a number.
  public static func / (left: Tensor, right: Scalar) -> Tensor { left.map { $0 / right } }

  /// Adds every element to a number.
  public static func + (left: Scalar, right: Tensor) -> Tensor { right.map { left + $0 } }
  /// Subtracts every element from a number.
  public static func - (left: Scalar, right: Tensor) -> Tensor { right.map { left - $0 } }
  /// Multiplies a number by every element.
  public static func * (left: Scalar, right: Tensor) -> Tensor { right.map { left * $0 } }
  /// Divides a number by every element.
  public static func / (left: Scalar, right: Tensor) -> Tensor { right.map { left / $0 } }

  /// Adds in place; the right side is broadcast to the left's shape.
  public static func += (left: inout Tensor, right: Tensor) { left = left + right }
  /// Subtracts in place; the right side is broadcast to the left's shape.
  public static func -= (left: inout Tensor, right: Tensor) { left = left - right }
  /// Multiplies in place; the right side is broadcast to the left's shape.
  public static func *= (left: inout Tensor, right: Tensor) { left = left * right }
  /// Divides in place; the right side is broadcast to the left's shape.
  public static func /= (left: inout Tensor, right: Tensor) { left = left / right }

  /// Adds a number to every element, in place.
  public static func += (left: inout Tensor, right: Scalar) { left = left + right }
  /// Subtracts a number from every element, in place.
  public static func -= (left: inout Tensor, right: Scalar) { left = left - right }
  /// Multiplies every element by a number, in place.
  public static func *= (left: inout Tensor, right: Scalar) { left = left * right }
  /// Divides every element by a number, in place.
  public static func /= (left: inout Tensor, right: Scalar) { left = left / right }

  /// Changes the sign of every element.
  public static prefix func - (operand: Tensor) -> Tensor { operand.map { -$0 } }

  private func combined(
    with other: Tensor, _ operation: String, _ body: (Scalar, Scalar) -> Scalar
  ) -> Tensor {
    guard let shape = broadcastShape(self.shape, other.shape) else {
      fail("\(operation): shapes \(self.shape) and \(other.shape) do not broadcast")
    }
    var result = Tensor.zeros(shape: shape)
    for index in 0..<result.count {
      let left = sourceOffset(index, in: shape, from: self.shape)
      let right = sourceOffset(index, in: shape, from: other.shape)
      result.scalars[index] = body(scalars[left], other.scalars[right])
    }
    return result
  }
}

/// The shape that both broadcast to, or nil.
func broadcastShape(_ left: [Int], _ right: [Int]) -> [Int]? {
  var shape: [Int] = []
  for axis in 1...max(left.count, right.count, 1) {
    if axis > left.count && axis > right.count { break }
    let l = axis <= left.count ? left[left.count - axis] : 1
    let r = axis <= right.count ? right[right.count - axis] : 1
    guard l == r || l == 1 || r == 1 else { return nil }
    shape.append(l == 1 ? r : l)
  }
  return shape.reversed()
}

private func sourceOffset(_ index: Int, in shape: [Int], from source: [Int]) -> Int {
  var (rest, stride, offset) = (index, 1, 0)
  for axis in 1..<(source.count + 1) {
    let extent = shape[shape.count - axis]
    let own = source[source.count - axis]
    if own != 1 { offset += rest % extent * stride }
    stride *= own
    rest /= extent
  }
  return offset
}
