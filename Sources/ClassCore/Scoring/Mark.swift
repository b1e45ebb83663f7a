package import GraderCore

/// The points that a person gave for one item of a submission.
package struct Mark: Codable, Equatable, Sendable {
  /// The digest of the submission's files.
  package var submission: String
  /// The rubric's name for the item.
  package var item: String
  /// The person who marked it.
  package var marker: String
  /// The points.
  package var points: Points
  /// A word for the student; empty if there is none.
  package var comment: String

  package init(submission: String, item: String, marker: String, points: Points, comment: String) {
    self.submission = submission
    self.item = item
    self.marker = marker
    self.points = points
    self.comment = comment
  }
}
