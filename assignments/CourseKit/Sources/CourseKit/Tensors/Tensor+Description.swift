extension Tensor: CustomStringConvertible {
  /// The numbers as nested lists, one pair of brackets per axis; long axes are cut in the middle.
  public var description: String { describe(axis: 0, start: 0, stride: count) }

  /// A tensor with more numbers than this shows the ends of each axis only.
  private static var longest: Int { 1000 }

  private func describe(axis: Int, start: Int, stride: Int) -> String {
    guard axis < rank else { return "\(scalars[start])" }
    let extent = shape[axis]
    guard extent > 0 else { return "[]" }
    let step = stride / extent
    let shown = count > Self.longest && extent > 6 ? [0..<3, extent - 3..<extent] : [0..<extent]
    let parts = shown.map { range in
      range.map { describe(axis: axis + 1, start: start + $0 * step, stride: step) }
        .joined(separator: ", ")
    }
    return "[" + parts.joined(separator: ", ..., ") + "]"
  }
}
