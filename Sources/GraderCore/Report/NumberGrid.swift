package import JudgeEvents

/// The numbers of a value as people see them: rows of cells, of which some are marked as wrong.
package struct NumberGrid: Equatable, Sendable {
  /// One number.
  package struct Cell: Equatable, Sendable {
    /// The number in a few digits.
    package var text: String
    /// True if it is wrong.
    package var isWrong: Bool
  }

  /// The words above the rows, such as the place of an image in a batch; empty if there are none.
  package var heading: String
  /// The rows.
  package var rows: [[Cell]]

  /// The grids of a value, with the entries marked that differ from another value of its shape.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - right: The right one.
  /// - Returns: A grid for each matrix in it; none for what has too many numbers or none at all.
  package static func grids(of value: ExampleValue, besides right: ExampleValue?) -> [NumberGrid] {
    guard let (shape, numbers) = value.numbers, !numbers.isEmpty else { return [] }
    let other = right?.numbers
    let isComparable = other?.shape == shape
    let cells = numbers.enumerated().map { place, number in
      let isWrong = isComparable && other.map { isLoud(number, besides: $0.numbers, place) } == true
      return Cell(text: text(of: number), isWrong: isWrong)
    }
    let width = max(1, shape.last ?? 1)
    let rows = stride(from: 0, to: cells.count, by: width).map { Array(cells[$0..<$0 + width]) }
    let height = shape.count < 2 ? 1 : max(1, shape[shape.count - 2])
    return stride(from: 0, to: rows.count, by: height).map { start in
      NumberGrid(
        heading: heading(start / height, of: shape.dropLast(2)),
        rows: Array(rows[start..<start + height])
      )
    }
  }

  /// The place of a matrix among those of a tensor of more axes.
  private static func heading(_ number: Int, of outer: ArraySlice<Int>) -> String {
    guard !outer.isEmpty else { return "" }
    var (rest, places) = (number, [Int]())
    for size in outer.reversed() {
      places.append(rest % size)
      rest /= size
    }
    return "[\(places.reversed().map(String.init).joined(separator: ", "))]"
  }

  /// As judges decide it: seen in the digits that people read.
  private static func isLoud(_ yours: Double, besides right: [Double], _ place: Int) -> Bool {
    let unit = right.reduce(1) { max($0, abs($1)) }
    return !(abs(yours - right[place]) <= 1e-3 * unit)
  }

  /// A number in up to four digits behind the point.
  package static func text(of number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "NaN" : number > 0 ? "∞" : "-∞" }
    guard abs(number) < 1e6, number == 0 || abs(number) >= 1e-4 else { return "\(number)" }
    return SwiftText.number((number * 1e4).rounded() / 1e4)
  }
}

extension ExampleValue {
  /// The numbers of a tensor, a list or a number, and its shape; nil for all else.
  package var numbers: (shape: [Int], numbers: [Double])? {
    switch self {
    case .tensor(let shape, let entries?):
      shape.reduce(1, *) == entries.count ? (shape, entries.map(\.value)) : nil
    case .number(let number): ([1], [number.value])
    case .integer(let number): ([1], [Double(number)])
    case .integers(let numbers): ([numbers.count], numbers.map(Double.init))
    case .numbers(let numbers): ([numbers.count], numbers.map(\.value))
    case .tensor(_, nil), .none, .choice, .parts, .list: nil
    }
  }
}
