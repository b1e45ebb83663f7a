import Foundation

/// A repository for each student; their names begin alike and end in the user's.
struct GitHubClassroomDialect: Dialect {
  private let prefix: Substring

  init?(_ listing: [ListedPath]) {
    let folders = listing.filter { !$0.isFlat }
    let units = Set(folders.map(\.unit))
    let repositories = Set(
      folders.filter { path in
        let next = path.components.dropFirst().first
        return next == ".git" || next == ".github" || next == "Package.swift"
      }.map(\.unit)
    )
    guard units.count > 1, 2 * repositories.count > units.count, let first = units.min(),
      let last = units.max()
    else { return nil }
    // The first and the last in order have nothing in common that the others do not have.
    let common = first.commonPrefix(with: last)
    guard let hyphen = common.lastIndex(of: "-"), hyphen > common.startIndex else { return nil }
    prefix = Substring(common[...hyphen])
  }

  func kind(of path: ListedPath) -> DownloadKind? { piece(path) == nil ? nil : .githubClassroom }

  func piece(_ path: ListedPath) -> Piece? {
    guard !path.isFlat, path.unit.hasPrefix(prefix), path.unit.count > prefix.count else {
      return nil
    }
    let user = path.unit.dropFirst(prefix.count)
    let unit = String(path.unit)
    let delivery = Delivery(
      owner: unit,
      sourceID: String(user),
      label: unit,
      claims: endings(of: unit, from: user).map { Claim(.login, $0, of: unit) }
        + [Claim(.any, user, of: unit)]
    )
    return .file(delivery, Delivery.File(path: path.path, name: path.inner))
  }

  /// Users' names can begin alike too: longer endings of the name may be meant.
  private func endings(of unit: String, from user: Substring) -> [String] {
    let parts = unit.split(separator: "-")
    let counted = user.split(separator: "-").count
    return [String(user)]
      + ((counted + 1)..<max(counted + 1, parts.count)).map { count in
        parts.suffix(count).joined(separator: "-")
      }
  }
}
