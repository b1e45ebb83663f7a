/// Numbers counted in classes of equal width.
package struct Histogram: Equatable, Sendable {
  /// The lower bounds of the classes, and the upper bound of the last one, which belongs to it.
  package let edges: [Double]
  /// The number of values in each class.
  package let counts: [Int]

  /// Counts numbers from zero to a largest one.
  ///
  /// - Parameters:
  ///   - values: The numbers; what lies outside counts in the nearest class.
  ///   - largest: Where the last class ends.
  ///   - classes: How many classes there are.
  package init(_ values: [Double], largest: Double, classes: Int) {
    let width = max(largest, 1e-9) / Double(classes)
    var counts = Array(repeating: 0, count: classes)
    for value in values {
      // A value on an edge belongs to the class above, however the division rounds.
      let place = Int((value / width + 1e-9).rounded(.down))
      counts[min(max(place, 0), classes - 1)] += 1
    }
    self.counts = counts
    edges = (0...classes).map { Double($0) * width }
  }
}
