import CourseKit

// Sizes that might be mistaken for each other differ, but for one geometry in each list that is
// square in all it can be: samples, channels and filters are as many, image and kernel have equal
// sides.
extension Geometry {
  static let plain = [
    Geometry(n: 2, c: 3, o: 4, size: (5, 7), kernel: (2, 3)),
    Geometry(n: 3, c: 2, o: 1, size: (8, 6), kernel: (3, 4)),
    Geometry(n: 3, c: 3, o: 3, size: (5, 5), kernel: (3, 3)),
    Geometry(n: 1, c: 4, o: 2, size: (4, 7), kernel: (1, 5)),
    Geometry(n: 5, c: 1, o: 3, size: (6, 3), kernel: (4, 2)),
  ]

  /// Of the fourth and fifth some windows lie wholly outside.
  static let padded = [
    Geometry(n: 2, c: 3, o: 4, size: (5, 7), kernel: (2, 3), padding: (1, 2)),
    Geometry(n: 3, c: 2, o: 1, size: (8, 6), kernel: (3, 4), padding: (2, 0)),
    Geometry(n: 3, c: 3, o: 3, size: (5, 5), kernel: (3, 3), padding: (1, 1)),
    Geometry(n: 1, c: 4, o: 2, size: (4, 7), kernel: (1, 5), padding: (3, 1)),
    Geometry(n: 5, c: 1, o: 3, size: (6, 3), kernel: (4, 2), padding: (0, 3)),
  ]

  /// All leave a rest on one axis at least; the fourth steps over rows.
  static let strided = [
    Geometry(n: 2, c: 3, o: 4, size: (8, 12), kernel: (3, 2), stride: (2, 3)),
    Geometry(n: 3, c: 2, o: 1, size: (9, 7), kernel: (2, 4), stride: (3, 2)),
    Geometry(n: 3, c: 3, o: 3, size: (8, 8), kernel: (3, 3), stride: (2, 2)),
    Geometry(n: 1, c: 4, o: 2, size: (7, 10), kernel: (1, 3), stride: (4, 1)),
    Geometry(n: 5, c: 1, o: 3, size: (7, 9), kernel: (4, 2), stride: (1, 3)),
  ]

  static let stridedAndPadded = [
    Geometry(n: 2, c: 3, o: 4, size: (8, 12), kernel: (3, 2), stride: (2, 3), padding: (1, 2)),
    Geometry(n: 3, c: 2, o: 1, size: (9, 7), kernel: (2, 4), stride: (3, 2), padding: (2, 0)),
    Geometry(n: 3, c: 3, o: 3, size: (8, 8), kernel: (3, 3), stride: (2, 2), padding: (1, 1)),
    Geometry(n: 1, c: 4, o: 2, size: (7, 10), kernel: (1, 3), stride: (4, 1), padding: (2, 1)),
    Geometry(n: 5, c: 1, o: 3, size: (7, 9), kernel: (4, 2), stride: (1, 3), padding: (0, 3)),
  ]

  static let all = plain + padded + strided + stridedAndPadded

  /// As many outputs as of `looseOtherwise`, and of every exchange of one number between the two.
  static let loose = Geometry(
    n: 2,
    c: 3,
    o: 4,
    size: (5, 9),
    kernel: (2, 4),
    stride: (3, 4)
  )
  static let looseOtherwise = Geometry(
    n: 2,
    c: 3,
    o: 4,
    size: (6, 10),
    kernel: (1, 3),
    stride: (2, 3),
    padding: (1, 1)
  )

  /// False if the filter just fits somewhere: who refuses that in `outputSize` is to lose the
  /// points of that function alone.
  var hasRoom: Bool {
    kernel.0 < size.0 + 2 * padding.0 && kernel.1 < size.1 + 2 * padding.1
  }

  /// The same images and filters with other steps.
  var steppingOtherwise: Geometry {
    var other = self
    other.stride = (stride.1, stride.0)
    other.padding = (padding.1, padding.0)
    return other
  }

  /// Its dense layer has an odd number of parameters above 2^24, which single precision rounds.
  static let countless = Geometry(n: 1, c: 1, o: 1, size: (65, 64), kernel: (1, 2))

  // The same for everyone: no verdict depends on which of them a seed draws.

  /// Every kernel of up to five rows and columns, with up to nine samples, channels and filters.
  ///
  /// Filters that just fit, images that are long one way, and counts that are large, follow.
  static let sized =
    (0..<25).map { index in
      let kernel = (1 + index / 5, 1 + index % 5)
      let room = (1 + index % 4, 1 + (index + 1) % 3)
      let counts = manyAndFew(index)
      return Geometry(
        n: counts.0,
        c: counts.1,
        o: counts.2,
        size: (kernel.0 + room.0, kernel.1 + room.1),
        kernel: kernel
      )
    } + [
      Geometry(n: 3, c: 2, o: 2, size: (1, 1), kernel: (1, 1)),
      Geometry(n: 2, c: 2, o: 3, size: (2, 3), kernel: (2, 3)),
      Geometry(n: 2, c: 1, o: 2, size: (5, 4), kernel: (5, 4)),
      Geometry(n: 1, c: 1, o: 2, size: (70, 2), kernel: (3, 1)),
      Geometry(n: 2, c: 2, o: 1, size: (2, 66), kernel: (1, 4)),
      Geometry(n: 33, c: 1, o: 1, size: (3, 3), kernel: (2, 2)),
      Geometry(n: 1, c: 17, o: 1, size: (3, 3), kernel: (2, 2)),
      Geometry(n: 1, c: 1, o: 17, size: (2, 3), kernel: (1, 2)),
      Geometry(n: 1, c: 1, o: 1, size: (1, 1), kernel: (1, 1)),
      Geometry(n: 1, c: 3, o: 2, size: (4, 3), kernel: (4, 3)),
      Geometry(n: 16, c: 2, o: 3, size: (12, 11), kernel: (2, 1)),
      Geometry(n: 2, c: 2, o: 3, size: (11, 12), kernel: (7, 6)),
      Geometry(n: 1, c: 11, o: 2, size: (10, 12), kernel: (6, 7)),
      Geometry(n: 2, c: 3, o: 11, size: (12, 13), kernel: (6, 2)),
    ]

