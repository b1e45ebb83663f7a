public import CourseKit

/// A part of a data set.
public enum DataPart: Sendable {
  /// To learn from.
  case training
  /// To be tested on.
  case test
}

extension ImageSet {
  /// The MNIST digits: CourseKit's subset, or the full set from a folder, compressed or not.
  ///
  /// Normalized as on the slides, `(byte / 255 - 0.1307) / 0.3081`.
  ///
  /// - Parameters:
  ///   - part: To learn from, or to be tested on.
  ///   - folder: Holds the four files under their usual names, with or without `.gz`;
  ///     `train-images.idx3-ubyte`, as some programs unpack it, is found as well.
  /// - Returns: Grey images of 28 x 28.
  /// - Throws: `DataFileError` for a file that cannot be read or unpacked, `IDXError` for one that
  ///   holds something else than it should.
  public static func mnist(
    _ part: DataPart,
    in folder: String = MNIST.subset
  ) throws -> ImageSet {
    let name = part == .training ? "train" : "t10k"
    return try idx(
      images: plainOrCompressed(["-", "."].map { "\(folder)/\(name)-images\($0)idx3-ubyte" }),
      labels: plainOrCompressed(["-", "."].map { "\(folder)/\(name)-labels\($0)idx1-ubyte" })
    )
  }

  /// Grey images and their digits from a pair of IDX files, compressed with gzip or not.
  ///
  /// - Throws: `DataFileError` for a file that cannot be read or unpacked, `IDXError` for one that
  ///   holds something else than it should, or a pair that does not belong together.
  public static func idx(images imagePath: String, labels labelPath: String) throws -> ImageSet {
    let images = try IDXFile(
      content: unpackedContents(of: imagePath),
      axes: 3,
      path: imagePath
    )
    let labels = try IDXFile(
      content: unpackedContents(of: labelPath),
      axes: 1,
      path: labelPath
    )
    guard images.extents[0] == labels.extents[0] else {
      throw IDXError.countMismatch(
        images: imagePath,
        imageCount: images.extents[0],
        labels: labelPath,
        labelCount: labels.extents[0]
      )
    }
    if let index = labels.bytes.firstIndex(where: { $0 > 9 }) {
      let label = Int(labels.bytes[index])
      throw IDXError.labelOutOfRange(path: labelPath, index: index, label: label)
    }
    return ImageSet(
      bytes: images.bytes,
      labels: labels.bytes.map { Int($0) },
      rows: images.extents[1],
      columns: images.extents[2],
      mean: [0.1307],
      deviation: [0.3081]
    )
  }
}
