/// `name[_LATE]_user_attachment_file`, and `[LATE_]anon_id_attachment_file` without names.
///
/// Source: Canvas's `content_zipper.rb`. The second number is the attachment's, and grows.
struct CanvasDialect: Dialect {
  func kind(of path: ListedPath) -> DownloadKind? { piece(path) == nil ? nil : .canvas }

  func piece(_ path: ListedPath) -> Piece? {
    guard path.isFlat else { return nil }
    var parts = path.name.split(separator: "_", omittingEmptySubsequences: false)[...]
    if let anonymous = anonymous(&parts, path.path) { return anonymous }
    guard parts.count >= 3 else { return nil }
    for index in parts.indices.dropFirst().dropLast() where parts[index].isDigits {
      let rest = parts[(index + 1)...]
      if rest.count == 1, let typed = typed(rest[index + 1]) {
        return .file(delivery(parts[..<index], id: parts[index]), typed.at(path.path))
      }
      guard rest.count >= 2, let order = Int(rest[index + 1]), rest[index + 1].isDigits else {
        continue
      }
      let name = rest.dropFirst().joined(separator: "_")
      guard !name.isEmpty else { continue }
      let file = Delivery.File(path: path.path, name: name, order: order)
      return .file(delivery(parts[..<index], id: parts[index]), file)
    }
    return nil
  }

  private func delivery(_ head: ArraySlice<Substring>, id: Substring) -> Delivery {
    let isLate = head.count > 1 && head.last?.uppercased() == "LATE"
    let name = (isLate ? head.dropLast() : head).joined(separator: "_")
    return Delivery(
      owner: String(id),
      sourceID: String(id),
      label: name,
      claims: [Claim(.sourceID, id, of: "id"), Claim(.name, name)],
      isMarkedLate: isLate
    )
  }

  private func anonymous(_ parts: inout ArraySlice<Substring>, _ path: String) -> Piece? {
    var rest = parts
    let isLate = rest.first == "LATE"
    if isLate { rest = rest.dropFirst() }
    guard rest.first == "anon", rest.count >= 3 else { return nil }
    let (id, order) = (rest[rest.startIndex + 1], rest[rest.startIndex + 2])
    let delivery = Delivery(
      owner: "anon \(id)",
      sourceID: String(id),
      label: "anon_\(id)",
      claims: [Claim(.sourceID, id)],
      isMarkedLate: isLate
    )
    if rest.count == 3, let typed = typed(order) { return .file(delivery, typed.at(path)) }
    let name = rest.dropFirst(3).joined(separator: "_")
    guard order.isDigits, !name.isEmpty else { return nil }
    return .file(delivery, Delivery.File(path: path, name: name, order: Int(order) ?? 0))
  }

  /// The file for words typed into a form, or a link: no file of the student's.
  private func typed(_ name: Substring) -> Delivery.File? {
    guard ["text.html", "link.html"].contains(name) else { return nil }
    return Delivery.File(path: "", name: String(name), isOfTheSource: true)
  }
}

extension Delivery.File {
  /// The same file somewhere else in the listing.
  func at(_ path: String) -> Delivery.File {
    var file = self
    file.path = path
    return file
  }
}
