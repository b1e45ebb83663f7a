import CourseKit
import JudgeEvents
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

// Questions whose answers tell a derived gradient from one made of differences.
//
// Accuracy cannot tell: good differences are as exact as formulas. But a product of powers of two
// is exact, so code that follows formulas scales bit for bit, whatever its algebra and order, and
// it gets the gradient of a tiny probability, or of a unit that has hardly a say, as exactly as
// that of a large one. A difference quotient has a step that does not scale, loses the small beside
// the large, steps over kinks, and has noise where formulas give zero.

extension TwoHiddenLayersCase {
  /// The number of the chain's question that the probes are.
  private static var question: Int { 1 }

  /// Judges a gradient further that is right on `ordinary` numbers: by probes, and on numbers of
  /// other sizes.
  ///
  /// Probes come first if it errs as differences do. A threshold or a mask fails probes too, but is
  /// as exact as a formula where it does not bite: its answers are told as wrong.
  ///
  /// - Parameters:
  ///   - ordinary: What is known of it.
  ///   - isDerived: Asks the probes; says whether it keeps its points.
  ///   - wide: Judges on numbers that single precision holds.
  ///   - extreme: Judges on numbers that only double precision holds.
  /// - Throws: What these throw.
  func judgeGradient(
    _ ordinary: Judged,
    isDerived: () throws -> Bool,
    wide: () throws -> Judged,
    extreme: () throws -> Judged
  ) throws {
    guard ordinary.isRight else { return }
    let isProbedFirst = isComposing || ordinary.mayBeDifferenced
    if isProbedFirst {
      guard try isDerived() else { return }
    }
    if !isComposing {
      // The questions that follow keep their numbers.
      beginChain(question: Self.question)
      forgetChain()
    }
    guard try wide().isRight else { return }
    if ordinary.isDouble {
      guard try extreme().isRight else { return }
    }
    if !isProbedFirst { _ = try isDerived() }
  }

  /// Withholds the points of a gradient of `backward` that two probes find to be differenced, and
  /// flags one that a single probe does; says whether it keeps the points.
  ///
  /// A step that is differenced pays for it: a chain of such steps carries what the probes say.
  func judgeDerivation(
    of tensor: NetworkTensor,
    _ name: String,
    ask: @escaping NetworkProbes.Ask
  ) throws -> Bool {
    var generator = generator("probes")
    let probes = NetworkProbes(of: tensor, using: &generator)
    if isComposing {
      compose(
        backwardCompositions.map { composition in
          { (_: String) in [Tensor([try probes.isDifferenced(composition) ? 1 : 0])] }
        },
        question: Self.question,
        on: [name]
      )
      return true
    }
    guard convict(by: probes.all(ask), of: "backward", name) else { return true }
    beginChain(question: Self.question)
    _ = try keepingChain { [Tensor([1.0])] }
    return false
  }

  /// A question about a part of a step's answers, in units of that part's largest entry; `again` is
  /// the same in numbers that single precision holds.
  func probe<Instance>(
    _ name: String,
    on instances: [Instance],
    again: (() -> Probe)? = nil,
    right: (Instance) -> Tensor<Double>,
    in part: @escaping (Tensor<Double>) -> Tensor<Double> = { $0 },
    ask: @escaping (Instance) throws -> Tensor<Double>
  ) -> Probe {
    let answers = instances.map(right)
    return Probe(
      name,
      right: answers.map { (part($0), part($0).largest) },
      again: again
    ) {
      try zip(instances, answers).map { instance, right in
        let yours = try ask(instance)
        return yours.shape == right.shape ? part(yours) : yours
      }
    }
  }
}

extension Network {
  /// The first class has a tiny probability everywhere, and no sample belongs to it.
  func graded(by gap: Double) -> Network {
    var p = p
    p.b3[0] -= gap
    return replacing(p, labels: labels.map { max($0, 1) })
  }

  /// The entries of a gradient of the output layer that belong to the first class; all that has
  /// another shape than one of these.
  func ofFirstClass(_ tensor: Tensor<Double>) -> Tensor<Double> {
    [p.w3.shape, p.b3.shape].contains(tensor.shape) ? tensor.ofFirstUnit : tensor
  }
}

extension Tensor where Scalar == Double {
  var firstRow: Tensor { row(0) }

  var firstColumn: Tensor { transposed().row(0) }

  /// The first column of weights, or the first bias.
  var ofFirstUnit: Tensor { rank == 1 ? Tensor([self[0]]) : firstColumn }

  var withoutFirstRow: Tensor {
    Tensor(shape: [shape[0] - 1, shape[1]], scalars: Array(scalars.dropFirst(shape[1])))
  }
}
