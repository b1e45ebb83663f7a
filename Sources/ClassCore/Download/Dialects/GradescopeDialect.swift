/// Folders `submission_id`; who they are of stands in `submission_metadata.yml` beside them.
struct GradescopeDialect: Dialect {
  /// The name of the file about all submissions.
  static let metadata = "submission_metadata.yml"

  init?(_ listing: [ListedPath]) {
    guard listing.contains(where: { $0.isFlat && $0.name == Self.metadata }) else { return nil }
  }

  func kind(of path: ListedPath) -> DownloadKind? {
    guard case .file = piece(path) else { return nil }
    return .gradescope
  }

  func piece(_ path: ListedPath) -> Piece? {
    if path.isFlat { return path.name == Self.metadata ? .metadata : nil }
    let parts = path.unit.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "submission", parts[1].isDigits else { return nil }
    let delivery = Delivery(
      owner: String(path.unit),
      sourceID: String(parts[1]),
      label: String(path.unit),
      claims: []
    )
    return .file(delivery, Delivery.File(path: path.path, name: path.inner))
  }
}
