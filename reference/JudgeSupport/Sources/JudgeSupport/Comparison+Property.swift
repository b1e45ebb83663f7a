internal import CourseKit

// What sets some trials apart from others.

extension Comparison {
  /// One property of a trial, which others may have or not.
  private enum Property: Hashable {
    /// A size has this value.
    case value(String, Int)
    /// Two sizes are the same.
    case pair(String, String)
    /// Something else, as a noun.
    case trait(String)
  }

  /// More than that tell nothing: one trial alone differs from others in a great many ways.
  private static let mostProperties = 2

  /// All that these trials have and the others have not: which of it is the reason nobody knows.
  ///
  /// - Returns: The words; nil if there is nothing, or too much to say all of it.
  static func property(of trials: [Comparison], _ isSuch: [Bool]) -> String? {
    let properties = trials.map(\.properties)
    guard isSuch.contains(false), let first = isSuch.firstIndex(of: true) else { return nil }
    let own = properties[first].filter { property in
      properties.map { $0.contains(property) } == isSuch
    }
    let words = words(for: own, sizes: trials[first].sizes)
    guard let last = words.last, words.count <= mostProperties else { return nil }
    let others = words.dropLast().joined(separator: ", ")
    return others.isEmpty ? last : "\(others) and \(last)"
  }

  /// Sizes that are equal are told as one, such as `d = n = 5`.
  private static func words(for properties: [Property], sizes: [String: Int]) -> [String] {
    let groups = groups(of: properties).sorted {
      (sizes[$0[0]] ?? 0, $0[0]) < (sizes[$1[0]] ?? 0, $1[0])
    }
    var left = properties.filter { if case .pair = $0 { false } else { true } }
    let equal = groups.map { names in
      let values = Set(names.compactMap { name in sizes[name].map { Property.value(name, $0) } })
      let isValue = left.contains(where: values.contains)
      left.removeAll(where: values.contains)
      return (names + (isValue ? sizes[names[0]].map { ["\($0)"] } ?? [] : [])).joined(
        separator: " = "
      )
    }
    return equal
      + left.map { property in
        switch property {
        case .value(let name, let size): "\(name) = \(size)"
        case .pair(let left, let right): "\(left) = \(right)"
        case .trait(let words): words
        }
      }
  }

  /// The names of sizes that the pairs among these connect: who is equal to an equal is equal.
  private static func groups(of properties: [Property]) -> [[String]] {
    var groups: [Set<String>] = []
    for case .pair(let left, let right) in properties {
      let touched = groups.filter { $0.contains(left) || $0.contains(right) }
      groups.removeAll(where: touched.contains)
      groups.append(touched.reduce([left, right]) { $0.union($1) })
    }
    return groups.map { $0.sorted() }
  }

  private static func pairs(of names: [String]) -> [(String, String)] {
    names.enumerated().flatMap { index, left in names.dropFirst(index + 1).map { (left, $0) } }
  }

  private var properties: [Property] {
    // A product of sizes is no size that the handout names.
    let names = sizes.keys.filter { $0.count <= 2 && !$0.contains(" ") }.sorted()
    let values = names.compactMap { name in sizes[name].map { Property.value(name, $0) } }
    let equal = Self.pairs(of: names).filter { sizes[$0] == sizes[$1] }
      .map { Property.pair($0, $1) }
    let largest = reference.scalars.map { abs($0) }.max() ?? 0
    let magnitude =
      largest < 1e-4
      ? ["right answers below 1e-4"] : largest > 1e4 ? ["right answers above 1e4"] : []
    return equal + values + (traits + magnitude).map { .trait($0) }
  }
}
