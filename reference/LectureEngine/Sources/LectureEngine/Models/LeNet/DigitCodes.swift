public import CourseKit

/// The picture of each digit that LeNet-5's last hidden layer should show: 7 by 12 pixels.
///
/// Drawn for this course in the manner of the paper's figure 3, which shows its codes as a picture
/// and lists no numbers. Digits that look alike have codes that are alike, so that a doubtful
/// answer is a doubtful picture.
public enum DigitCodes {
  /// The distance between the rows of a picture in a code.
  public static let width = 7
  /// The number of rows of a picture.
  public static let height = 12

  /// The codes: 1 for ink, -1 for paper.
  ///
  /// Shapes: `[10, 84]`, each code row by row.
  public static func tensor<Scalar: LectureScalar>(
    of type: Scalar.Type = Scalar.self
  ) -> Tensor<Scalar> {
    let scalars = pictures.flatMap { picture in
      picture.flatMap { row in row.map { $0 == "#" ? Scalar(1) : -1 } }
    }
    return Tensor(shape: [pictures.count, width * height], scalars: scalars)
  }

  private static let pictures = [
    [
      ".......", "..###..", ".#...#.", "#.....#",
      "#.....#", "#.....#", "#.....#", "#.....#",
      "#.....#", ".#...#.", "..###..", ".......",
    ],
    [
      ".......", "...#...", "..##...", ".#.#...",
      "...#...", "...#...", "...#...", "...#...",
      "...#...", "...#...", ".#####.", ".......",
    ],
    [
      ".......", ".#####.", "#.....#", "......#",
      "......#", ".....#.", "...##..", "..#....",
      ".#.....", "#......", "#######", ".......",
    ],
    [
      ".......", "#######", "......#", ".....#.",
      "....#..", "..####.", "......#", "......#",
      "......#", "#.....#", ".#####.", ".......",
    ],
    [
      ".......", "#.....#", "#.....#", "#.....#",
      "#.....#", "#.....#", ".######", "......#",
      "......#", "......#", "......#", ".......",
    ],
    [
      ".......", "#######", "#......", "#......",
      "#......", ".#####.", "......#", "......#",
      "......#", "#.....#", ".#####.", ".......",
    ],
    [
      ".......", "..####.", ".#.....", "#......",
      "#......", "#.####.", "##....#", "#.....#",
      "#.....#", ".#...#.", "..###..", ".......",
    ],
    [
      ".......", "#######", "......#", "......#",
      ".....#.", "....#..", "...#...", "..#....",
      "..#....", "..#....", "..#....", ".......",
    ],
    [
      ".......", ".#####.", "#.....#", "#.....#",
      "#.....#", ".#####.", "#.....#", "#.....#",
      "#.....#", "#.....#", ".#####.", ".......",
    ],
    [
      ".......", "..###..", ".#...#.", "#.....#",
      "#.....#", "#....##", ".####.#", "......#",
      "......#", ".....#.", ".####..", ".......",
    ],
  ]
}
