/// A common walk over two shapes: the result's shape, and as few axes as possible.
///
/// Shapes are aligned at the last axis; a missing axis or an extent of 1 repeats. Neighbouring axes
/// that both operands walk alike are joined, so most cases end with one or two axes.
struct Broadcast {
  private(set) var shape: [Int]
  private(set) var extents: [Int] = []
  private(set) var leftStrides: [Int] = []
  private(set) var rightStrides: [Int] = []

  /// Nil when the shapes do not broadcast.
  init?(_ left: [Int], _ right: [Int]) {
    shape = left.count >= right.count ? left : right
    var (leftStride, rightStride) = (1, 1)
    for axis in 1..<shape.count + 1 {
      let l = axis <= left.count ? left[left.count - axis] : 1
      let r = axis <= right.count ? right[right.count - axis] : 1
      guard l == r || l == 1 || r == 1 else { return nil }
      let extent = l == 1 ? r : l
      shape[shape.count - axis] = extent
      appendOuter(extent, l == 1 ? 0 : leftStride, r == 1 ? 0 : rightStride)
      leftStride *= l
      rightStride *= r
    }
    if extents.isEmpty { appendOuter(1, 0, 0, always: true) }
    extents.reverse()
    leftStrides.reverse()
    rightStrides.reverse()
  }

  private mutating func appendOuter(
    _ extent: Int,
    _ leftStride: Int,
    _ rightStride: Int,
    always: Bool = false
  ) {
    guard extent != 1 || always else { return }
    if let inner = extents.indices.last, leftStride == leftStrides[inner] * extents[inner],
      rightStride == rightStrides[inner] * extents[inner]
    {
      extents[inner] *= extent
    } else {
      extents.append(extent)
      leftStrides.append(leftStride)
      rightStrides.append(rightStride)
    }
  }
}
