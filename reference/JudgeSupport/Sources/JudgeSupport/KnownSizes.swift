internal import CourseKit

/// The sizes of tensors that a test's questions have.
///
/// A student is told a shape in these alone: the worker, which knows hidden numbers, could answer
/// in shapes of its own making.
struct KnownSizes {
  /// The most axes of a shape that is told.
  private static let mostAxes = 5

  /// The sizes in the last question.
  private(set) var last: Set<Int> = []
  /// The sizes in all questions so far.
  private(set) var all: Set<Int> = []
  /// The most axes of a tensor of the last question.
  private var lastRank = 0

  /// Begins a question.
  mutating func begin() { (last, lastRank) = ([], 0) }

  /// Adds an argument of the question.
  mutating func add(_ argument: Any) {
    for shape in Self.shapes(in: argument) {
      last.formUnion(shape)
      all.formUnion(shape)
      lastRank = max(lastRank, shape.count)
    }
  }

  /// Tells whether an error may be told by such a shape.
  func allow(thrown shape: [Int]) -> Bool {
    shape.count <= lastRank && shape.allSatisfy { $0 == 1 || last.contains($0) }
  }

  /// Tells whether it may be told by such a number of samples.
  func allow(count: Int) -> Bool { count == 0 || count == 1 || last.contains(count) }

  /// Tells whether a student may be told the shape of an answer: it is one that a slip gives.
  func allow(_ shape: [Int], insteadOf expected: [Int]) -> Bool {
    guard shape.count <= Self.mostAxes, abs(shape.count - expected.count) <= 1 else { return false }
    let isShort = shape.count <= 2
    return shape.enumerated().allSatisfy { axis, size in
      size == 0 || size == 1 || expected.contains(size) || isShort && all.contains(size)
        || axis < expected.count && abs(size - expected[axis]) <= 2
    }
  }

  private static func shapes(in argument: Any) -> [[Int]] {
    switch argument {
    case let tensor as Tensor<Double>: [tensor.shape]
    case let numbers as [Double]: [[numbers.count]]
    case let numbers as [Int]: [[numbers.count]]
    default: Mirror(reflecting: argument).children.flatMap { shapes(in: $0.value) }
    }
  }
}
