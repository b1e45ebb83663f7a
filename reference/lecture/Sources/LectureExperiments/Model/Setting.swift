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
  /// - Throws: `DataFileError` and `IDXError`.
  package init(folder: String?) throws {
    let folder = folder ?? MNIST.subset
    self.init(
      training: try ImageSet.mnist(.training, in: folder),
      test: try ImageSet.mnist(.test, in: folder)
    )
  }
}
