/// `assignment_user_attempt_2026-04-30-23-59-59_file`, and a text about each attempt.
struct BlackboardDialect: Dialect {
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

  /// Both names may hold underscores: each ending of the head may be the user's.
  private func delivery(_ head: Substring, _ time: WallTime) -> Delivery {
    let parts = head.split(separator: "_")
    let claims = (1...max(1, min(4, parts.count - 1))).map { count in
      Claim(.login, parts.suffix(count).joined(separator: "_"))
    }
    return Delivery(
      owner: String(head),
      sourceID: claims[0].text,
      label: claims[0].text,
      claims: claims + claims.map { Claim(.any, $0.text) },
      submittedAt: time
    )
  }
}
