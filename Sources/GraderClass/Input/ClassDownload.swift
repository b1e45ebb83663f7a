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
    machine: Machine
  ) throws(GraderFault) {
    source = try DownloadSource(path, excluding: results, machine: machine)
    recognition = Download.recognize(paths: source.paths)
    facts = try Self.facts(in: source, recognition)
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
  /// loose files, lies in `folder` under its SHA-256.
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
        if let path = source.place(of: file.path) {
          collected.attempts[place].path = path
        } else {
          fromZip[file.path, default: []].append(place)
        }
      case .loose(let files):
        collected.attempts[place].path =
          try collector.pack(files, of: attempt, &collected.oddities)
      case nil: break
      }
    }
    try source.read(fromZip.keys.sorted()) { (path, bytes) throws(GraderFault) in
      guard let bytes else {
        return collected.oddities.append(.unusable(path: path, reason: "it is damaged"))
      }
      let kept = try Archive.keep(bytes, in: folder)
      for place in fromZip[path] ?? [] { collected.attempts[place].path = kept }
    }
    collected.attempts.removeAll { $0.path.isEmpty }
    return collected
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
  func pack(
    _ files: [Delivery.File],
    of attempt: Attempt,
    _ oddities: inout [Oddity]
  ) throws(GraderFault) -> String {
    let isData = { (file: Delivery.File) in
      source.size(of: file.path) > Self.largestLoose && !FileNames.isAnswer(file.name)
    }
    let data = files.filter(isData).map(\.name)
    if !data.isEmpty {
      oddities.append(.besides(students: attempt.students, delivery: attempt.label, files: data))
    }
    let packed = files.filter { !isData($0) }
    var contents: [String: [UInt8]] = [:]
    try source.read(packed.map(\.path)) { (path, bytes) throws(GraderFault) in
      guard let bytes else {
        return oddities.append(.unusable(path: path, reason: "it is damaged"))
      }
      contents[path] = bytes
    }
    var tar: [UInt8] = []
    for file in packed {
      guard let content = contents[file.path] else { continue }
      tar += TarWriter.header(name: file.name, size: content.count)
      tar += content + TarWriter.padding(after: content.count)
    }
    return try Archive.keep(tar + TarWriter.end, in: folder)
  }
}
