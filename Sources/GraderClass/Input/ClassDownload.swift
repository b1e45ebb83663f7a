package import ClassCore
import Foundation
package import GraderRuntime

/// Takes in what a class handed in: recognizes it, finds the students, collects the archives.
package struct ClassDownload {
  private let source: DownloadSource
  /// The kind of download that it was taken for.
  package let recognition: Recognition
  private let facts: [String: SourceFacts]

  /// Looks at a folder or a zip; a folder of results in it is no hand-in.
  ///
  /// - Throws: `GraderFault` when it cannot be read.
  package init(
    _ path: String,
    excluding results: String? = nil,
    commits: CommitList? = nil,
    machine: Machine
  ) throws(GraderFault) {
    source = try DownloadSource(path, excluding: results, commits: commits, machine: machine)
    recognition = Download.recognize(paths: source.paths)
    var facts = try Self.facts(in: source, recognition)
    if let commits {
      let unknown = commits.add(to: &facts, of: recognition)
      guard unknown.isEmpty else {
        throw GraderFault(
          .usage,
          "The list of commits names \(unknown.joined(separator: ", ")), and \(path) has nothing "
            + "of that name.",
          remedy: "Take it out of the list, or put what it means into the folder."
        )
      }
    }
    self.facts = facts
  }

  /// Plans who handed in what; nothing is copied yet.
  package func plan(in context: DownloadContext) -> DownloadPlan {
    var context = context
    context.facts.merge(facts) { chosen, _ in chosen }
    var plan = Download.plan(recognition, in: context)
    plan.oddities += source.unusable
    return plan
  }

  /// The plan with each attempt's archive in the file system.
  ///
  /// An archive of a folder stays where it is. What comes out of a zip, and what is packed from
  /// loose files, lies in `folder` under its SHA-256. An attempt that cannot be read stays in the
  /// plan, and says why.
  package func collect(
    _ plan: DownloadPlan,
    into folder: String
  ) throws(GraderFault) -> DownloadPlan {
    var collected = plan
    let collector = Collector(source: source, folder: folder)
    var fromZip: [String: [Int]] = [:]
    for (place, attempt) in plan.attempts.enumerated() {
      switch attempt.content {
      case .archive(let file):
        if let reason = source.blocked[file.path] {
          collected.attempts[place].trouble = reason
        } else if let path = source.place(of: file.path) {
          collected.attempts[place].path = path
        } else {
          fromZip[file.path, default: []].append(place)
        }
      case .loose(let files):
        let packed = try collector.pack(files, of: attempt, &collected.oddities)
        (collected.attempts[place].path, collected.attempts[place].trouble) = packed
      case .unusable(let files):
        // A whole folder that nothing can be said of.
        let reason = files.count == 1 && files[0].name == "*" ? source.blocked[files[0].path] : nil
        if let reason { collected.attempts[place].trouble = reason }
      case nil: break
      }
    }
    try source.read(fromZip.keys.sorted()) { (path, bytes) throws(GraderFault) in
      let kept = try bytes.map { bytes throws(GraderFault) in try Archive.keep(bytes, in: folder) }
      for place in fromZip[path] ?? [] {
        collected.attempts[place].path = kept ?? ""
        if kept == nil { collected.attempts[place].trouble = "it is damaged in the download" }
      }
    }
    note(plan, &collected)
    return collected
  }

  /// Tells of all that cannot be read: the students' hand-ins, and what is beside them.
  private func note(_ plan: DownloadPlan, _ collected: inout DownloadPlan) {
    var told: Set<String> = []
    for attempt in collected.attempts {
      guard let reason = attempt.trouble else { continue }
      switch attempt.content {
      case .archive(let file):
        told.insert(file.path)
        collected.oddities.append(
          .notTakenIn(students: attempt.students, file: file.path, reason: reason)
        )
      case .loose:
        collected.oddities.append(
          .notTakenIn(students: attempt.students, file: attempt.label, reason: reason)
        )
      case .unusable(let files) where source.blocked[files.first?.path ?? ""] == reason:
        told.formUnion(files.map(\.path))
        collected.oddities.removeAll { oddity in
          guard case .noArchive(_, attempt.label, _) = oddity else { return false }
          return true
        }
        collected.oddities.append(
          .notTakenIn(students: attempt.students, file: attempt.label, reason: reason)
        )
      case .unusable, nil: break
      }
    }
    collected.oddities += source.blocked.filter { !told.contains($0.key) }
      .sorted { $0.key < $1.key }.map { .unusable(path: $0.key, reason: $0.value) }
  }

  /// Some files of the listing by their names as they were handed in; those that cannot be read are
  /// left out.
  func contents(
    of files: [Delivery.File]
  ) throws(GraderFault) -> [(name: String, bytes: [UInt8])] {
    let names = Dictionary(files.map { ($0.path, $0.name) }) { first, _ in first }
    var contents: [(name: String, bytes: [UInt8])] = []
    try source.read(files.map(\.path)) { (path, bytes) throws(GraderFault) in
      if let bytes, let name = names[path] { contents.append((name, bytes)) }
    }
    return contents
  }

  private static func facts(
    in source: DownloadSource,
    _ recognition: Recognition
  ) throws(GraderFault) -> [String: SourceFacts] {
    guard recognition.kind == .gradescope else { return [:] }
    var facts: [String: SourceFacts] = [:]
    try source.read(recognition.metadata) { (path, bytes) throws(GraderFault) in
      guard let bytes else { return }
      let text = String(decoding: bytes, as: UTF8.self)
      facts.merge(try GradescopeMetadata.facts(in: text, path: path)) { first, _ in first }
    }
    return facts
  }
}

/// Puts contents into files that are named by their digests.
private struct Collector {
  let source: DownloadSource
  let folder: String

  /// A larger file that is no answer is data, and only costs room.
  private static let largestLoose: UInt64 = 1 << 20

  /// Packs loose files into a tar, in the order of their names.
  ///
  /// - Returns: The path of the tar; or none, and the reason, if an answer cannot be read.
  func pack(
    _ files: [Delivery.File],
    of attempt: Attempt,
    _ oddities: inout [Oddity]
  ) throws(GraderFault) -> (path: String, trouble: String?) {
    let isData = { (file: Delivery.File) in
      source.size(of: file.path) > Self.largestLoose && !FileNames.isAnswer(file.name)
    }
    let data = files.filter(isData).map(\.name)
    if !data.isEmpty {
      oddities.append(.besides(students: attempt.students, delivery: attempt.label, files: data))
    }
    let packed = files.filter { !isData($0) }
    var contents: [String: [UInt8]] = [:]
    var reasons = source.blocked
    try source.read(packed.map(\.path)) { (path, bytes) throws(GraderFault) in
      if bytes == nil { reasons[path] = "it is damaged in the download" }
      contents[path] = bytes
    }
    let lost = packed.first { reasons[$0.path] != nil && FileNames.isAnswer($0.name) }
    if let lost { return ("", "\(lost.name): \(reasons[lost.path] ?? "")") }
    oddities += packed.filter { contents[$0.path] == nil && source.blocked[$0.path] == nil }
      .map { .unusable(path: $0.path, reason: "it is damaged in the download") }
    var tar: [UInt8] = []
    for file in packed {
      guard let content = contents[file.path] else { continue }
      tar += TarWriter.header(name: file.name, size: content.count)
      tar += content + TarWriter.padding(after: content.count)
    }
    return (try Archive.keep(tar + TarWriter.end, in: folder), nil)
  }
}
