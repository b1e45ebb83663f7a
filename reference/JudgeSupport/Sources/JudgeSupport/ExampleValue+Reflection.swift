internal import CourseKit
internal import JudgeEvents

extension ExampleValue {
  /// The most entries of a tensor that are kept.
  private static let mostEntries = 64

  /// A value of the wire.
  init(_ value: Any) {
    switch value {
    case let tensor as Tensor<Double>:
      // Of a scalar the number is what people know.
      if tensor.rank == 0, let number = tensor.scalars.first {
        self = .number(ExampleNumber(number))
      } else {
        let isShown = tensor.count <= Self.mostEntries
        self = .tensor(
          shape: tensor.shape,
          entries: isShown ? tensor.scalars.map(ExampleNumber.init) : nil
        )
      }
    case let number as Double: self = .number(ExampleNumber(number))
    case let number as Int: self = .integer(number)
    case let number as UInt64: self = .integer(Int(clamping: number))
    case let numbers as [Int]: self = .integers(Array(numbers.prefix(Self.mostEntries)))
    case let numbers as [Double]:
      self = .numbers(numbers.prefix(Self.mostEntries).map(ExampleNumber.init))
    default: self.init(reflecting: value)
    }
  }

  private init(reflecting value: Any) {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: self = mirror.children.first.map { ExampleValue($0.value) } ?? .none
    case .collection:
      self = .list(mirror.children.prefix(Self.mostEntries).map { ExampleValue($0.value) })
    case .enum: self = .choice("\(value)")
    default:
      self = .parts(
        type: "\(type(of: value))",
        mirror.children.map { .init($0.label ?? "", ExampleValue($0.value)) }
      )
    }
  }

  /// The part of a value that a tensor is, and the way to it; nil if none is the same.
  ///
  /// Of several the one whose label a word of the name ends in: `w1` of `dW1 after the step`.
  func part(
    like tensor: Tensor<Double>,
    called name: String
  ) -> (path: [String], value: ExampleValue)? {
    let parts = leaves.filter { $0.value.is(tensor) }
    let words = name.lowercased().split(separator: " ")
    return parts.first { part in
      part.path.last.map { label in words.contains { $0.hasSuffix(label.lowercased()) } } ?? true
    } ?? parts.first
  }

  private func `is`(_ tensor: Tensor<Double>) -> Bool {
    switch self {
    case .integer(let number): tensor.rank == 0 && tensor.scalars == [Double(number)]
    case .numbers(let numbers):
      tensor.rank == 1 && numbers == tensor.scalars.map(ExampleNumber.init)
    default: self == ExampleValue(tensor)
    }
  }

  /// A right tensor as a value of the kind that this one has.
  func alike(_ right: Tensor<Double>) -> ExampleValue {
    switch self {
    case .integer: Int(exactly: right.scalars[0]).map(ExampleValue.integer) ?? ExampleValue(right)
    case .numbers: .numbers(right.scalars.map(ExampleNumber.init))
    default: ExampleValue(right)
    }
  }

  private var leaves: [(path: [String], value: ExampleValue)] {
    guard case .parts(_, let parts) = self else { return [([], self)] }
    return parts.flatMap { part in
      part.value.leaves.map { ([part.name] + $0.path, $0.value) }
    }
  }
}
