import CourseKit

/// Arguments that change one after another where a summary of them does not see it.
///
/// Who keeps an answer by first, last or largest entries, by the first row, by sums, norms or
/// rounded numbers of an argument gives it again.
enum InnerPath {
  /// One question: its tensors, and the index of the one that is not as in the question before.
  typealias Place = (changed: Int?, tensors: [Tensor<Double>])

  /// A path from these tensors; each needs four entries along each axis.
  static func places(from tensors: [Tensor<Double>]) -> [Place] {
    let start = tensors.map(\.withSignsInside)
    // An exchange leaves sums and norms, a change all other entries.
    let exact = walk(from: start, by: [\.exchangedInside, \.changedInside])
    let near = walk(from: tensors.map(\.nearHundredths), by: [\.slightlyShifted])
    return exact + near
  }

  private static func walk(
    from start: [Tensor<Double>],
    by changes: [(Tensor<Double>) -> Tensor<Double>]
  ) -> [Place] {
    var tensors = start
    var places: [Place] = [(nil, tensors)]
    for change in changes {
      for index in tensors.indices {
        tensors[index] = change(tensors[index])
        places.append((index, tensors))
      }
    }
    return places
  }

  /// Lists of labels that change likewise, after one from which they do.
  static func labels(like labels: [Int]) -> [[Int]] {
    var (start, exchanged) = (labels, labels)
    (start[1], start[2]) = (0, 1)
    (exchanged[1], exchanged[2]) = (1, 0)
    var changed = exchanged
    changed[1] = 2
    return [start, exchanged, changed]
  }
}

extension Tensor where Scalar == Double {
  /// Two entries in no first row or column, nor a last one, and in no common one.
  private var innerIndices: (Int, Int) {
    rank == 1 ? (1, 2) : (shape[1] + 1, 2 * shape[1] + 2)
  }

  private func replacing(_ change: (inout [Double]) -> Void) -> Tensor {
    var scalars = scalars
    change(&scalars)
    return Tensor(shape: shape, scalars: scalars)
  }

  /// Multiples of 2^-8, whose sums are exact in any order, and two inner entries of other signs.
  fileprivate var withSignsInside: Tensor {
    let (i, j) = innerIndices
    return map { ($0 * 0x1p8).rounded() * 0x1p-8 }.replacing {
      $0[i] = abs($0[i]) + 0.25
      $0[j] = -abs($0[j]) - 0.5
    }
  }

  fileprivate var exchangedInside: Tensor {
    let (i, j) = innerIndices
    return replacing { $0.swapAt(i, j) }
  }

  fileprivate var changedInside: Tensor {
    let (i, _) = innerIndices
    return replacing { $0[i] *= -1.5 }
  }

  /// Hundredths and a little, up and down, so that no shift is the same for all.
  fileprivate var nearHundredths: Tensor {
    map { ($0 * 100).rounded() / 100 }.movedUpAndDown(by: 1e-4)
  }

  /// What three digits do not show.
  fileprivate var slightlyShifted: Tensor { movedUpAndDown(by: 3e-4) }

  private func movedUpAndDown(by step: Double) -> Tensor {
    replacing { for index in $0.indices { $0[index] += index.isMultiple(of: 2) ? step : -step } }
  }
}
