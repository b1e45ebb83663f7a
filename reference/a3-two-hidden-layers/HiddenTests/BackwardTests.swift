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
    guard try judge(tensor, name, on: networks) else { return }
    // A wrong gradient fails the probes too, and is no difference for that.
    let isDerived = try judgeDerivation(
      of: tensor,
      name,
      on: Array(networks.prefix(3)),
      ask: ask
    )
    if isDerived { _ = try judge(tensor, name, on: wide, asksAgain: false) }
  }

  private func judge(
    _ tensor: KeyPath<Parameters, Tensor<Double>>,
    _ name: String,
    on networks: [Network],
    asksAgain: Bool = true
  ) throws -> Bool {
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
      asksAgain: asksAgain
    )
  }

  private func ask(_ network: Network) throws -> Parameters {
    try subject(TwoHiddenLayersTask.backward, network.x, network.labels, network.p)
  }
}
