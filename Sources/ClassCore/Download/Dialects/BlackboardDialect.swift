import Foundation

/// `assignment_user_attempt_2026-04-30-23-59-59_file`, and a text about each attempt.
struct BlackboardDialect: Dialect {
  /// The start that all names share: at least so much of each is the assignment's.
  private let common: String

  /// The dialect for a listing, which tells where the assignment's name may end.
  init(_ listing: [ListedPath]) {
    let heads = listing.compactMap { path in
      path.name.firstRange(of: Self.infix).map { path.name[..<$0.lowerBound] }
    }
    // The first and the last in order have nothing in common that the others do not have.
    guard let first = heads.min(), let last = heads.max(), first != last else {
      common = ""
      return
    }
    let shared = first.commonPrefix(with: last)
    common = shared.lastIndex(of: "_").map { String(shared[...$0]) } ?? ""
  }

  private static let infix = "_attempt_"
  private static let timeLength = 19

  func kind(of path: ListedPath) -> DownloadKind? { piece(path) == nil ? nil : .blackboard }

  func piece(_ path: ListedPath) -> Piece? {
    guard path.isFlat, let infix = path.name.firstRange(of: Self.infix),
      let time = WallTime(path.name[infix.upperBound...].prefix(Self.timeLength))
    else { return nil }
    let head = path.name[..<infix.lowerBound]
    let rest = path.name[infix.upperBound...].dropFirst(Self.timeLength)
    guard head.contains("_") else { return nil }
    if rest == ".txt" {
      return .file(
        delivery(head, time),
        Delivery.File(path: path.path, name: "attempt.txt", isOfTheSource: true)
      )
    }
    guard rest.hasPrefix("_"), rest.count > 1 else { return nil }
    let file = Delivery.File(path: path.path, name: String(rest.dropFirst()))
    return .file(delivery(head, time), file)
  }

  /// Both names may hold underscores: each ending of the head may be the user's, unless it is
  /// shorter than what tells the heads apart.
  private func delivery(_ head: Substring, _ time: WallTime) -> Delivery {
    let parts = head.split(separator: "_")
    let own = head.hasPrefix(common) ? head.dropFirst(common.count).split(separator: "_").count : 1
    let shortest = max(1, min(own, parts.count - 1))
    let endings = (shortest...max(shortest, min(shortest + 3, parts.count - 1))).map {
      parts.suffix($0).joined(separator: "_")
    }
    let field = String(head)
    return Delivery(
      owner: field,
      sourceID: endings[0],
      label: endings[0],
      claims: endings.flatMap { [Claim(.login, $0, of: field), Claim(.number, $0, of: field)] }
        + [Claim(.any, endings[0], of: field)],
      submittedAt: time
    )
  }
}
