internal import CourseKit
internal import LectureEngine

extension Context {
  /// With which seed and data the numbers were made, in a sentence.
  package var setting: String {
    "Made with seed \(seed), in single precision where nothing else is said, on \(digits.name)"
      + (quick ? ", by the short way." : ".")
  }
}

extension DigitPair {
  /// The digits of a folder with all of MNIST, or those that come with CourseKit.
  ///
  /// - Throws: `DataFileError`, `IDXError` and `UnfitDigits`.
  package init(folder: String?) throws {
    let folder = folder ?? MNIST.subset
    self.init(
      training: try ImageSet.mnist(.training, in: folder),
      test: try ImageSet.mnist(.test, in: folder)
    )
    for set in [training, test] {
      let found = UnfitDigits(
        folder: folder,
        count: set.count,
        rows: set.rows,
        columns: set.columns
      )
      guard found.isFit else { throw found }
    }
  }
}

/// A folder whose digits the experiments cannot use.
struct UnfitDigits: Error, Equatable, CustomStringConvertible {
  /// The fewest digits that every experiment can do with, in either part.
  static let fewest = 1000

  let folder: String
  /// The number of digits of a part; `rows` and `columns` are their size in pixels.
  let count: Int
  let rows: Int
  let columns: Int

  fileprivate var isFit: Bool { count >= Self.fewest && rows == 28 && columns == 28 }

  var description: String {
    "\(folder) has a part of \(count) images of \(rows) × \(columns) pixels; the experiments need "
      + "\(Self.fewest) or more to learn from, as many to be tested on, and 28 × 28 pixels."
  }
}
