internal import CourseKit

/// Arguments that are nearly the same as another: who keeps answers by some summary of the
/// arguments, or by rounded ones, takes them for that one.
public enum Neighbours {
  /// The most that are tried of one kind.
  fileprivate static let most = 12

  /// The same argument with so few digits that sums and squares of it are exact, in any order.
  public static func rounded<Argument>(_ argument: Argument) -> Argument {
    mapped(argument) { ($0 * 0x1p16).rounded() / 0x1p16 }
  }

  /// Kinds of neighbours: one inner entry changed, one changed by little, and two exchanged, of one
  /// column and of two.
  ///
  /// Inner entries are neither in the first row nor the last entry. All of a kind serve equally.
  ///
  /// - Parameter argument: A tensor or a number; nothing else has neighbours.
  /// - Returns: The neighbours of each kind, the loudest first.
  public static func kinds<Argument>(of argument: Argument) -> [[Argument]] {
    guard let tensor = argument as? Tensor<Double> else {
      return [[mapped(argument) { $0 * (1 + 0x1p-10) }]].filter { _ in argument is Double }
    }
    let pairs = tensor.innerPairs
    func isInOneColumn(_ pair: (Int, Int)) -> Bool {
      tensor.column(of: pair.0) == tensor.column(of: pair.1)
    }
    let kinds: [[Tensor<Double>]] = [
      [2.5, 0.5, -1.5].flatMap { tensor.scalingInnerEntry(by: $0) },
      tensor.scalingInnerEntry(by: 1 + 0x1p-10),
      pairs.filter(isInOneColumn).prefix(most).map(tensor.exchanging),
      pairs.filter { !isInOneColumn($0) }.prefix(most).map(tensor.exchanging),
    ]
    return kinds.map { $0.compactMap { $0 as? Argument } }
  }

  /// Neighbours that differ by a millionth of one inner entry: only answers in `Double` tell them
  /// apart.
  public static func close<Argument>(to argument: Argument) -> [Argument] {
    guard let tensor = argument as? Tensor<Double> else {
      return [mapped(argument) { $0 * (1 + 0x1p-20) }].filter { _ in argument is Double }
    }
    return tensor.scalingInnerEntry(by: 1 + 0x1p-20).compactMap { $0 as? Argument }
  }

  private static func mapped<Argument>(
    _ argument: Argument,
    _ transform: (Double) -> Double
  ) -> Argument {
    switch argument {
    case let tensor as Tensor<Double>: tensor.map(transform) as? Argument ?? argument
    case let number as Double: transform(number) as? Argument ?? argument
    default: argument
    }
  }
}

extension Tensor where Scalar == Double {
  /// The places of the inner entries, the loudest first.
  private var innerPlaces: [Int] {
    let first = rank > 1 ? count / Swift.max(1, shape[0]) : 1
    guard first < count - 1 else { return [] }
    return (first..<count - 1).sorted { abs(scalars[$0]) > abs(scalars[$1]) }
  }

  /// The pairs of a few loud inner entries with all others, the most unlike first.
  fileprivate var innerPairs: [(Int, Int)] {
    let places = innerPlaces
    let pairs = places.prefix(4).flatMap { place in places.map { (place, $0) } }
    func distance(_ pair: (Int, Int)) -> Double { abs(scalars[pair.0] - scalars[pair.1]) }
    return pairs.filter { distance($0) > 0 }.sorted { distance($0) > distance($1) }
  }

  /// The feature or channel to which an entry belongs.
  fileprivate func column(of place: Int) -> Int {
    rank < 2 ? place : place / shape.dropFirst(2).reduce(1, *) % shape[1]
  }

  fileprivate func scalingInnerEntry(by factor: Double) -> [Tensor] {
    innerPlaces.prefix(Neighbours.most).map { place in
      var other = self
      other.scalars[place] *= factor
      return other
    }
  }

  fileprivate func exchanging(_ one: Int, _ another: Int) -> Tensor {
    var other = self
    other.scalars.swapAt(one, another)
    return other
  }
}
