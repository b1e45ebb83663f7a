import CourseKit
import TwoHiddenLayersTask

/// The example of README.md: two samples, a 2-3-2-2 network, everything computed by hand.
///
/// All gradients are in eighths.
enum Example {
  static let x = Tensor<Double>([[1, 2], [3, -1]])
  static let labels = [0, 1]
  static let p = Parameters(
    w1: Tensor([[1, -1, 2], [1, 1, -1]]),
    b1: Tensor([0, 1, -1]),
    w2: Tensor([[1, -1], [-1, 2], [-1, 1]]),
    b2: Tensor([1, -3]),
    w3: Tensor([[2, 1], [1, -1]]),
    b3: Tensor([log3 - 2, 0])
  )
  static let log3 = 1.0986122886681098

  static let z1 = Tensor<Double>([[3, 2, -1], [2, -3, 6]])
  static let a1 = Tensor<Double>([[3, 2, 0], [2, 0, 6]])
  static let z2 = Tensor<Double>([[2, -2], [-3, 1]])
  static let a2 = Tensor<Double>([[2, 0], [0, 1]])
  static let logits = Tensor<Double>([[2 + log3, 2], [log3 - 1, -1]])

  /// Both rows: three to one.
  static let probabilities = Tensor<Double>([[0.75, 0.25], [0.75, 0.25]])
  /// The mean of log(4/3) and log 4.
  static let loss = 0.8369882167858358

  static let dLogits = Tensor<Double>([[-1, 1], [3, -3]]) / 8
  static let dA2 = Tensor<Double>([[-1, -2], [3, 6]]) / 8
  static let dZ2 = Tensor<Double>([[-1, 0], [0, 6]]) / 8
  static let dA1 = Tensor<Double>([[-1, 1, 1], [-6, 12, 6]]) / 8
  static let dZ1 = Tensor<Double>([[-1, 1, 0], [-6, 0, 6]]) / 8
  static let gradients = Parameters(
    w1: Tensor([[-19, 1, 18], [4, 2, -6]]) / 8,
    b1: Tensor([-7, 1, 6]) / 8,
    w2: Tensor([[-3, 12], [-2, 0], [0, 36]]) / 8,
    b2: Tensor([-1, 6]) / 8,
    w3: Tensor([[-2, 2], [3, -3]]) / 8,
    b3: Tensor([2, -2]) / 8
  )
}

extension Parameters {
  /// The six tensors with their names.
  var tensors: [(name: String, value: Tensor<Double>)] {
    [("w1", w1), ("b1", b1), ("w2", w2), ("b2", b2), ("w3", w3), ("b3", b3)]
  }
}
