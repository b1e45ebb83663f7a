import CourseKit
import LectureEngine

/// The convolution as its definition says, one sum after the other: the oracle for the fast one.
func plainConvolution(
  _ input: Tensor<Double>,
  _ layer: Conv2d<Double>
) -> Tensor<Double> {
  let (weight, window) = (layer.weight, layer.window)
  guard let extent = window.outputExtent(of: Extent(input.shape[2], input.shape[3])) else {
    return .zeros(0)
  }
  var output = Tensor<Double>.zeros(input.shape[0], weight.shape[0], extent.height, extent.width)
  let outputsPerGroup = weight.shape[0] / layer.groups
  for image in 0..<input.shape[0] {
    for out in 0..<weight.shape[0] {
      let firstChannel = out / outputsPerGroup * weight.shape[1]
      for y in 0..<extent.height {
        for x in 0..<extent.width {
          var sum = layer.bias?[out] ?? 0
          for c in 0..<weight.shape[1] {
            for p in 0..<window.kernel.height {
              for q in 0..<window.kernel.width {
                let row = y * window.stride.height + p - window.padding.height
                let column = x * window.stride.width + q - window.padding.width
                guard (0..<input.shape[2]).contains(row), (0..<input.shape[3]).contains(column)
                else { continue }
                sum += weight[out, c, p, q] * input[image, firstChannel + c, row, column]
              }
            }
          }
          output[image, out, y, x] = sum
        }
      }
    }
  }
  return output
}

/// The largest difference between two tensors; infinite when their shapes differ.
func largestDifference<Scalar>(_ left: Tensor<Scalar>, _ right: Tensor<Scalar>) -> Scalar {
  guard left.shape == right.shape else { return .infinity }
  return (left - right).scalars.reduce(0) { max($0, $1.magnitude) }
}

/// `⟨a, b⟩`, the sum of products.
func innerProduct(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double { (a * b).sum() }
