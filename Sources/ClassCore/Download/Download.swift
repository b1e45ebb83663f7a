/// Recognizes who handed in what from the names of files alone.
package enum Download {
  /// Takes a listing apart, by the majority of its topmost names.
  ///
  /// Nothing is dropped: each path is in a delivery, or with the metadata, the litter or the
  /// strangers. The paths are of files, relative to what was given, with slashes.
  package static func recognize(paths: [String]) -> Recognition {
    let sorted = paths.sorted()
    let split = sorted.map { ($0, $0.split(separator: "/")[...]) }
    let litter = split.filter { $1.isEmpty || FileNames.isLitter($1) }.map(\.0)
    let rest = split.filter { !$1.isEmpty && !FileNames.isLitter($1) }
    guard let view = bestView(of: rest) else {
      return Recognition(
        kind: nil,
        votes: Recognition.Votes(count: 0, total: 0),
        deliveries: [],
        metadata: [],
        litter: litter,
        strangers: rest.map(\.0)
      )
    }
    var recognition = view.recognition
    recognition.litter = litter
    return recognition
  }

  // MARK: Folders around everything

  /// Bulk downloads lie in up to this many folders of their own.
  private static let deepest = 2

  private typealias Split = (path: String, components: ArraySlice<Substring>)

  /// The view that a system's names fit, else the plain one.
  private static func bestView(of paths: [Split]) -> View? {
    var views: [View] = []
    for depth in 0...deepest {
      views.append(
        View(paths.map { ListedPath(path: $0.path, components: $0.components.dropFirst(depth)) })
      )
      // Further down only through a folder that everything is in.
      guard let first = paths.first?.components.dropFirst(depth).first,
        paths.allSatisfy({
          $0.components.count > depth + 1 && $0.components.dropFirst(depth).first == first
        })
      else { break }
    }
    let specific = views.compactMap { $0.electSpecific() }
    if let best = specific.max(by: { $0.share < $1.share }) { return best }
    let plain = views.compactMap { $0.electPlain() }
    // A single folder may be a student's; with several names in it, it is the class's.
    return plain.last { $0.units.count > 1 && !$0.isPackage } ?? plain.first
  }
}

/// A listing as seen from some folder, and what is made of it.
private struct View {
  let listing: [ListedPath]
  /// The first paths of each topmost name: enough to see how it is named.
  let units: [Substring: [ListedPath]]
  private let dialects: Dialects
  private var elected: (kind: DownloadKind, dialect: any Dialect, votes: Int, total: Int)?

  private static let sampleSize = 3

  init(_ listing: [ListedPath]) {
    self.listing = listing
    var units: [Substring: [ListedPath]] = [:]
    for path in listing where units[path.unit, default: []].count < Self.sampleSize {
      units[path.unit, default: []].append(path)
    }
    self.units = units
    dialects = Dialects(listing)
  }

  /// The share of the names that are as the elected kind has them.
  var share: Double { Double(elected?.votes ?? 0) / Double(max(1, elected?.total ?? 1)) }

  /// True if this is the inside of one student's package.
  var isPackage: Bool { units["Package.swift"] != nil || units["Sources"] != nil }

  /// This view with the system's kind that most names speak for, if that is more than half.
  func electSpecific() -> View? {
    var best: View?
    for dialect in dialects.specific {
      guard let view = elect(dialect), view.share > 0.5, view.share > (best?.share ?? 0) else {
        continue
      }
      best = view
    }
    return best
  }

  /// This view as plain folders or archives, whichever are more.
  func electPlain() -> View? { elect(dialects.plain) }

  private func elect(_ dialect: any Dialect) -> View? {
    var votes: [DownloadKind: Int] = [:]
    var total = 0
    for paths in units.values {
      if paths.count == 1, case .metadata = dialect.piece(paths[0]) { continue }
      total += 1
      let kinds = paths.compactMap(dialect.kind(of:))
      guard let kind = kinds.first, 2 * kinds.count > paths.count else { continue }
      votes[kind, default: 0] += 1
    }
    guard
      let most = DownloadKind.allCases.filter({ votes[$0] != nil })
        .max(by: { votes[$0, default: 0] < votes[$1, default: 0] })
    else { return nil }
    var view = self
    view.elected = (most, dialect, votes.values.reduce(0, +), total)
    return view
  }

  /// Every path in its place.
  var recognition: Recognition {
    var deliveries: [String: Delivery] = [:]
    var (metadata, strangers): ([String], [String]) = ([], [])
    for path in listing {
      let piece = elected?.dialect.piece(path) ?? dialects.plain.stray(path)
      switch piece {
      case .file(let delivery, let file):
        let key = "\(delivery.owner)\n\(delivery.submittedAt?.text ?? "")"
        deliveries[key, default: delivery].files.append(file)
      case .metadata: metadata.append(path.path)
      case nil: strangers.append(path.path)
      }
    }
    return Recognition(
      kind: elected?.kind,
      votes: Recognition.Votes(count: elected?.votes ?? 0, total: elected?.total ?? 0),
      deliveries: deliveries.sorted { $0.key < $1.key }.map(\.value),
      metadata: metadata,
      litter: [],
      strangers: strangers
    )
  }
}

extension PlainDialect {
  /// An archive or a folder among hand-ins that are named otherwise: whose, people may see.
  fileprivate func stray(_ path: ListedPath) -> Piece? {
    guard case .file(var delivery, let file) = piece(path) else { return nil }
    delivery.isStray = true
    return .file(delivery, file)
  }
}
