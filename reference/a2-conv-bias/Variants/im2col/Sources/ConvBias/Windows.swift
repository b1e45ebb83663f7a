import CourseKit

// The windows of one sample as columns: [c kh kw, h' w']; -1 where a window is outside.
func windowPlaces(
  channels: Int,
  size: (Int, Int),
  kernel: (Int, Int),
  output: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) -> [[Int]] {
  var places: [[Int]] = []
  for k in 0..<channels {
    for u in 0..<kernel.0 {
      for v in 0..<kernel.1 {
        var line: [Int] = []
        for i in 0..<output.0 {
          for j in 0..<output.1 {
            let row = i * stride.0 + u - padding.0
            let column = j * stride.1 + v - padding.1
            let inside = row >= 0 && row < size.0 && column >= 0 && column < size.1
            line.append(inside ? (k * size.0 + row) * size.1 + column : -1)
          }
        }
        places.append(line)
      }
    }
  }
  return places
}

func gather(_ sample: Tensor<Double>, _ places: [[Int]]) -> Tensor<Double> {
  Tensor(places.map { line in line.map { $0 < 0 ? 0 : sample.scalars[$0] } })
}
