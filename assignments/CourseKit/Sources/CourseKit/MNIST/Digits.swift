/// Handwritten digits as they stand in their files: a byte a pixel, and what each digit is.
public struct Digits: Equatable, Sendable {
  /// All pixels, image after image, row after row; 0 is paper, 255 is ink.
  public let pixels: [UInt8]
  /// The digits that the images show, 0 to 9.
  public let labels: [Int]
  /// The height of an image, in pixels.
  public let rows: Int
  /// The width of an image, in pixels.
  public let columns: Int

  /// The number of images.
  public var count: Int { labels.count }
  /// The number of pixels of an image.
  public var pixelsPerImage: Int { rows * columns }

  /// The digits of a pair of IDX files.
  ///
  /// - Throws: `IDXError` when one cannot be understood, or the two do not belong together.
  public init(images imagePath: String, labels labelPath: String) throws(IDXError) {
    let images = try IDXFile(path: imagePath, axes: 3)
    let labels = try IDXFile(path: labelPath, axes: 1)
    guard images.extents[0] == labels.extents[0] else {
      throw .countMismatch(
        images: imagePath,
        imageCount: images.extents[0],
        labels: labelPath,
        labelCount: labels.extents[0]
      )
    }
    if let index = labels.bytes.firstIndex(where: { $0 > 9 }) {
      throw .labelOutOfRange(path: labelPath, index: index, label: Int(labels.bytes[index]))
    }
    pixels = images.bytes
    self.labels = labels.bytes.map { Int($0) }
    rows = images.extents[1]
    columns = images.extents[2]
  }

  private init(pixels: [UInt8], labels: [Int], rows: Int, columns: Int) {
    self.pixels = pixels
    self.labels = labels
    self.rows = rows
    self.columns = columns
  }

  /// The first digits, at most as many as there are.
  public func prefix(_ count: Int) -> Digits {
    Digits(
      pixels: Array(pixels.prefix(count * pixelsPerImage)),
      labels: Array(labels.prefix(count)),
      rows: rows,
      columns: columns
    )
  }

  /// Some images as rows of a matrix, normalized as on the slides.
  ///
  /// `(pixel / 255 - 0.1307) / 0.3081`, computed in single precision for both scalar types: over
  /// all of MNIST the result has mean 0 and standard deviation 1.
  ///
  /// Shapes: `n` indices give `[n, rows * columns]`.
  ///
  /// - Precondition: The indices are in range.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func images<Scalar: TensorScalar>(
    at indices: [Int],
    of type: Scalar.Type = Scalar.self
  ) -> Tensor<Scalar> {
    let normalized = (0...255).map { Scalar((Float($0) / 255 - 0.1307) / 0.3081) }
    let size = pixelsPerImage
    var scalars: [Scalar] = []
    scalars.reserveCapacity(indices.count * size)
    for index in indices {
      guard index >= 0, index < count else { fail("Digits: no image \(index) among \(count)") }
      for pixel in pixels[index * size..<(index + 1) * size] {
        scalars.append(normalized[Int(pixel)])
      }
    }
    return Tensor(shape: [indices.count, size], scalars: scalars)
  }

  /// All digits, normalized, in double precision.
  public var dataset: Dataset {
    Dataset(x: images(at: Array(0..<count)), labels: labels)
  }
}
