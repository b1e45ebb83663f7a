/// The MNIST digits: a subset that comes with CourseKit, or the full set from a folder.
///
/// A folder holds the four files under their usual names, not compressed, with a hyphen or a dot
/// before `idx3`. The subset, 5,000 digits
/// to learn from and 1,000 to be tested on, lies in `CourseKit/Data`; `SOURCE.md` there says where
/// it comes from.
public enum MNIST {
  /// The folder of the subset.
  public static let subset: String = {
    // This file is CourseKit/Sources/CourseKit/MNIST/MNIST.swift.
    let parts = #filePath.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    return (parts.dropLast(4) + ["Data"]).joined(separator: "/")
  }()

  /// The digits to learn from: 5,000 of the subset, 60,000 of the full set.
  ///
  /// - Throws: `IDXError`.
  public static func training(in folder: String = subset) throws(IDXError) -> Digits {
    try digits("train", folder)
  }

  /// The digits to be tested on: 1,000 of the subset, 10,000 of the full set.
  ///
  /// - Throws: `IDXError`.
  public static func test(in folder: String = subset) throws(IDXError) -> Digits {
    try digits("t10k", folder)
  }

  private static func digits(_ part: String, _ folder: String) throws(IDXError) -> Digits {
    try Digits(
      images: file("\(folder)/\(part)-images", "idx3-ubyte"),
      labels: file("\(folder)/\(part)-labels", "idx1-ubyte")
    )
  }

  /// The file under its usual name, or with a dot in it, as some programs unpack it.
  private static func file(_ start: String, _ end: String) -> String {
    let (usual, dotted) = ("\(start)-\(end)", "\(start).\(end)")
    return !isReadable(usual) && isReadable(dotted) ? dotted : usual
  }
}
