import Foundation
package import GraderCore

/// Measures what slips cost: those that are planted, and every function lost in four other ways.
package struct FairnessTrial: Sendable {
  /// The amount that is tried.
  package struct Amount: Sendable {
    /// The number of slips, drawn at random; nil for all.
    package var slips: Int?
    /// The number of pairs of slips, drawn at random.
    package var pairs: Int
    /// The number of seeds for each slip.
    package var seeds: Int
    /// The seed of what is drawn.
    package var draw: UInt64

    package init(slips: Int?, pairs: Int, seeds: Int, draw: UInt64) {
      (self.slips, self.pairs, self.seeds, self.draw) = (slips, pairs, seeds, draw)
    }
  }

  let grading: Grading
  let amount: Amount
  let jobs: Int
  /// Told after each program.
  let progress: @Sendable (String) -> Void

  /// A trial of one assignment.
  package init(
    _ workshop: Workshop,
    assignment id: String,
    amount: Amount,
    jobs: Int?,
    progress: @escaping @Sendable (String) -> Void
  ) throws(GraderFault) {
    grading = try workshop.grading(of: try workshop.course.assignment(id))
    self.amount = amount
    self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    self.progress = progress
  }

  private var rubric: Assignment { grading.assignment.assignment }

  /// Tries everything.
  package func run() throws(GraderFault) -> Fairness {
    let solution = Program(name: "", sources: try grading.assignment.solutionSources())
    var draw = SplitMix64(seed: amount.draw)
    let (all, homeless) = try slips()
    let slips = amount.slips.map { draw.some($0, of: all) } ?? all
    let tried = slips.map { (solution, $0) } + (try inVariants(of: all, &draw))
    let own = try tests(about: Set(tried.map(\.1.function)).sorted(), of: solution)
    let prices = try Concurrent.map(tried, jobs: jobs) { program, slip throws(GraderFault) in
      let price = try price(of: slip, in: program, own: own)
      progress("\(price?.isFair == false ? "UNFAIR" : "ok    ") \(slip.name) \(program.name)")
      return price
    }
    let alone = prices.compactMap(\.self).filter(\.program.isEmpty)
      .map { ($0.slip, $0.lost[0]) }
    let pairs = try pairs(
      of: all,
      in: solution,
      alone: Dictionary(alone) { first, _ in first },
      &draw
    )
    return Fairness(
      assignment: rubric.id,
      prices: prices.compactMap(\.self).sorted {
        ($1.lost.max() ?? .zero, $0.slip) < ($0.lost.max() ?? .zero, $1.slip)
      },
      pairs: pairs,
      untried: homeless.map { "\($0), which is in no function of the task" }
        + zip(tried, prices).filter { $1 == nil }.map { tried, _ in
          "\(tried.1.name) in \(tried.0.name), which has no place for it"
        }
    )
  }

  // MARK: Slips

  /// A right solution.
  private struct Program: Sendable {
    var name: String
    var sources: [Submission.File]
  }

  /// All slips, and the planted mistakes that are in no function of the task.
  private func slips() throws(GraderFault) -> ([PlantedSlip], homeless: [String]) {
    let sources = try grading.assignment.solutionSources()
    let functions = rubric.parts.flatMap { part in
      part.functions.map { (name: SignatureText(of: $0).name, throwing: $0.contains(" throws ")) }
    }
    var slips: [PlantedSlip] = []
    for function in functions {
      for form in Fairness.Form.allCases where form != .value {
        guard form != .error || function.throwing else { continue }
        slips.append(.lost(function: function.name, form))
      }
    }
    var homeless: [String] = []
    let names = Set(functions.map(\.name))
    var parsed: [String: Declarations] = [:]
    for source in sources { parsed[source.path.string] = try read(source) }
    for mutant in try grading.slips.mutants() {
      guard let file = sources.first(where: { $0.path.string == mutant.file }),
        let place = file.content.firstRange(of: Array(mutant.replace.utf8))
      else { continue }
      let function = parsed[mutant.file]?.all.first { $0.bytes.contains(place.lowerBound) }
      if let name = function?.name, names.contains(name) {
        slips.append(.mutant(mutant, function: name))
      } else {
        homeless.append(mutant.id)
      }
    }
    return (slips, homeless)
  }

  /// One lost function of each variant that deserves full marks.
  private func inVariants(
    of slips: [PlantedSlip],
    _ draw: inout SplitMix64
  ) throws(GraderFault) -> [(Program, PlantedSlip)] {
    let lost = slips.filter { $0.form != .value }
    var tried: [(Program, PlantedSlip)] = []
    for variant in try Variant.all(of: grading.assignment) where variant.expect.isEmpty {
      let program = Program(name: variant.name, sources: variant.sources)
      tried += draw.some(1, of: lost).map { (program, $0) }
    }
    return amount.slips.map { draw.some($0, of: tried) } ?? tried
  }

  private func read(_ file: Submission.File) throws(GraderFault) -> Declarations {
    try grading.declarations(of: file)
  }

  /// The ids of the tests that are about each of these functions: which its death spoils.
  private func tests(
    about names: [String],
    of solution: Program
  ) throws(GraderFault) -> [String: Set<String>] {
    let tests = try Concurrent.map(names, jobs: jobs) { function throws(GraderFault) in
      let slip = PlantedSlip.lost(function: function, .trap)
      guard let sources = try slip.applied(to: solution.sources, read: read) else {
        throw GraderFault(.broken, "The solution has no public function \(function).")
      }
      progress("ok     tests about \(function)")
      return (function, try grading.tests(endedBy: function, in: grading.build(sources)))
    }
    return Dictionary(uniqueKeysWithValues: tests)
  }

  // MARK: Prices

  /// The price of a slip; nil if the program has no place for it.
  private func price(
    of slip: PlantedSlip,
    in program: Program,
    own: [String: Set<String>]
  ) throws(GraderFault) -> Fairness.Price? {
    guard let sources = try slip.applied(to: program.sources, read: read) else { return nil }
    let built = try grading.build(sources)
    var price = Fairness.Price(
      slip: slip.name,
      function: slip.function,
      form: slip.form,
      program: program.name,
      lost: [],
      excesses: []
    )
    for seed in 1...UInt64(max(1, amount.seeds)) {
      let results = try grading.test(built, seed: seed, jobs: 1, naming: nil)
      price.lost.append(lost(results))
      let excesses = Fairness.Excess.all(
        in: results,
        of: rubric.tests,
        own: own[slip.function] ?? []
      )
      if price.excesses.isEmpty { price.excesses = excesses }
    }
    return price
  }

  private func lost(_ results: [Grade.TestResult]) -> Points {
    Points(hundredths: rubric.maxScore.hundredths - results.score.hundredths)
  }

  private func pairs(
    of slips: [PlantedSlip],
    in program: Program,
    alone: [String: Points],
    _ draw: inout SplitMix64
  ) throws(GraderFault) -> [Fairness.Pair] {
    // Two slips in one function are one.
    guard Set(slips.map(\.function)).count > 1 else { return [] }
    var drawn: [(PlantedSlip, PlantedSlip)] = []
    while drawn.count < amount.pairs {
      let pair = draw.some(2, of: slips)
      if pair.count == 2, pair[0].function != pair[1].function { drawn.append((pair[0], pair[1])) }
    }
    return try Concurrent.map(drawn, jobs: jobs) { first, second throws(GraderFault) in
      let pair = try pair(first, second, in: program, alone: alone)
      progress("\(pair?.isFair == false ? "UNFAIR" : "ok    ") \(first.name) with \(second.name)")
      return pair
    }.compactMap(\.self)
  }

  private func pair(
    _ first: PlantedSlip,
    _ second: PlantedSlip,
    in program: Program,
    alone: [String: Points]
  ) throws(GraderFault) -> Fairness.Pair? {
    guard let one = try first.applied(to: program.sources, read: read),
      let other = try second.applied(to: program.sources, read: read),
      let both = try second.applied(to: one, read: read)
    else { return nil }
    return Fairness.Pair(
      slips: [first.name, second.name],
      lost: try lost(both),
      alone: [
        try known(first, one, alone), try known(second, other, alone),
      ]
    )
  }

  private func known(
    _ slip: PlantedSlip,
    _ sources: [Submission.File],
    _ alone: [String: Points]
  ) throws(GraderFault) -> Points {
    if let lost = alone[slip.name] { return lost }
    return try lost(sources)
  }

  private func lost(_ sources: [Submission.File]) throws(GraderFault) -> Points {
    lost(try grading.test(try grading.build(sources), seed: 1, jobs: 1, naming: nil))
  }
}

extension SplitMix64 {
  /// So many of these, or all if there are not so many.
  fileprivate mutating func some<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    Array(elements.shuffled(using: &self).prefix(count))
  }
}
