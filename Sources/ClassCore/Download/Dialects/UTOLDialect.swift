/// `number/assignment/file`, with a workbook beside the folders and typed text in them.
struct UTOLDialect: Dialect {
  private static let textEnding = "_submissionText.txt"

  init?(_ listing: [ListedPath]) {
    let isKnown = listing.contains { path in
      path.name.hasSuffix(Self.textEnding) || Self.isWorkbook(path)
    }
    guard isKnown else { return nil }
  }

  private static func isWorkbook(_ path: ListedPath) -> Bool {
    path.isFlat && path.name.hasSuffix(".xlsx")
  }

  func kind(of path: ListedPath) -> DownloadKind? {
    guard case .file = piece(path) else { return nil }
    return .utol
  }

  func piece(_ path: ListedPath) -> Piece? {
    if Self.isWorkbook(path) { return .metadata }
    guard path.components.count >= 3, StudentNumber.isLikely(path.unit) else { return nil }
    let name = path.components.dropFirst(2).joined(separator: "/")
    let delivery = Delivery(
      owner: StudentNumber.normalized(path.unit),
      sourceID: String(path.unit),
      label: String(path.unit),
      claims: [Claim(.number, path.unit)]
    )
    let isTyped = name.hasSuffix(Self.textEnding)
    return .file(delivery, Delivery.File(path: path.path, name: name, isOfTheSource: isTyped))
  }
}
