import CourseKit

// Loops as a student writes them.

func sumOfNothing(_ x: Tensor<Double>) -> Double {
  var total = 0.0
  for _ in 0..<x.shape[0] {
    for j in 0..<x.shape[1] { total += Double(j) }
  }
  return total
}

func sumOfElements(_ x: Tensor<Double>) -> Double {
  var total = 0.0
  for i in 0..<x.shape[0] {
    for j in 0..<x.shape[1] { total += x[i, j] }
  }
  return total
}

func fill(_ x: inout Tensor<Double>) {
  for i in 0..<x.shape[0] {
    for j in 0..<x.shape[1] { x[i, j] = 1 }
  }
}

func sumOfNested(_ x: [[Double]]) -> Double {
  var total = 0.0
  for i in 0..<x.count {
    for j in 0..<x[i].count { total += x[i][j] }
  }
  return total
}

func drawUniform() {
  let _: Tensor<Double> = generator.uniform(shape: [size, size])
}

func drawNormal() {
  let _: Tensor<Double> = generator.normal(shape: [size, size])
}
