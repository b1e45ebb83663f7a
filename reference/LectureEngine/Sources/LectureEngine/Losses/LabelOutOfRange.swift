/// A label that is not one of the classes.
public struct LabelOutOfRange: Error, Equatable, CustomStringConvertible {
  /// The position of the label in the batch.
  public let index: Int
  /// The label.
  public let label: Int
  /// The number of classes; labels count from 0.
  public let classes: Int

  /// Records the label and where it stands.
  public init(index: Int, label: Int, classes: Int) {
    self.index = index
    self.label = label
    self.classes = classes
  }

  /// One sentence that names the label and its place.
  public var description: String {
    "label \(index) of the batch is \(label), but there are \(classes) classes, from 0"
  }
}
