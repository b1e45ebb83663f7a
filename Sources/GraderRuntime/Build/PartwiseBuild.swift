import Foundation
import GraderCore

/// Builds as much of a submission as compiles: a file that cannot be used costs its part alone.
///
/// Which files those are is decided by compiling, not by reading diagnostics, which the student's
/// code can forge. What the compiler names is only the first guess; if it does not lead to a
/// program, files are added to the handout's stubs one by one for as long as that compiles.
struct PartwiseBuild {
  let builder: Builder
  let parts: [Assignment.Part]

  /// The parts that could be built, and those that could not.
  struct Outcome: Sendable {
    var worker: Builder.Worker?
    var record: Grade.BuildRecord
    /// Files that the handout's stubs stand in for.
    var replaced: [ReplacedFile]
    /// Helper files that were left out, and why.
    var dropped: [(path: String, reason: String)]
    /// Names while compiled, and the paths in the hand-in.
    var renamings: [String: String]
  }

  /// Seconds of processor time that a job of one try may take, and that the whole search may take.
  private static let (secondsPerTry, secondsInAll) = (10, 60)

  /// Builds the student's files.
  func run(_ files: [Submission.File]) throws(GraderFault) -> Outcome {
    let own = try sources(files)
    switch try builder.build(own) {
    case .success(let worker):
      return outcome(Selection(sources: own, worker: worker), original: own, failure: nil)
    case .failure(let failure):
      let end = builder.spent.seconds + Double(Self.secondsInAll)
      return try search(own, failure: failure, until: end)
    }
  }

  /// The outcome that building these files had when all of them compiled to this program.
  func outcome(
    of executable: String,
    from files: [Submission.File]
  ) throws(GraderFault) -> Outcome {
    let own = try sources(files)
    let silence = Diagnostics(output: [], folder: "", renamings: [])
    let worker = Builder.Worker(executable: executable, diagnostics: silence)
    return outcome(Selection(sources: own, worker: worker), original: own, failure: nil)
  }

  /// Builds all of these files, or nothing.
  ///
  /// - Returns: The program; nil if they do not compile, or not soon.
  func whole(_ files: [Submission.File]) throws(GraderFault) -> Builder.Worker? {
    let attempt = try builder.build(try sources(files), seconds: Self.secondsPerTry)
    guard case .success(let worker) = attempt else { return nil }
    return worker
  }

  // MARK: Search

  /// Sources that build, and why the others were left out.
  private struct Selection {
    var sources: [Builder.Source]
    var reasons: [String: Reason] = [:]
    /// The program, if it is of these very sources.
    var worker: Builder.Worker?
  }

  /// The words on a file that was left out.
  fileprivate struct Reason {
    var words: String
    /// True if the compiler found an error in it.
    var isError = false
  }

  private func search(
    _ own: [Builder.Source],
    failure first: Builder.Failure,
    until end: Double
  ) throws(GraderFault) -> Outcome {
    var selection = Selection(sources: own)
    var failure = first
    while !failure.reasons.isEmpty {
      selection.reasons.merge(failure.reasons.mapValues { Reason(words: $0) }) { earlier, _ in
        earlier
      }
      selection.sources = try replacing(Set(failure.reasons.keys), in: selection.sources)
      switch try builder.build(selection.sources, seconds: Self.secondsPerTry) {
      case .success(let worker):
        selection.worker = worker
        return outcome(selection, original: own, failure: first)
      case .failure(let next): failure = next
      }
    }
    let usable = selection.sources.filter { !$0.isStub }
    let named = usable.filter { failure.diagnostics.firstError(in: $0.path) != nil }
    if let guess = try guess(selection, without: named, failure: failure, until: end) {
      return outcome(guess, original: own, failure: first)
    }
    selection.sources = try replacing(Set(usable.map(\.path)), in: selection.sources)
    switch try builder.build(selection.sources) {
    case .success(let worker): selection.worker = worker
    case .failure(let failure):
      throw GraderFault(
        .broken,
        "The handout's own files do not build.",
        remedy: "Run `grader doctor`, and `swift build` in the assignment's folder.",
        detail: failure.diagnostics.text
      )
    }
    // Helper files first: others may need them, and they need nobody. Then in the order of the
    // assignment, where the callers come last.
    let ordered =
      usable.filter { $0.part == nil }
      + parts.flatMap { part in usable.filter { $0.part?.file == part.file } }
    let grown = try grow(selection, with: ordered, until: end)
    return outcome(grown, original: own, failure: first)
  }

  /// Tries to build without the files that the compiler named.
  private func guess(
    _ selection: Selection,
    without named: [Builder.Source],
    failure: Builder.Failure,
    until end: Double
  ) throws(GraderFault) -> Selection? {
    guard !named.isEmpty else { return nil }
    var guess = selection
    guess.sources = try replacing(Set(named.map(\.path)), in: selection.sources)
    for file in named {
      guess.reasons[file.path] = failure.error(in: file.path)
    }
    guard
      case .success(let worker) = try builder.build(guess.sources, seconds: Self.secondsPerTry)
    else { return nil }
    guess.worker = worker
    return named.count == 1 ? guess : try grow(guess, with: named, until: end)
  }

