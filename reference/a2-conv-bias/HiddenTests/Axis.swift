import CourseKit
import JudgeSupport

/// One axis of a convolution.
struct Axis {
  var input: Int
  var kernel: Int
  var stride: Int
  var padding: Int

  var outputSize: Int {
    Array(Swift.stride(from: -padding, through: input + padding - kernel, by: stride)).count
  }

  /// Drawn axes, those of a table, and the first with single numbers exchanged.
  static func questions(using generator: inout Generator) -> [Axis] {
    var drawn: [Axis] = []
    while drawn.count < 30 {
      if let axis = Axis(kind: drawn.count % 3, using: &generator) { drawn.append(axis) }
    }
    let first = Questions(ordinary: [Axis(input: 20, kernel: 6, stride: 3, padding: 2)])
    let exchanged = first.exchanging(
      \.input,
      \.kernel,
      \.stride,
      \.padding,
      drawing: { Axis(input: 31, kernel: 4, stride: 2, padding: 1) }
    )
    return drawn + table + exchanged.all
  }

  /// Every third filter just fits, every third leaves a rest, every third moves on by one; nil for
  /// an image without pixels.
  private init?(kind: Int, using generator: inout Generator) {
    stride = kind == 2 ? 1 : generator.integer(in: 2...5)
    padding = generator.integer(in: 0...3)
    let steps = kind == 0 ? 0 : generator.integer(in: 1...6)
    let rest = kind == 1 ? generator.integer(in: 1...stride - 1) : 0
    kernel = generator.integer(in: 1...8)
    input = kernel + steps * stride + rest - 2 * padding
    guard input > 0 else { return nil }
  }

  /// The axis of these numbers.
  init(input: Int, kernel: Int, stride: Int, padding: Int) {
    (self.input, self.kernel, self.stride, self.padding) = (input, kernel, stride, padding)
  }

  /// The same for everyone: every stride up to 12, long images, filters larger than the image.
  private static let table =
    (1...12).flatMap { stride in
      [
        Axis(input: 70 + stride, kernel: 3, stride: stride, padding: 0),
        Axis(input: 12, kernel: stride, stride: stride, padding: stride % 4),
      ]
    } + [
      Axis(input: 1, kernel: 1, stride: 1, padding: 0),
      Axis(input: 2, kernel: 5, stride: 3, padding: 2),
      Axis(input: 1, kernel: 9, stride: 1, padding: 4),
      // As the first, for who remembers by sums of its numbers.
      Axis(input: 18, kernel: 8, stride: 3, padding: 3),
      Axis(input: 224, kernel: 16, stride: 16, padding: 0),
      Axis(input: 100, kernel: 12, stride: 32, padding: 6),
      Axis(input: 1000, kernel: 11, stride: 4, padding: 5),
    ]
}
