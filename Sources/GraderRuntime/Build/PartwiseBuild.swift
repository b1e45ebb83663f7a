import Foundation
import GraderCore

/// Builds as much of a submission as compiles: a file that cannot be used costs its part alone.
///
/// The culprits are found by compiling, not by reading diagnostics, which the student's code can
/// forge: replace suspects by the handout's stubs until the rest compiles, then put back every file
/// that need not have been replaced.
struct PartwiseBuild {
  let builder: Builder
  let parts: [Assignment.Part]

  /// What could be built, and what could not.
  struct Outcome: Sendable {
    var worker: Builder.Worker?
    var record: Grade.BuildRecord
    /// Files that the handout's stubs stand in for.
    var replaced: [String]
    /// Names while compiled, and the paths in the hand-in.
    var renamings: [String: String]
  }

  /// Seconds that one try may take, and that the whole search may take.
  private static let (secondsPerTry, secondsInAll) = (10, 60)

  /// Builds the student's files.
  func run(_ files: [(path: String, bytes: [UInt8])]) throws(GraderFault) -> Outcome {
    let own = try sources(files)
    switch try builder.build(own) {
    case .success(let worker): return outcome(worker, of: own, original: own, failure: nil)
    case .failure(let failure):
      let deadline = Date().addingTimeInterval(Double(Self.secondsInAll))
      return try search(own, failure: failure, deadline: deadline)
    }
  }

  // MARK: Search

  private func search(
    _ own: [Builder.Source], failure first: Builder.Failure, deadline: Date
  ) throws(GraderFault) -> Outcome {
    var current = own
    var failure = first
    var reasons: [String: String] = [:]
    while Date() < deadline {
      let suspects = try suspects(in: current, failure: failure, deadline: deadline)
      reasons.merge(suspects) { earlier, _ in earlier }
      // Without a suspect, everything that is left is one.
      let next = suspects.isEmpty ? current.filter { !$0.isStub }.map(\.path) : Array(suspects.keys)
      guard !next.isEmpty else {
        throw GraderFault(
          .broken, "The handout's own files do not build:\n\(failure.diagnostics.text)",
          remedy: "Run `grader doctor`, and `swift build` in the assignment's folder.")
      }
      current = try replacing(Set(next), in: current)
      switch try builder.build(current, seconds: Self.secondsPerTry) {
      case .success:
        let least = try putBack(into: current, from: own, deadline: deadline)
        return outcome(
          least.worker, of: least.sources, original: own, failure: first, reasons: reasons)
      case .failure(let again): failure = again
      }
    }
    let nothing = try replacing(Set(own.map(\.path)), in: own)
    return outcome(nil, of: nothing, original: own, failure: first, reasons: reasons)
  }

  /// Files that are wrong beside the others as they are now.
  private func suspects(
    in sources: [Builder.Source], failure: Builder.Failure, deadline: Date
  ) throws(GraderFault) -> [String: String] {
    guard failure.reasons.isEmpty else { return failure.reasons }
    var found: [String: String] = [:]
    for source in sources where !source.isStub && Date() < deadline {
      found[source.path] = try builder.complaint(
        about: source, among: sources, seconds: Self.secondsPerTry)
    }
    return found
  }

  /// Tries to do with one replacement less, file by file.
  private func putBack(
    into replaced: [Builder.Source], from own: [Builder.Source], deadline: Date
  ) throws(GraderFault) -> (sources: [Builder.Source], worker: Builder.Worker?) {
    var best = replaced
    let culprits = own.filter { file in
      !file.isStub && !replaced.contains { $0.path == file.path && !$0.isStub }
    }
    for file in culprits where culprits.count > 1 && Date() < deadline {
      var candidate = best.filter { $0.path != file.path }
      candidate.append(file)
      if case .success = try builder.build(candidate, seconds: Self.secondsPerTry) {
        best = candidate
      }
    }
    // The last try may have been a failure: what is in place has to be the best.
    guard case .success(let worker) = try builder.build(best, seconds: Self.secondsPerTry) else {
      return (best, nil)
    }
    return (best, worker)
  }

  // MARK: Sources

  private func sources(
    _ files: [(path: String, bytes: [UInt8])]
  ) throws(GraderFault) -> [Builder.Source] {
    var sources: [Builder.Source] = []
    let byFile = Dictionary(parts.map { ($0.file, $0) }) { first, _ in first }
    for (index, file) in files.enumerated() {
      sources.append(
        Builder.Source(
          path: file.path, compiledName: Self.name(index), bytes: file.bytes,
          part: byFile[file.path]))
    }
    let missing = parts.filter { part in !files.contains { $0.path == part.file } }
    for (index, part) in missing.enumerated() {
      sources.append(try stub(of: part, name: Self.name(files.count + index)))
    }
    return sources
  }

  private static func name(_ index: Int) -> String {
    let digits = String(index)
    return "S\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits).swift"
  }

  private func stub(of part: Assignment.Part, name: String) throws(GraderFault) -> Builder.Source {
    Builder.Source(
      path: part.file, compiledName: name, bytes: try builder.kit.stub(of: part), part: part,
      isStub: true)
  }

  /// A part's file becomes its stub; a helper file goes.
  private func replacing(
    _ paths: Set<String>, in sources: [Builder.Source]
  ) throws(GraderFault) -> [Builder.Source] {
    var result: [Builder.Source] = []
    for source in sources {
      if !paths.contains(source.path) {
        result.append(source)
      } else if let part = source.part {
        result.append(try stub(of: part, name: source.compiledName))
      }
    }
    return result
  }

  // MARK: Record

  private func outcome(
    _ worker: Builder.Worker?, of sources: [Builder.Source], original: [Builder.Source],
    failure: Builder.Failure?, reasons: [String: String] = [:]
  ) -> Outcome {
    let text = failure?.diagnostics.text ?? worker?.diagnostics.text ?? ""
    let records = parts.map { part -> Grade.PartRecord in
      let isMissing = original.contains { $0.path == part.file && $0.isStub }
      let isBlocked = !isMissing && sources.contains { $0.path == part.file && $0.isStub }
      let status: Grade.PartStatus = isMissing ? .missing : isBlocked ? .blocked : .built
      return Grade.PartRecord(
        name: part.name, file: part.file, status: status,
        message: isBlocked ? reasons[part.file] ?? Self.unexplained(part.file) : "")
    }
    let dropped = original.filter { file in
      file.part == nil && !sources.contains { $0.path == file.path }
    }
    let usable = records.contains { $0.status == .built }
    let whole = dropped.isEmpty && records.allSatisfy { $0.status == .built }
    return Outcome(
      worker: usable ? worker : nil,
      record: Grade.BuildRecord(
        status: worker == nil || !usable ? .failed : whole ? .built : .partial, parts: records,
        diagnostics: text),
      replaced: records.filter { $0.status != .built }.map(\.file) + dropped.map(\.path),
      renamings: Dictionary(
        uniqueKeysWithValues: original.filter { !$0.isStub }.map { ($0.compiledName, $0.path) }))
  }

  private static func unexplained(_ file: String) -> String {
    "\(file): error: it does not compile together with the other files"
  }
}
