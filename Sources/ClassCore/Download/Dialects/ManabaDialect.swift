/// `number@user@file` or `user@number@file`, flat or in folders; the site's setting decides.
struct ManabaDialect: Dialect {
  func kind(of path: ListedPath) -> DownloadKind? { piece(path) == nil ? nil : .manaba }

  func piece(_ path: ListedPath) -> Piece? {
    let inName = path.name.split(
      separator: "@",
      maxSplits: 2,
      omittingEmptySubsequences: false
    )
    let isOwn = path.components.count == 2 && inName.prefix(2).contains(where: path.unit.contains)
    if inName.count == 3, inName.allSatisfy({ !$0.isEmpty }), path.isFlat || isOwn {
      return .file(
        delivery(inName[0], inName[1]),
        Delivery.File(path: path.path, name: String(inName[2]))
      )
    }
    let inFolder = path.unit.split(separator: "@", omittingEmptySubsequences: false)
    guard !path.isFlat, inFolder.count == 2, inFolder.allSatisfy({ !$0.isEmpty }) else {
      return nil
    }
    return .file(
      delivery(inFolder[0], inFolder[1]),
      Delivery.File(path: path.path, name: path.inner)
    )
  }

  private func delivery(_ first: Substring, _ second: Substring) -> Delivery {
    let isTurned = !StudentNumber.isLikely(first) && StudentNumber.isLikely(second)
    let (number, user) = isTurned ? (second, first) : (first, second)
    return Delivery(
      owner: "\(first)@\(second)",
      sourceID: String(user),
      label: "\(first)@\(second)",
      claims: [
        Claim(.number, number), Claim(.number, user), Claim(.login, user), Claim(.login, number),
      ]
    )
  }
}
