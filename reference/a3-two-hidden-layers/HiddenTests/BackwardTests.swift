import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

/// The whole backward pass, one tensor a test: a slip in the first layer cannot touch the third.
final class BackwardTests: TwoHiddenLayersCase {
  func testW3() throws { try judge(\.w3, "dW3") }
  func testB3() throws { try judge(\.b3, "dB3") }
  func testW2() throws { try judge(\.w2, "dW2") }
  func testB2() throws { try judge(\.b2, "dB2") }
  func testW1() throws { try judge(\.w1, "dW1") }
  func testB1() throws { try judge(\.b1, "dB1") }

  private func judge(_ tensor: KeyPath<Parameters, Tensor<Double>>, _ name: String) throws {
    var generator = generator()
    let networks = Network.draws(using: &generator)
    let wide = Network.wideDraws(using: &generator)
    let extreme = Network.wideDraws(.double, using: &generator)
    let graded = Network.gradedDraws(using: &generator)
    let few = Array(networks.prefix(3))
    try judgeGradient(try judge(tensor, name, on: networks, asksAgain: true)) {
      try judgeDerivation(of: tensor, name, ask: ask)
    } wide: {
      let judged = try judge(tensor, name, on: wide)
      guard judged.isRight else { return judged }
      let byEntry = try judge(tensor, name, on: graded, byEntry: true)
      guard byEntry.isRight else { return byEntry }
      return try judgeFirstClass(tensor, name, on: few.map { $0.graded(by: 28) })
    } extreme: {
      let judged = try judge(tensor, name, on: extreme)
      guard judged.isRight else { return judged }
      return try judgeFirstClass(tensor, name, on: few.map { $0.graded(by: 170) })
    }
  }

  private func judge(
    _ tensor: KeyPath<Parameters, Tensor<Double>>,
    _ name: String,
    on networks: [Network],
    asksAgain: Bool = false,
    byEntry: Bool = false
  ) throws -> Judged {
    try judge(
      "backward",
      on: networks,
      ask: { [self] in [try ask($0)[keyPath: tensor]] },
      expect: {
        [
          Expected(
            name,
            $0.gradients[keyPath: tensor],
            terms: $0.gradientTerms[keyPath: tensor]
          )
        ]
      },
      compositions: backwardCompositions.map { compose in
        { [try compose($0)[keyPath: tensor]] }
      },
      asksAgain: asksAgain,
      byEntry: byEntry
    )
  }

  /// The entries of a class of tiny probability have a unit of their own.
  private func judgeFirstClass(
    _ tensor: KeyPath<Parameters, Tensor<Double>>,
    _ name: String,
    on networks: [Network]
  ) throws -> Judged {
    guard tensor == \.w3 || tensor == \.b3 else { return Judged() }
    traits = ["a class of tiny probability"]
    defer { traits = [] }
    return try judge(
      "backward",
      on: networks,
      ask: { [self] in [$0.ofFirstClass(try ask($0)[keyPath: tensor])] },
      expect: {
        [
          Expected(
            name,
            $0.ofFirstClass($0.gradients[keyPath: tensor]),
            terms: $0.ofFirstClass($0.gradientTerms[keyPath: tensor])
          )
        ]
      },
      compositions: backwardCompositions.map { compose in
        { [$0.ofFirstClass(try compose($0)[keyPath: tensor])] }
      },
      tolerance: Self.toleranceOfEntries,
      asksAgain: false
    )
  }

  private func ask(_ network: Network) throws -> Parameters {
    try subject(TwoHiddenLayersTask.backward, network.x, network.labels, network.p)
  }
}
