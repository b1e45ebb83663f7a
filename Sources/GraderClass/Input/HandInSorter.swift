import ClassCore
import Foundation
import GraderCore
import GraderRuntime

/// Reads what one person handed in in several archives, or in an archive and loose answers, as one
/// hand-in, where it is one.
struct HandInSorter {
  let download: ClassDownload
  let workshop: Workshop
  /// The assignment of all; found from the content if nil.
  let chosen: String?
  /// The folder that keeps archives under their digests.
  let originals: String

  /// The plan in which what belongs together is one attempt.
  func sorted(_ plan: DownloadPlan) throws(GraderFault) -> DownloadPlan {
    let groups = Dictionary(grouping: plan.attempts.indices) { place in
      let attempt = plan.attempts[place]
      // In a flat folder each archive stands for itself; those of one student are together.
      let isFlat = plan.kind == .archives && !attempt.students.isEmpty
      return isFlat ? attempt.students : ["\n\(attempt.delivery ?? -1 - place)"]
    }
    var sorted = plan
    var replaced: [Int: [Attempt]] = [:]
    for places in groups.values.sorted(by: { $0[0] < $1[0] }) {
      let attempts = places.map { plan.attempts[$0] }
      let hasSeveral = attempts.count > 1 || !attempts.allSatisfy(\.beside.isEmpty)
      guard hasSeveral, attempts.allSatisfy({ $0.trouble == nil && $0.file != nil }) else {
        continue
      }
      // Of what cannot be opened the batch says so, student by student.
      let isReadable = attempts.allSatisfy {
        FileManager.default.isReadableFile(atPath: $0.path)
      }
      guard isReadable else { continue }
      let result = try sort(attempts, &sorted.oddities)
      for place in places { replaced[place] = [] }
      replaced[places[0]] = result
    }
    guard !replaced.isEmpty else { return sorted }
    sorted.attempts = plan.attempts.indices.flatMap { replaced[$0] ?? [plan.attempts[$0]] }
    let duplicates = sorted.attempts.duplicates
    if duplicates != plan.oddities.filter(\.isDuplicate) {
      sorted.oddities.removeAll(where: \.isDuplicate)
      sorted.oddities += duplicates
    }
    return sorted
  }

  /// The attempts that some attempts of one delivery are, in the order of handing in.
  private func sort(
    _ attempts: [Attempt],
    _ oddities: inout [Oddity]
  ) throws(GraderFault) -> [Attempt] {
    let beside = attempts.flatMap(\.beside)
    let contents = try download.contents(of: beside)
    if let lost = beside.first(where: { file in !contents.contains { $0.name == file.name } }) {
      return Self.open(attempts, "\(lost.name) beside it cannot be read", &oddities)
    }
    var pieces: [HandInPiece] = []
    for attempt in attempts {
      let archive = try Archive(
        path: attempt.path,
        name: attempt.originalName.lastComponent,
        keptIn: originals
      )
      pieces.append(HandInPiece(.archive(archive), family: attempt.family))
    }
    var loose: Int?
    if !beside.isEmpty {
      let orders = Set(beside.map(\.order))
      let order = orders.count == 1 ? orders.first ?? 0 : beside.map(\.order).max() ?? 0
      let place = attempts.firstIndex { ($0.file?.order ?? 0) > order } ?? pieces.count
      pieces.insert(
        HandInPiece(
          .loose(contents),
          family: "",
          isOrdered: order > 0
        ),
        at: place
      )
      loose = place
    }
    let found = try workshop.sort(
      pieces,
      chosen: chosen,
      isOneAttempt: attempts.allSatisfy(\.isOneAttempt)
    )
    let owners = Pieces(attempts: attempts, loose: loose, files: beside, contents: contents)
    return try found.reversed().map { joined throws(GraderFault) in
      try attempt(of: joined, owners, &oddities)
    }
  }

  /// The attempts, the last of which is open for a reason.
  private static func open(
    _ attempts: [Attempt],
    _ reason: String,
    _ oddities: inout [Oddity]
  ) -> [Attempt] {
    var attempts = attempts
    var last = attempts.removeLast()
    (last.path, last.trouble) = ("", reason)
    oddities.append(.notTakenIn(students: last.students, file: last.label, reason: reason))
    return attempts + [last]
  }

  /// The attempts and the loose files by the places of the pieces that they are.
  private struct Pieces {
    let attempts: [Attempt]
    let loose: Int?
    let files: [Delivery.File]
    let contents: [(name: String, bytes: [UInt8])]

    func attempt(_ place: Int) -> Attempt? {
      guard let loose else { return attempts[place] }
      return place == loose ? nil : attempts[place < loose ? place : place - 1]
    }

    func name(_ place: Int) -> String {
      attempt(place)?.originalName ?? files.map(\.name).joined(separator: " + ")
    }

    /// The loose files as the attempt behind the others.
    var looseAttempt: Attempt {
      var attempt = attempts[attempts.count - 1]
      attempt.originalName = "\(attempt.label).tar"
      attempt.content = .loose(files)
      attempt.number += 1
      return attempt
    }
  }

  private func attempt(
    of joined: JoinedPieces,
    _ owners: Pieces,
    _ oddities: inout [Oddity]
  ) throws(GraderFault) -> Attempt {
    let archive = joined.pieces.compactMap(owners.attempt).last
    var attempt = archive ?? owners.looseAttempt
    if archive == nil {
      attempt.path = try keep(owners.contents.map { ($0.name, $0.bytes) })
    }
    if let conflict = joined.conflict {
      let others = owners.attempts.map(\.originalName).joined(separator: ", ")
      return Self.open(
        [attempt],
        "\(conflict) is in it twice and differs, in \(others) and beside it: take one away",
        &oddities
      )[0]
    }
    if let files = joined.files {
      attempt.path = try keep(files.map { ($0.path.string, $0.content) })
      attempt.originalName = joined.pieces.map(owners.name).joined(separator: " + ") + ".tar"
    }
    if joined.files != nil || joined.leftOut.contains(where: { owners.attempt($0) != nil }) {
      oddities.append(
        .joined(
          students: attempt.students,
          delivery: attempt.label,
          files: joined.pieces.map(owners.name),
          leftOut: joined.leftOut.map(owners.name)
        )
      )
    }
    return attempt
  }

  /// Keeps files as a tar, and says where.
  private func keep(
    _ files: [(name: String, bytes: [UInt8])]
  ) throws(GraderFault) -> String {
    var tar: [UInt8] = []
    for file in files {
      tar += TarWriter.header(name: file.name, size: file.bytes.count)
      tar += file.bytes + TarWriter.padding(after: file.bytes.count)
    }
    return try Archive.keep(tar + TarWriter.end, in: originals)
  }
}

extension Oddity {
  /// True if it says that there are several attempts.
  fileprivate var isDuplicate: Bool {
    if case .duplicate = self { return true }
    return false
  }
}
