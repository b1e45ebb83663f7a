import CourseKit

/// The example of the lecture: one image of 4 x 4, one filter of 2 x 2.
enum Example {
  static let x = image([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
  static let filter = image([[0, 1], [2, 3]])

  static let y = image([[29, 35, 42], [18, 14, 10], [10, 14, 18]])
  static let yStride2 = image([[29, 42], [10, 18]])
  static let yPadding1 = image([
    [3, 5, 8, 16, 8],
    [16, 29, 35, 42, 16],
    [14, 18, 14, 10, 0],
    [6, 10, 14, 18, 8],
    [1, 2, 3, 4, 0],
  ])
}

/// One sample with one channel, or one filter for one channel: `[1, 1, h, w]`.
func image(_ rows: [[Double]]) -> Tensor<Double> {
  images([[rows]])
}

/// `[n, c, h, w]` from samples of channels of rows.
func images(_ samples: [[[[Double]]]]) -> Tensor<Double> {
  let channels = samples.first ?? []
  let rows = channels.first ?? []
  let shape = [samples.count, channels.count, rows.count, rows.first?.count ?? 0]
  return Tensor(shape: shape, scalars: samples.flatMap { $0.flatMap { $0.flatMap { $0 } } })
}