  /// All paddings of up to three rows and columns, and filters larger than the image.
  static let sizedAndPadded =
    (0..<16).map { index in
      let padding = (index / 4, index % 4)
      let counts = manyAndFew(index + 3)
      return Geometry(
        n: counts.0,
        c: counts.1,
        o: counts.2,
        size: (2 + index % 3, 3 + index % 2),
        kernel: (1 + index % 2, 1 + index % 3),
        padding: padding
      )
    } + [
      Geometry(n: 2, c: 1, o: 2, size: (2, 3), kernel: (4, 5), padding: (2, 2)),
      Geometry(n: 1, c: 2, o: 3, size: (1, 2), kernel: (5, 3), padding: (3, 2)),
      Geometry(n: 3, c: 2, o: 1, size: (1, 1), kernel: (3, 3), padding: (2, 2)),
      Geometry(n: 2, c: 2, o: 2, size: (10, 11), kernel: (6, 7), padding: (4, 5)),
      Geometry(n: 1, c: 11, o: 10, size: (12, 10), kernel: (3, 3), padding: (1, 1)),
      Geometry(n: 2, c: 2, o: 3, size: (4, 5), kernel: (1, 1), padding: (1, 2)),
    ]

  /// All strides of up to six rows and columns; some larger than the filter, some with one place.
  static let sizedAndStrided =
    (0..<36).map { index in
      let stride = (1 + index / 6, 1 + index % 6)
      let counts = manyAndFew(index + 5)
      let kernel = (1 + index % 3, 1 + (index / 3) % 4)
      let room = (index % 7 + stride.0 / 2, (index * 5) % 9)
      return Geometry(
        n: counts.0,
        c: counts.1,
        o: counts.2,
        size: (kernel.0 + room.0, kernel.1 + room.1),
        kernel: kernel,
        stride: stride
      )
    } + largeStrides

  /// Larger strides, up to twelve, equal ones, those of a filter of one place; images and filters
  /// that are large both ways, more than nine channels.
  private static let largeStrides =
    (4...12).map { stride in
      Geometry(
        n: 1,
        c: stride == 9 ? 11 : 2,
        o: stride == 11 ? 12 : 2,
        size: (stride + 4, stride + 3),
        kernel: (2 + stride % 3, 2),
        stride: (stride, stride)
      )
    } + [
      Geometry(n: 2, c: 2, o: 3, size: (12, 13), kernel: (7, 6), stride: (2, 3)),
      Geometry(n: 1, c: 2, o: 2, size: (11, 20), kernel: (2, 3), stride: (7, 8)),
      Geometry(n: 2, c: 3, o: 2, size: (5, 6), kernel: (1, 1), stride: (2, 2)),
      Geometry(n: 2, c: 2, o: 3, size: (7, 5), kernel: (1, 1), stride: (3, 2)),
    ]

  /// Few of all that can be large: images, filters, strides, paddings and counts.
  static let large = [
    Geometry(n: 1, c: 2, o: 3, size: (11, 12), kernel: (6, 7), padding: (4, 1)),
    Geometry(n: 2, c: 1, o: 11, size: (15, 10), kernel: (2, 1), stride: (7, 8)),
    Geometry(n: 16, c: 11, o: 1, size: (3, 2), kernel: (2, 1)),
  ]

  /// The same with paddings, where some window meets the image.
  static let sizedStridedAndPadded =
    sizedAndStrided.enumerated().compactMap { index, geometry in
      var padded = geometry
      padded.padding = (index % 4, (index / 4) % 4)
      return padded.rows.isEmpty || padded.columns.isEmpty ? nil : padded
    }
    + largeStrides.map { geometry in
      var padded = geometry
      padded.padding = (1, 1)
      return padded
    } + [
      Geometry(
        n: 2,
        c: 1,
        o: 2,
        size: (2, 3),
        kernel: (4, 5),
        stride: (2, 2),
        padding: (2, 3)
      ),
      Geometry(n: 1, c: 2, o: 1, size: (70, 3), kernel: (3, 2), stride: (4, 1), padding: (1, 1)),
    ]

  /// Counts of samples, channels and filters: one of them many, the others few.
  private static func manyAndFew(_ index: Int) -> (Int, Int, Int) {
    let many = 1 + index % 9
    let few = (1 + index % 2, 1 + index % 3)
    return [(many, few.0, few.1), (few.0, many, few.1), (few.1, few.0, many)][index / 9 % 3]
  }
}
