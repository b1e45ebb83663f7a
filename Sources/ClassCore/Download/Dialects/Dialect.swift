/// One way of naming hand-ins: what a path says, if it is named that way.
protocol Dialect {
  /// The kind that a path speaks for; nil if it is named otherwise.
  func kind(of path: ListedPath) -> DownloadKind?

  /// The piece that the path is; nil if it is named otherwise.
  func piece(_ path: ListedPath) -> Piece?
}

/// A path of a listing, as a dialect reads it.
enum Piece {
  /// A file of somebody's: a delivery without files, and the file.
  case file(Delivery, Delivery.File)
  /// The source's own file about all of them.
  case metadata
}

/// All dialects of systems, those that are hard to take for another first.
struct Dialects {
  let specific: [any Dialect]
  let plain: PlainDialect

  /// Dialects that may look at all names of a listing at once.
  init(_ listing: [ListedPath]) {
    let all: [(any Dialect)?] = [
      CanvasDialect(), MoodleDialect(), BlackboardDialect(listing), BrightspaceDialect(),
      GradescopeDialect(listing), ManabaDialect(), UTOLDialect(listing),
      GitHubClassroomDialect(listing),
    ]
    specific = all.compactMap(\.self)
    plain = PlainDialect(listing)
  }
}
