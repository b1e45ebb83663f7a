extension ImageSet {
  /// The CIFAR-10 images from a folder of its binary version, compressed or not.
  ///
  /// Normalized by the means and deviations of its channels, (0.4914, 0.4822, 0.4465) and
  /// (0.2470, 0.2435, 0.2616).
  ///
  /// - Parameters:
  ///   - part: To learn from, or to be tested on.
  ///   - folder: Holds `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`.
  /// - Returns: Colour images of 32 x 32, in ten classes.
  /// - Throws: `DataFileError`.
  public static func cifar10(_ part: DataPart, in folder: String) throws -> ImageSet {
    let names = part == .training ? (1...5).map { "data_batch_\($0).bin" } : ["test_batch.bin"]
    return try cifar10(files: names.map { plainOrCompressed(["\(folder)/\($0)"]) })
  }

  /// Images from files in the binary format of CIFAR-10: a label, then red, green and blue.
  ///
  /// - Throws: `DataFileError`.
  public static func cifar10(files paths: [String]) throws -> ImageSet {
    let size = 3 * 32 * 32
    var bytes: [UInt8] = []
    var labels: [Int] = []
    for path in paths {
      let content = try unpackedContents(of: path)
      guard !content.isEmpty, content.count.isMultiple(of: size + 1) else {
        throw DataFileError.brokenRecords(path: path, found: content.count, record: size + 1)
      }
      for (index, start) in stride(from: 0, to: content.count, by: size + 1).enumerated() {
        let label = Int(content[start])
        guard label < 10 else {
          throw DataFileError.labelOutOfRange(path: path, index: index, label: label, classes: 10)
        }
        labels.append(label)
        bytes.append(contentsOf: content[start + 1...start + size])
      }
    }
    return ImageSet(
      bytes: bytes,
      labels: labels,
      rows: 32,
      columns: 32,
      mean: [0.4914, 0.4822, 0.4465],
      deviation: [0.2470, 0.2435, 0.2616]
    )
  }
}
