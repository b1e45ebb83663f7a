public import CourseKit

/// Images as they stand in their files, a byte for each value, and what each one shows.
public struct ImageSet: Equatable, Sendable {
  /// All values, image after image, channel after channel, row after row.
  public let bytes: [UInt8]
  /// The class of each image, counted from 0.
  public let labels: [Int]
  /// The number of channels: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// The height of an image, in pixels.
  public let rows: Int
  /// The width of an image, in pixels.
  public let columns: Int
  /// The normalized values of all bytes, 256 numbers for each channel.
  private let normalized: [Float]

  /// The number of images.
  public var count: Int { labels.count }
  /// The number of values of an image.
  public var valuesPerImage: Int { channels * rows * columns }

  /// Images that are normalized to `(byte / 255 - mean) / deviation`, channel by channel.
  ///
  /// - Precondition: There is a mean and a deviation for each channel, and `bytes` holds as many
  ///   images as there are labels.
  init(
    bytes: [UInt8],
    labels: [Int],
    rows: Int,
    columns: Int,
    mean: [Float],
    deviation: [Float]
  ) {
    precondition(mean.count == deviation.count, "a mean and a deviation for each channel")
    precondition(
      bytes.count == labels.count * mean.count * rows * columns,
      "\(bytes.count) bytes for \(labels.count) images"
    )
    self.bytes = bytes
    self.labels = labels
    self.rows = rows
    self.columns = columns
    channels = mean.count
    // In single precision and in this order, as the slides' framework does.
    normalized = zip(mean, deviation).flatMap { mean, deviation in
      (0...255).map { (Float($0) / 255 - mean) / deviation }
    }
  }

  /// Some images, normalized.
  ///
  /// Shapes: `n` indices give `[n, c, h, w]`.
  ///
  /// - Precondition: The indices are in range.
  public func images<Scalar: LectureScalar>(
    at indices: [Int],
    of type: Scalar.Type = Scalar.self
  ) -> Tensor<Scalar> {
    rows(at: indices, of: type).reshaped(indices.count, channels, rows, columns)
  }

  /// Some images as rows of a matrix, normalized.
  ///
  /// Shapes: `n` indices give `[n, c * h * w]`.
  ///
  /// - Precondition: The indices are in range.
  public func rows<Scalar: LectureScalar>(
    at indices: [Int],
    of type: Scalar.Type = Scalar.self
  ) -> Tensor<Scalar> {
    for index in indices {
      precondition(index >= 0 && index < count, "no image \(index) among \(count)")
    }
    var result = Tensor<Scalar>(unwritten: [indices.count, valuesPerImage])
    Scalar.loops.lookUp(
      images: indices.count,
      at: indices,
      channels: channels,
      plane: rows * columns,
      bytes,
      table: normalized.map { Scalar($0) },
      into: &result.scalars
    )
    return result
  }

  /// The classes of some images.
  ///
  /// - Precondition: The indices are in range.
  public func labels(at indices: [Int]) -> [Int] { indices.map { labels[$0] } }

  /// The first images, at most as many as there are.
  ///
  /// - Precondition: `count` is not negative.
  public func prefix(_ count: Int) -> ImageSet {
    ImageSet(self, bytes: Array(bytes.prefix(count * valuesPerImage)), Array(labels.prefix(count)))
  }

  private init(_ other: ImageSet, bytes: [UInt8], _ labels: [Int]) {
    self.bytes = bytes
    self.labels = labels
    (channels, rows, columns) = (other.channels, other.rows, other.columns)
    normalized = other.normalized
  }
}