  /// Adds file after file for as long as the whole builds, until no more can be added.
  private func grow(
    _ start: Selection,
    with files: [Builder.Source],
    until end: Double
  ) throws(GraderFault) -> Selection {
    var best = start
    var left = files
    var grew = true
    while grew {
      grew = false
      for file in left {
        guard builder.spent.seconds < end else { break }
        let candidate = best.sources.filter { $0.path != file.path } + [file]
        switch try builder.build(candidate, seconds: Self.secondsPerTry) {
        case .success(let worker):
          best.sources = candidate
          best.worker = worker
          best.reasons[file.path] = nil
          left.removeAll { $0.path == file.path }
          grew = true
        case .failure(let failure):
          best.reasons[file.path] =
            failure.reason(for: file.path)
            // Later, with more files in place, less may be known: another file is in the way.
            ?? best.reasons[file.path] ?? failure.guess(for: file.path)
          if failure.stop != nil { left.removeAll { $0.path == file.path } }
        }
      }
    }
    return best
  }

  // MARK: Sources

  private func sources(_ files: [Submission.File]) throws(GraderFault) -> [Builder.Source] {
    var sources: [Builder.Source] = []
    let byFile = Dictionary(parts.map { ($0.file, $0) }) { first, _ in first }
    for (index, file) in files.enumerated() {
      sources.append(
        Builder.Source(
          file: file,
          compiledName: Self.name(index),
          part: byFile[file.path.string]
        )
      )
    }
    let missing = parts.filter { part in !files.contains { $0.path.string == part.file } }
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
      file: try builder.kit.stub(of: part),
      compiledName: name,
      part: part,
      isStub: true
    )
  }

  /// A part's file becomes its stub; a helper file goes.
  private func replacing(
    _ paths: Set<String>,
    in sources: [Builder.Source]
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
    _ selection: Selection,
    original: [Builder.Source],
    failure: Builder.Failure?
  ) -> Outcome {
    let records = parts.map { part -> Grade.PartRecord in
      let reason = selection.reasons[part.file]
      let isMissing = original.contains { $0.path == part.file && $0.isStub }
      let isBlocked = !isMissing && selection.sources.contains { $0.path == part.file && $0.isStub }
      let status: Grade.PartStatus = isMissing ? .missing : isBlocked ? .blocked : .built
      return Grade.PartRecord(
        name: part.name,
        file: part.file,
        status: status,
        message: isBlocked ? reason?.words ?? Self.unexplained(part.file) : "",
        isUnfit: isBlocked && reason?.isError != true ? true : nil
      )
    }
    let dropped = original.filter { file in
      file.part == nil && !selection.sources.contains { $0.path == file.path }
    }
    let worker = records.contains { $0.status == .built } ? selection.worker : nil
    let isWhole = dropped.isEmpty && records.allSatisfy { $0.status == .built }
    return Outcome(
      worker: worker,
      record: Grade.BuildRecord(
        status: worker == nil ? .failed : isWhole ? .built : .partial,
        parts: records,
        diagnostics: failure?.diagnostics.text ?? worker?.diagnostics.text ?? ""
      ),
      replaced: zip(parts, records).compactMap { ReplacedFile(part: $0, record: $1) },
      dropped: dropped.map {
        ($0.path, selection.reasons[$0.path]?.words ?? Self.unexplained($0.path))
      },
      renamings: Dictionary(
        uniqueKeysWithValues: original.filter { !$0.isStub }.map { ($0.compiledName, $0.path) }
      )
    )
  }

  private static func unexplained(_ file: String) -> String {
    "\(file): error: there was no time to find out whether it compiles"
  }
}

extension ReplacedFile {
  /// The handout's stub in the place of a part's file; nil if the file itself was used.
  fileprivate init?(part: Assignment.Part, record: Grade.PartRecord) {
    guard record.status != .built else { return nil }
    self.init(
      path: part.file,
      isMissing: record.status == .missing,
      isUnfit: record.isUnfit == true,
      functions: part.functions.map { SignatureText(of: $0).name }
    )
  }
}

extension Builder.Failure {
  /// The reason why a file could not be added to the others; nil if nothing was said about it.
  fileprivate func reason(for file: String) -> PartwiseBuild.Reason? {
    if let stop { return PartwiseBuild.Reason(words: "\(file): error: \(stop)") }
    return reasons[file].map { PartwiseBuild.Reason(words: $0) } ?? error(in: file)
  }

  /// The compiler's words on an error in a file.
  fileprivate func error(in file: String) -> PartwiseBuild.Reason? {
    diagnostics.firstError(in: file).map { PartwiseBuild.Reason(words: $0, isError: true) }
  }

  /// The last thing that was said, whatever it was about.
  fileprivate func guess(for file: String) -> PartwiseBuild.Reason {
    PartwiseBuild.Reason(words: "\(file): \(diagnostics.lastError)")
  }
}
