extension Tensor: CustomStringConvertible {
  /// The numbers as nested lists, one pair of brackets per axis.
  public var description: String { describe(axis: 0, start: 0, stride: count) }

  private func describe(axis: Int, start: Int, stride: Int) -> String {
    guard axis < rank else { return "\(scalars[start])" }
    guard shape[axis] > 0 else { return "[]" }
    let step = stride / shape[axis]
    let parts = (0..<shape[axis]).map {
      describe(axis: axis + 1, start: start + $0 * step, stride: step)
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }
}
