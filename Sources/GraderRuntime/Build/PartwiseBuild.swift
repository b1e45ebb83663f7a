import Foundation
import GraderCore

/// Builds as much of a submission as compiles: a function that cannot be used costs itself alone.
struct PartwiseBuild {
  var builder: Builder
  let parts: [Assignment.Part]
  /// Objects of whole hand-ins from earlier builds.
  var objects: KeptObjects?

  /// The parts that could be built, and those that could not.
  struct Outcome: Sendable {
    var worker: Builder.Worker?
    var record: Grade.BuildRecord
    /// Files that the handout's stubs stand in for, whole or in part.
    var replaced: [ReplacedFile]
    /// Helpers that were left out, and why: files by their paths, or what a file declares.
    var dropped: [(name: String, reason: String)]
    /// The files that the program is made of, without stubs of whole files.
    var sources: [Submission.File]
    /// Names while compiled, and the paths in the hand-in.
    var renamings: [String: String]
  }

  /// Seconds of processor time that a job of one try may take, and that the whole search may take.
  static let (secondsPerTry, secondsInAll) = (10, 90)

  /// Builds the student's files.
  func run(_ files: [Submission.File]) throws(GraderFault) -> Outcome {
    let sources = try sources(files)
    switch try builder.build(sources, objects: objects) {
    case .success(let worker): return outcome(of: worker, from: sources)
    case .failure(let failure):
      let patchwork = try patchwork(sources)
      var search = PieceSearch(
        patchwork,
        builder: builder,
        after: failure,
        secondsPerTry: Self.secondsPerTry,
        end: builder.spent.seconds + Double(Self.secondsInAll)
      )
      let (choice, worker) = try search.run()
      return Outcome(of: choice, found: search, worker: worker, after: failure)
    }
  }

  /// The outcome that building these files had when all of them compiled to this program.
  func outcome(
    of executable: String,
    from files: [Submission.File]
  ) throws(GraderFault) -> Outcome {
    let silence = Diagnostics(output: [], folder: "", renamings: [])
    let worker = Builder.Worker(executable: executable, diagnostics: silence)
    return outcome(of: worker, from: try sources(files))
  }

  /// Builds all of these files, or nothing; a job may take so many `seconds`, or the limits' value.
  ///
  /// - Returns: What came of it; nil if they do not compile, or not soon.
  func whole(
    _ files: [Submission.File],
    seconds: Int?
  ) throws(GraderFault) -> Outcome? {
    let sources = try sources(files)
    let attempt = try builder.build(sources, seconds: seconds, objects: objects)
    guard case .success(let worker) = attempt else { return nil }
    return outcome(of: worker, from: sources)
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

  /// The files in pieces; only where not all compiles are they looked into.
  private func patchwork(_ sources: [Builder.Source]) throws(GraderFault) -> Patchwork {
    var own: [Patchwork.Parsed] = []
    for source in sources where !source.isStub {
      own.append((source, try builder.declarations(of: source)))
    }
    var stubs: [Patchwork.Parsed] = []
    for (index, part) in parts.enumerated() {
      let stub = try stub(of: part, name: Self.name(own.count + index))
      stubs.append((stub, try builder.declarations(of: stub)))
    }
    return Patchwork(own: own, stubs: stubs, parts: parts)
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

  // MARK: Record

  /// The outcome where all of the student's files are used.
  private func outcome(of worker: Builder.Worker, from sources: [Builder.Source]) -> Outcome {
    let records = parts.map { part -> Grade.PartRecord in
      let isMissing = sources.contains { $0.path == part.file && $0.isStub }
      return Grade.PartRecord(
        name: part.name,
        file: part.file,
        status: isMissing ? .missing : .built,
        message: ""
      )
    }
    let own = sources.filter { !$0.isStub }
    let worker = records.contains { $0.status == .built } ? worker : nil
    return Outcome(
      worker: worker,
      record: Grade.BuildRecord(
        status: worker == nil
          ? .failed : records.allSatisfy { $0.status == .built } ? .built : .partial,
        parts: records,
        diagnostics: worker?.diagnostics.text ?? ""
      ),
      replaced: zip(parts, records).flatMap { ReplacedFile.all(part: $0, record: $1) },
      dropped: [],
      sources: own.map(\.file),
      renamings: Dictionary(uniqueKeysWithValues: own.map { ($0.compiledName, $0.path) })
    )
  }
}
