import GraderCore

extension PartwiseBuild.Outcome {
  /// The outcome of a search.
  ///
  /// - Parameters:
  ///   - choice: The pieces that the program is made of.
  ///   - search: The search that found it.
  ///   - worker: The program.
  ///   - failure: The failure of all that the student handed in.
  init(
    of choice: Patchwork.Choice,
    found search: PieceSearch,
    worker: Builder.Worker,
    after failure: Builder.Failure
  ) {
    let patchwork = search.patchwork
    let reasons = LeftOut(search: search, choice: choice)
    let records = patchwork.parts.map(reasons.record)
    let isBuilt = records.contains { [.built, .partial].contains($0.status) }
    let isWhole = reasons.helpers.isEmpty && records.allSatisfy { $0.status == .built }
    self.init(
      worker: isBuilt ? worker : nil,
      record: Grade.BuildRecord(
        status: !isBuilt ? .failed : isWhole ? .built : .partial,
        parts: records,
        diagnostics: failure.diagnostics.text
      ),
      replaced: zip(patchwork.parts, records).flatMap { ReplacedFile.all(part: $0, record: $1) },
      dropped: reasons.helpers,
      sources: patchwork.sources(of: choice).filter { !$0.isStub || $0.part == nil }.map(\.file),
      renamings: Dictionary(
        uniqueKeysWithValues: patchwork.own.map { ($0.source.compiledName, $0.source.path) }
      )
    )
  }
}

/// The pieces that a search left out, and the reasons.
private struct LeftOut {
  let search: PieceSearch
  let choice: Patchwork.Choice

  private var patchwork: Patchwork { search.patchwork }
  private typealias Reason = PieceSearch.Reason

  /// The record of a part.
  func record(of part: Assignment.Part) -> Grade.PartRecord {
    let replaced = patchwork.replaced(in: part, by: choice)
    let isUsed = patchwork.usesFile(of: part, in: choice)
    let isMissing = !patchwork.own.contains { $0.source.path == part.file }
    var record = Grade.PartRecord(name: part.name, file: part.file, status: .built, message: "")
    if replaced.count == part.functions.count, !(part.functions.isEmpty && isUsed) {
      record.status = isMissing ? .missing : .blocked
      guard !isMissing else { return record }
      let reasons =
        replaced.isEmpty ? [reason(forFileOf: part)] : replaced.map { reason(for: $0, of: part) }
      record.message = reasons.map(\.words).unique.joined(separator: "\n")
      record.isUnfit = reasons.contains(where: \.isError) ? nil : true
    } else if !replaced.isEmpty {
      record.status = .partial
      record.functions = replaced.map { function in
        let reason = reason(for: function, of: part)
        return Grade.FunctionRecord(
          name: function,
          message: reason.words,
          isUnfit: reason.isError ? nil : true
        )
      }
    }
    return record
  }

  /// Files beside the parts, and what else files declare, that nobody can use.
  var helpers: [(name: String, reason: String)] {
    var helpers: [(name: String, reason: String)] = []
    for (index, file) in patchwork.own.enumerated() {
      let pieces = patchwork.pieces(of: index)
      let left = pieces.filter { !choice.kept.contains($0) }
      let isOut = left.contains { $0.declaration == nil } || left.count == pieces.count - 1
      if file.source.part == nil, isOut, let first = left.compactMap({ search.reasons[$0] }).first {
        helpers.append((file.source.path, first.words))
      } else if !isOut
        || file.source.part != nil && !left.contains(where: { $0.declaration == nil })
      {
        for piece in left where patchwork.function(piece) == nil {
          helpers.append((name(of: piece), search.reasons[piece]?.words ?? ""))
        }
      }
    }
    return helpers
  }

  private func name(of piece: Patchwork.Piece) -> String {
    let path = patchwork.path(of: piece)
    guard let declaration = patchwork.declaration(piece) else { return path }
    if !declaration.name.isEmpty { return "`\(declaration.name)` in \(path)" }
    return "\(path), line \(declaration.lines.lowerBound),"
  }

  // MARK: Reasons

  private func reason(forFileOf part: Assignment.Part) -> Reason {
    let rest = patchwork.pieces.first {
      $0.declaration == nil && patchwork.path(of: $0) == part.file
    }
    return rest.flatMap { search.reasons[$0] }
      ?? Reason(words: "\(part.file): error: it does not compile together with the other files")
  }

  private func reason(for function: String, of part: Assignment.Part) -> Reason {
    let declared = patchwork.pieces.filter { patchwork.function($0) == function }
    let reasons = declared.filter { !choice.kept.contains($0) }.compactMap { search.reasons[$0] }
    if let reason = reasons.first(where: \.isError) ?? reasons.first, search.unfit[function] == nil
    {
      return reason
    }
    let isElsewhere = declared.contains { patchwork.path(of: $0) != part.file }
    guard patchwork.usesFile(of: part, in: choice) || isElsewhere else {
      return reason(forFileOf: part)
    }
    let fact =
      declared.isEmpty
      ? "it is not there"
      : declared.contains { patchwork.declaration($0)?.isPublic == true }
        ? "it has other labels or types" : "it is not public"
    return Reason(words: part.expectation(of: function, but: fact))
  }
}

extension ReplacedFile {
  /// The handout's stubs in the place of a part's file, or of some of its functions.
  static func all(part: Assignment.Part, record: Grade.PartRecord) -> [ReplacedFile] {
    switch record.status {
    case .built: []
    case .partial:
      (record.functions ?? []).map {
        ReplacedFile(
          path: part.file,
          isMissing: false,
          isUnfit: $0.isUnfit == true,
          functions: [$0.name],
          function: $0.name
        )
      }
    case .blocked, .missing:
      [
        ReplacedFile(
          path: part.file,
          isMissing: record.status == .missing,
          isUnfit: record.isUnfit == true,
          functions: part.functionNames
        )
      ]
    }
  }
}

extension [String] {
  /// Each once, in their order.
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
