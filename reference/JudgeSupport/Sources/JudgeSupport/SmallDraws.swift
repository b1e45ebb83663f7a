public import CourseKit

/// A draw of which there are small ones, which people can follow with a pencil.
public protocol SmallDraw {
  /// Its small draws.
  static var smallDraws: SmallDraws<Self> { get }
}

/// Small draws, among which a counterexample is searched for: small integers and halves.
public struct SmallDraws<Draw> {
  /// Makes the draw of this number, from 0, small ones first; nil behind the last.
  let draw: (_ number: Int, _ generator: inout Generator) -> Draw?
  /// The same draw with one number made simpler, in the order in which that is tried.
  let simpler: (Draw) -> [(Draw) -> Draw?]
  /// False for a draw whose right answer is a matter of taste, as at a kink.
  let isFit: (Draw) -> Bool

  /// Draws in sizes, each of them some times.
  ///
  /// - Parameters:
  ///   - sizes: The sizes, small ones first.
  ///   - times: The number of draws of each.
  ///   - numbers: The arguments whose entries may become 0 or 1.
  ///   - positives: Those whose entries may become 1.
  ///   - isFit: False for a draw whose right answer is a matter of taste.
  ///   - draw: Makes one.
  public init<Size>(
    _ sizes: [Size],
    times: Int = 4,
    simplifying numbers: [WritableKeyPath<Draw, Tensor<Double>>],
    toOne positives: [WritableKeyPath<Draw, Tensor<Double>>] = [],
    where isFit: @escaping (Draw) -> Bool = { _ in true },
    draw: @escaping (Size, inout Generator) -> Draw
  ) {
    let paths = numbers + positives
    self.init(
      sizes,
      times: times,
      tensors: { draw in paths.map { draw[keyPath: $0] } },
      positive: Set(numbers.count..<paths.count),
      replacing: { draw, tensors in
        var other = draw
        for (path, tensor) in zip(paths, tensors) { other[keyPath: path] = tensor }
        return other
      },
      where: isFit,
      draw: draw
    )
  }

  /// Draws in sizes, each of them some times, that are made anew where a number changes.
  ///
  /// - Parameters:
  ///   - sizes: The sizes, small ones first.
  ///   - times: The number of draws of each.
  ///   - tensors: The arguments whose entries may become 0 or 1.
  ///   - positive: The places of those whose entries may become 1 alone.
  ///   - replaced: The draw with others in their place; nil if there is none.
  ///   - isFit: False for a draw whose right answer is a matter of taste.
  ///   - draw: Makes one.
  public init<Size>(
    _ sizes: [Size],
    times: Int = 4,
    tensors: @escaping (Draw) -> [Tensor<Double>],
    positive: Set<Int> = [],
    replacing replaced: @escaping (Draw, [Tensor<Double>]) -> Draw?,
    where isFit: @escaping (Draw) -> Bool = { _ in true },
    draw: @escaping (Size, inout Generator) -> Draw
  ) {
    self.isFit = isFit
    self.draw = { number, generator in
      number < sizes.count * times ? draw(sizes[number / times], &generator) : nil
    }
    simpler = { draw in
      tensors(draw).enumerated().flatMap { part, tensor in
        tensor.scalars.indices.flatMap { index in
          // The simplest first: where that is wrong too, the next is no simpler.
          (positive.contains(part) ? [1.0] : [0, 1]).map { simple in
            { (draw: Draw) -> Draw? in
              var tensors = tensors(draw)
              let value = tensors[part].scalars[index]
              guard value != 0, value != simple else { return nil }
              tensors[part].scalars[index] = simple
              return replaced(draw, tensors)
            }
          }
        }
      }
    }
  }

  /// Draws that are listed, small ones first.
  public init(_ draws: [Draw]) {
    isFit = { _ in true }
    draw = { number, _ in number < draws.count ? draws[number] : nil }
    simpler = { _ in [] }
  }

  /// The small draws of a type, if it has some.
  static var ofType: SmallDraws? { (Draw.self as? any SmallDraw.Type)?.erased as? SmallDraws }
}

extension SmallDraw {
  fileprivate static var erased: Any { smallDraws }
}

extension Generator {
  /// A tensor of small integers and halves, few of which are zero.
  public mutating func small(_ shape: Int...) -> Tensor<Double> { small(shape: shape) }

  /// A tensor of small integers and halves, few of which are zero.
  public mutating func small(shape: [Int]) -> Tensor<Double> {
    Tensor(shape: shape, scalars: (0..<shape.reduce(1, *)).map { _ in smallNumber() })
  }

  /// A tensor of small integers that are not zero.
  public mutating func smallWhole(_ shape: Int...) -> Tensor<Double> {
    let count = shape.reduce(1, *)
    return Tensor(shape: shape, scalars: (0..<count).map { _ in one(of: [-3, -2, -1, 1, 2, 3]) })
  }

  /// A tensor of small positive integers and halves.
  public mutating func smallPositive(_ shape: Int...) -> Tensor<Double> {
    small(shape: shape).map { $0 == 0 ? 2 : abs($0) }
  }

  /// One of these.
  public mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }

  private mutating func smallNumber() -> Double {
    one(of: [-3, -2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3])
  }
}
