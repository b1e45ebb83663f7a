internal import CourseKit
internal import JudgeEvents

/// One comparison of a student's tensor with the reference's.
struct Comparison {
  var what: String
  var yours: Tensor<Double>
  var reference: Tensor<Double>
  var scale: Double
  /// The error, in units of the scale, that rounding may excuse.
  var tolerance: Double
  var sizes: [String: Int]
  /// Further properties of the instance that the student may be told.
  var traits: [String] = []
  /// Tensors of the instance that an error can be proportional to, column by column.
  var directions: [String: Tensor<Double>]

  /// The tolerance within which a pattern has to hold, in units of the scale.
  private static let exactness = 1e-6

  /// Errors below this, in units of the scale, are too near `exactness` for a form of their own.
  private static let leastError = 1e-3

  /// The pattern of each wrong tensor's errors, told of the wrong instances.
  ///
  /// Right ones are no exception to it; nothing is told where they have nothing in common.
  static func patterns(in comparisons: [Comparison]) -> [Finding] {
    byName(comparisons).compactMap { instances in
      let wrong = instances.count { $0.difference != nil }
      guard wrong > 0 else { return nil }
      return commonPattern(of: instances).map {
        let trials = Trials(wrong: wrong, of: instances.count)
        return .pattern(what: instances[0].what, $0, trials: trials)
      }
    }
  }

  /// The comparisons of each tensor, in the order in which they were first made.
  static func byName(_ comparisons: [Comparison]) -> [[Comparison]] {
    var names: [String] = []
    for comparison in comparisons where !names.contains(comparison.what) {
      names.append(comparison.what)
    }
    return names.map { name in comparisons.filter { $0.what == name } }
  }

  private static func commonPattern(of instances: [Comparison]) -> Pattern? {
    if instances.allSatisfy(\.isZero) { return .zero }
    if instances.allSatisfy(\.isTransposed) { return .transposed }
    guard instances.allSatisfy({ $0.yours.shape == $0.reference.shape }) else { return nil }
    let factors = Self.factors(of: instances)
    if factors.count == 1 { return .factor(factors[0]) }
    // Which path an error came by can be asked where there are paths to take. An error that is
    // constant over one row, or along a direction of one, says nothing; and one near the tolerance
    // is rounding, which has every form.
    guard instances.allSatisfy({ !$0.directions.isEmpty }) else { return nil }
    guard instances.allSatisfy({ $0.reference.rank == 2 }),
      instances.contains(where: { $0.isTall && $0.worstError > Self.leastError })
    else { return nil }
    if instances.allSatisfy({ $0.errorIsProportional(to: nil) }) { return .constantOverRows }
    for name in instances[0].directions.keys.sorted() {
      let isAlong = instances.allSatisfy { instance in
        instance.directions[name].map { instance.errorIsProportional(to: $0) } ?? false
      }
      if isAlong { return .along(name) }
    }
    return nil
  }

  /// The factors, by name, that turn the reference into the student's tensor on every instance.
  private static func factors(of instances: [Comparison]) -> [String] {
    guard instances.contains(where: { $0.reference.scalars.contains { $0 != 0 } }) else {
      return []
    }
    let sizeNames = Set(instances.flatMap(\.sizes.keys)).sorted()
    let fixed: [(name: String, value: (Comparison) -> Double?)] = [
      ("-1", { _ in -1 }), ("2", { _ in 2 }), ("1/2", { _ in 0.5 }),
    ]
    let named = sizeNames.flatMap { name -> [(name: String, value: (Comparison) -> Double?)] in
      let size = { (instance: Comparison) in instance.sizes[name].map(Double.init) }
      return [
        (name, size), ("1/\(name)", { size($0).map { 1 / $0 } }),
        ("\(name)/(\(name) - 1)", { size($0).flatMap { $0 > 1 ? $0 / ($0 - 1) : nil } }),
      ]
    }
    return (fixed + named).filter { candidate in
      instances.allSatisfy { instance in
        candidate.value(instance).map(instance.isReference(times:)) ?? false
      }
    }.map(\.name)
  }

  private var isTall: Bool { reference.shape[0] > 2 }

  private var isZero: Bool { yours.count > 0 && yours.scalars.allSatisfy { $0 == 0 } }

  /// The largest error in units of the scale.
  private var worstError: Double {
    (zip(yours.scalars, reference.scalars).map { abs($0 - $1) }.max() ?? 0) / scale
  }

  private var isRight: Bool { yours.shape == reference.shape && isReference(times: 1) }

  private func isReference(times factor: Double) -> Bool {
    let limit = Self.exactness * scale * max(1, abs(factor))
    return zip(yours.scalars, reference.scalars).allSatisfy { abs($0 - factor * $1) <= limit }
  }

  private var isTransposed: Bool {
    guard reference.rank == 2, yours.rank == 2, yours.shape == reference.shape.reversed(),
      reference.shape[0] > 1, reference.shape[1] > 1
    else { return false }
    var turned = self
    turned.yours = yours.transposed()
    return turned.isRight
  }

  /// Tells whether each column of the error is a number times the same column of a direction; times
  /// ones if there is no direction.
  private func errorIsProportional(to direction: Tensor<Double>?) -> Bool {
    let (rows, columns) = (reference.shape[0], reference.shape[1])
    if let direction, direction.shape != reference.shape { return false }
    let limit = 10 * Self.exactness * scale
    return (0..<columns).allSatisfy { column in
      let error = (0..<rows).map { yours[$0, column] - reference[$0, column] }
      let along = (0..<rows).map { direction?[$0, column] ?? 1 }
      let length = along.map { $0 * $0 }.reduce(0, +)
      guard length > 0 else { return error.allSatisfy { abs($0) <= limit } }
      let factor = zip(error, along).map(*).reduce(0, +) / length
      return zip(error, along).allSatisfy { abs($0 - factor * $1) <= limit }
    }
  }
}
