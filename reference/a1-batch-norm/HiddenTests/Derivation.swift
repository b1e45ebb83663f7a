import BatchNormTask
import CourseKit
import JudgeEvents
import JudgeSupport

// Inputs on which finite differences betray themselves, and no derivative does.
//
// Powers of two are exact, so a derivative scales bit for bit; a fixed step does not scale, and a
// step relative to the whole input drowns a column whose gradient is tiny. A step that fits each
// column is seen where gradients are zero, or twins: see `ExactBatch`.

extension BatchNormCase {
  /// Withholds the points of a function that two probes find to be differenced, and says so; flags
  /// one that a single probe does.
  ///
  /// `compositions` are, for a chain, the same probes of what the judge composes from the student's
  /// own steps: if the answers are the same, it is a step that is differenced, and the chain
  /// carries it.
  func judgeDerivation(
    of function: String,
    _ what: String? = nil,
    probes: [Probe],
    compositions: [[Probe]] = []
  ) -> Bool {
    // The first two questions are about values.
    let question = 2
    func evidence(_ probe: Probe) throws -> [Tensor<Double>] {
      probe.evidence(try probe.answers())
    }
    if isComposing {
      let routes = compositions.map { probes in { (index: Int) in try evidence(probes[index]) } }
      compose(routes, question: question, on: Array(probes.indices))
      return false
    }
    guard convict(by: probes, of: function, what) else { return false }
    guard !compositions.isEmpty else { return true }
    beginChain(question: question)
    for probe in probes {
      _ = try? keepingChain(limits: probe.limits) { try evidence(probe) }
    }
    return true
  }

  /// For a function that returns `dX`: `ask` calls it on a batch with this upstream gradient.
  func inputProbes(
    using generator: inout Generator,
    ask: @escaping (Batch, _ dU: Tensor<Double>) throws -> Tensor<Double>
  ) -> [Probe] {
    let graded = Self.batches(scale: 1, using: &generator)
    var probes = [
      Probe("graded", right: graded.map(\.expectedGraded).map(\.right)) {
        try graded.map { batch in
          let yours = try ask(batch, batch.gradedDU)
          return yours.shape == batch.x.shape ? yours.column(0) : yours
        }
      }
    ]
    for (name, scale, gentle) in Self.scales {
      let batches = Self.batches(scale: scale, using: &generator)
      let gentle = Self.batches(scale: gentle, using: &generator)
      let again = { Self.probe(name, gentle, ask: ask) }
      probes.append(Self.probe(name, batches, again: again, ask: ask))
    }
    let exact = (0..<3).map { _ in ExactBatch(using: &generator) }
    let twins = (0..<3).map { _ in TwinBatch(using: &generator) }
    return probes + [
      Probe("zeros", of: exact) { try ask($0.batch, $0.batch.dU) },
      Probe("twins", of: twins) { try ask($0.batch, $0.batch.dU) },
    ]
  }

  /// Scales of numbers beyond those of single precision, and beside each the farthest on this side.
  static var scales: [(name: String, scale: Double, gentle: Double)] {
    [("small", 0x1p-26, 0x1p-18), ("large", 0x1p40, 0x1p18)]
  }

  private static func batches(scale: Double, using generator: inout Generator) -> [Batch] {
    [(6, 3), (5, 4), (9, 2)].map { n, d in Batch(n, d, scale: scale, using: &generator) }
  }

  private static func probe(
    _ name: String,
    _ batches: [Batch],
    again: (() -> Probe)? = nil,
    ask: @escaping (Batch, _ dU: Tensor<Double>) throws -> Tensor<Double>
  ) -> Probe {
    Probe(name, right: batches.map(\.expectedDX.right), again: again) {
      try batches.map { try ask($0, $0.dU) }
    }
  }
}

extension Probe {
  /// A question about numbers that are zero on some draws.
  init<Draw: Zeroed>(
    _ name: String,
    of draws: [Draw],
    ask: @escaping (Draw) throws -> Tensor<Double>
  ) {
    self.init(name) { answers in
      let all = zip(draws, answers).map { $0.zeros(in: $1) }
      let found = all.compactMap(\.self)
      return found.count == all.count ? found.flatMap(\.self) : nil
    } answers: {
      try draws.map(ask)
    }
  }
}

extension Expected {
  /// The right answer and its unit.
  var right: (value: Tensor<Double>, unit: Double) { (value, scale) }
}

extension Batch {
  /// The factor that makes the first column's upstream gradient tiny.
  private static var factor: Double { 0x1p-40 }

  fileprivate var gradedDU: Tensor<Double> {
    var graded = dU
    for i in 0..<graded.shape[0] { graded[i, 0] *= Self.factor }
    return graded
  }

  /// The first column of `dX`, with that upstream gradient.
  fileprivate var expectedGraded: Expected {
    Expected(
      "dX",
      dX.column(0) * Self.factor,
      terms: (dXHat / root).column(0).absolute * Self.factor
    )
  }
}

extension Tensor where Scalar == Double {
  fileprivate func column(_ j: Int) -> Tensor {
    Tensor((0..<shape[0]).map { self[$0, j] })
  }
}
