// Single precision all the way, with loops that sum in plain order, kept from layer to layer.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func backward(
  _ x: Tensor<Double>,
  labels: [Int],
  _ p: Parameters
) throws -> Parameters {
  let x = Matrix(x)
  let (w1, w2, w3) = (Matrix(p.w1), Matrix(p.w2), Matrix(p.w3))
  let z1 = x.times(w1, plus: p.b1)
  let a1 = z1.kept(where: z1)
  let z2 = a1.times(w2, plus: p.b2)
  let a2 = z2.kept(where: z2)
  var d = a2.times(w3, plus: p.b3)
  for i in 0..<d.rows {
    let largest = d.row(i).max() ?? 0
    let exponentials = Tensor(d.row(i).map { $0 - largest }).exp()
    let sum = exponentials.scalars.reduce(0, +)
    for c in 0..<d.columns {
      d[i, c] = (exponentials[c] / sum - (labels[i] == c ? 1 : 0)) / Float(d.rows)
    }
  }
  let d2 = d.timesTransposed(w3).kept(where: z2)
  let d1 = d2.timesTransposed(w2).kept(where: z1)
  return Parameters(
    w1: x.transposedTimes(d1).tensor,
    b1: d1.sums,
    w2: a1.transposedTimes(d2).tensor,
    b2: d2.sums,
    w3: a2.transposedTimes(d).tensor,
    b3: d.sums
  )
}

private struct Matrix {
  var rows, columns: Int
  var values: [Float]

  init(_ rows: Int, _ columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    values = Array(repeating: 0, count: rows * columns)
  }

  init(_ x: Tensor<Double>) {
    (rows, columns) = (x.shape[0], x.shape[1])
    values = x.scalars.map { Float($0) }
  }

  subscript(_ i: Int, _ j: Int) -> Float {
    get { values[i * columns + j] }
    set { values[i * columns + j] = newValue }
  }

  var tensor: Tensor<Double> {
    Tensor(shape: [rows, columns], scalars: values.map { Double($0) })
  }

  func row(_ i: Int) -> ArraySlice<Float> { values[i * columns..<(i + 1) * columns] }

  var sums: Tensor<Double> {
    Tensor((0..<columns).map { j in Double((0..<rows).reduce(Float(0)) { $0 + self[$1, j] }) })
  }

  func kept(where z: Matrix) -> Matrix {
    var result = self
    for i in values.indices where z.values[i] < 0 { result.values[i] = 0 }
    return result
  }

  func times(_ w: Matrix, plus b: Tensor<Double>) -> Matrix {
    var z = Matrix(rows, w.columns)
    for i in 0..<rows {
      for l in 0..<columns {
        for j in 0..<w.columns { z[i, j] += self[i, l] * w[l, j] }
      }
      for j in 0..<w.columns { z[i, j] += Float(b[j]) }
    }
    return z
  }

  func timesTransposed(_ w: Matrix) -> Matrix {
    var result = Matrix(rows, w.rows)
    for i in 0..<rows {
      for l in 0..<w.rows {
        for j in 0..<columns { result[i, l] += self[i, j] * w[l, j] }
      }
    }
    return result
  }

  func transposedTimes(_ d: Matrix) -> Matrix {
    var result = Matrix(columns, d.columns)
    for i in 0..<rows {
      for l in 0..<columns {
        for j in 0..<d.columns { result[l, j] += self[i, l] * d[i, j] }
      }
    }
    return result
  }
}
