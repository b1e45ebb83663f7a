/// The prices of slips as text for a terminal, the dearest function first.
package enum FairnessTable {
  /// The table, what is unfair, and the verdict.
  package static func text(for fairness: Fairness) -> String {
    var lines = ["points that losing a function costs, by the way in which it is lost", ""]
    let width = fairness.functions.map(\.name.count).max() ?? 0
    lines.append(row("", Fairness.Form.allCases.map(heading), width: width))
    lines += fairness.functions.map { name, costs in
      row(name, Fairness.Form.allCases.map { costs[$0]?.description ?? "" }, width: width)
    }
    lines += ["", counts(fairness)]
    lines += fairness.uneven.map {
      "uneven: \($0): one way is more than \(Fairness.mostRatio) times as dear as another"
    }
    lines += fairness.prices.filter { !$0.isFair }.flatMap(words)
    lines += fairness.pairs.filter { !$0.isFair }.map(words)
    lines += fairness.untried.map { "not tried: \($0)" }
    lines.append(fairness.isGood ? "fair" : "NOT FAIR")
    return lines.joined(separator: "\n")
  }

  private static func heading(_ form: Fairness.Form) -> String {
    switch form {
    case .value: "value"
    case .trap: "trap"
    case .error: "error"
    case .notPublic: "private"
    case .notCompiling: "compile"
    }
  }

  private static func row(_ name: String, _ cells: [String], width: Int) -> String {
    let space = String(repeating: " ", count: width - name.count)
    return name + space
      + cells.map { String(repeating: " ", count: max(1, 8 - $0.count)) + $0 }.joined()
  }

  private static func counts(_ fairness: Fairness) -> String {
    let unfair = fairness.prices.filter { !$0.isFair }.count
    let above = fairness.pairs.filter { !$0.isFair }.count
    let variants = Set(fairness.prices.map(\.program)).subtracting([""]).count
    return """
      slips at more than their price: \(unfair) of \(fairness.prices.count)
      variants with one of them: \(variants)
      pairs that score above one of the two: \(above) of \(fairness.pairs.count)
      """
  }

  private static func words(_ price: Fairness.Price) -> [String] {
    let place = price.program.isEmpty ? "" : " in \(price.program)"
    let name = "unfair: \(price.slip), \(price.function)\(place)"
    let seeds = Set(price.lost).sorted().map(\.description).joined(separator: " or ")
    let varies = Set(price.lost).count > 1 ? ["\(name): costs \(seeds), by the seed"] : []
    return varies
      + price.excesses.map { "\(name): \($0.test) has \($0.score), and \($0.due) are its due" }
  }

  private static func words(_ pair: Fairness.Pair) -> String {
    let alone = pair.alone.map(\.description).joined(separator: " and ")
    return "unfair: \(pair.slips.joined(separator: " with ")): "
      + "costs \(pair.lost), alone they cost \(alone)"
  }
}
