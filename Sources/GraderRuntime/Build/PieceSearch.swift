import GraderCore

/// Finds the largest part of a student's code that compiles.
///
/// Compiling decides, not what the compiler says, which the student's code can forge. What it says
/// is the first guess; where that leads nowhere, pieces are added to the handout's stubs. Each of
/// the pieces that are left out in the end was tried with all that are used, or there was no time.
struct PieceSearch {
  typealias Piece = Patchwork.Piece
  typealias Choice = Patchwork.Choice

  /// The words on a piece that is left out.
  struct Reason {
    var words: String
    /// True if the compiler found an error in it.
    var isError = false
    /// True if it compiles, and holds what no solution may hold.
    var isViolation = false
  }

  let patchwork: Patchwork
  let builder: Builder
  /// Seconds of processor time that a job of one try may take.
  let secondsPerTry: Int
  /// The builder's processor time at which the search ends.
  let end: Double

  private(set) var reasons: [Piece: Reason] = [:]
  /// The words on functions that are not as the task declares them.
  private(set) var unfit: [String: String] = [:]
  private var triesLeft: Int
  private var lastFailure: Builder.Failure

  init(
    _ patchwork: Patchwork,
    builder: Builder,
    after failure: Builder.Failure,
    secondsPerTry: Int,
    end: Double
  ) {
    (self.patchwork, self.builder) = (patchwork, builder)
    (self.secondsPerTry, self.end) = (secondsPerTry, end)
    lastFailure = failure
    let helpers = patchwork.pieces.count {
      $0.declaration != nil && patchwork.function($0) == nil
    }
    let others = patchwork.pieces.count - helpers
    triesLeft = 2 * (others + min(helpers, Self.few)) + 2
  }

  /// The choice, and its program.
  mutating func run() throws(GraderFault) -> (Choice, Builder.Worker) {
    let all = Choice(kept: Set(patchwork.pieces))
    var found: (Choice, Builder.Worker)
    if let guess = try guess(from: all) { found = guess } else { found = try stubs() }
    found = try grownAgain(found)
    return try withoutViolations(try withoutOverloads(found))
  }

  /// Adds pieces until none can be added: some may have stood in each other's way.
  private mutating func grownAgain(
    _ start: (Choice, Builder.Worker)
  ) throws(GraderFault) -> (Choice, Builder.Worker) {
    var found = start
    while true {
      let left = patchwork.pieces.filter { !found.0.kept.contains($0) && mayGrow($0) }
      // The only one that was in the way, where nothing else was changed since.
      let isAlone = left.count == 1 && reasons[left[0]]?.isError == true
      if left.isEmpty || isAlone && patchwork.isComplete { return found }
      let before = found.0
      found = try grown(found, with: likelyFirst(left)[...])
      if found.0 == before { return found }
    }
  }

  /// Pieces in the order in which they are tried: of very many, what is asked for and has no error
  /// of its own is not left to the end of the time.
  private func likelyFirst(_ pieces: [Piece]) -> [Piece] {
    guard pieces.count > 2 * Self.few else { return pieces }
    let isLikely = { (piece: Piece) in
      piece.declaration == nil
        || patchwork.function(piece) != nil && reasons[piece]?.isError != true
    }
    return pieces.filter(isLikely) + pieces.filter { !isLikely($0) }
  }

  /// The number of helpers that there is always time to try: beside files and functions, which cost
  /// points, thousands of them would cost nothing but time.
  private static let few = 16

  /// Leaves out functions of other types or labels where their callers then compile with the stub.
  private mutating func withoutOverloads(
    _ start: (Choice, Builder.Worker)
  ) throws(GraderFault) -> (Choice, Builder.Worker) {
    var found = start
    for function in start.0.overloaded.sorted() where hasTime {
      var choice = found.0
      choice.overloaded.remove(function)
      choice.kept = choice.kept.filter { patchwork.function($0) != function }
      let isAllThere = patchwork.pieces.allSatisfy { found.0.kept.contains($0) }
      guard !isAllThere, choice != found.0, let worker = try program(of: choice) else { continue }
      let before = (reasons, found)
      for piece in patchwork.pieces where patchwork.function(piece) == function {
        reasons[piece] = Reason(words: unfit[function] ?? "")
        unwanted.insert(piece)
      }
      let other = try grownAgain((choice, worker))
      if callers(in: other.0, but: function) > callers(in: found.0, but: function) {
        found = other
      } else {
        reasons = before.0
        unwanted = []
        // The program on the disk is the last that was built.
        guard let worker = try program(of: found.0) else { return before.1 }
        found.1 = worker
      }
    }
    return found
  }

  private func callers(in choice: Choice, but function: String) -> Int {
    choice.kept.count { patchwork.function($0) != nil && patchwork.function($0) != function }
  }

  /// Functions whose stubs are better for their callers.
  private var unwanted: Set<Piece> = []

  // MARK: Guess

  /// Leaves out what the compiler names, until the rest compiles.
  ///
  /// - Returns: Nil if that leads nowhere.
  private mutating func guess(
    from all: Choice
  ) throws(GraderFault) -> (Choice, Builder.Worker)? {
    var (choice, before) = (all, all)
    leaveOutHidden(in: &choice)
    var rounds = 0
    while hasTime {
      let files = blame(lastFailure, in: &choice)
      guard choice != before else { return nil }
      rounds += 1
      // The compiler tells some errors at a time: of thousands it would be asked a hundred times.
      if rounds >= Self.roundsByPiece {
        let isWhole = rounds >= Self.roundsByPiece + Self.roundsByHelpers
        choice.kept = choice.kept.filter { piece in
          !files.contains(piece.file) || !isWhole && patchwork.function(piece) != nil
            || piece.declaration == nil
        }
      }
      before = choice
      if let worker = try program(of: choice) { return (choice, worker) }
    }
    return nil
  }

  /// The number of guesses that leave out what the compiler names; after them, all helpers in the
  /// files that it names go; at last, all that these files declare.
  private static let (roundsByPiece, roundsByHelpers) = (6, 4)

  /// Leaves out functions that are not public, beside whose stubs they seldom can be.
  private mutating func leaveOutHidden(in choice: inout Choice) {
    for part in patchwork.parts {
      for function in part.functionNames {
        let declared = patchwork.pieces.filter { patchwork.function($0) == function }
        let isPublic = declared.contains { patchwork.declaration($0)?.isPublic == true }
        guard !declared.isEmpty, !isPublic else { continue }
        let words = part.expectation(of: function, but: "it is not public")
        unfit[function] = words
        for piece in declared { reasons[piece] = Reason(words: words) }
        choice.kept.subtract(declared)
      }
    }
  }

  /// Leaves out what a failure speaks of.
  ///
  /// - Returns: The files in which the compiler finds errors.
  private mutating func blame(_ failure: Builder.Failure, in choice: inout Choice) -> Set<Int> {
    for piece in patchwork.pieces {
      let path = patchwork.path(of: piece)
      if let words = failure.forbidden[path] {
        reasons[piece] = Reason(words: words, isViolation: true)
        choice.kept.remove(piece)
      }
    }
    for (function, words) in failure.unfit {
      unfit[function] = words
      let declared = choice.kept.filter { patchwork.function($0) == function }
      let isHidden = declared.allSatisfy { patchwork.declaration($0)?.isPublic != true }
      if isHidden || choice.overloaded.contains(function) {
        for piece in declared { reasons[piece] = Reason(words: words) }
        choice.kept.subtract(declared)
      } else {
        choice.overloaded.insert(function)
      }
    }
    guard failure.unfit.isEmpty, failure.forbidden.isEmpty else { return [] }
    let errors = errors(of: failure).filter { choice.kept.contains($0.key) }
    for (piece, words) in errors { reasons[piece] = Reason(words: words, isError: true) }
    choice.kept.subtract(errors.keys)
    // Without its imports, nothing of a file means anything.
    for piece in choice.kept where !choice.kept.contains(rest(of: piece)) {
      choice.kept.remove(piece)
    }
    return Set(errors.keys.map(\.file))
  }

  /// The compiler's words on the first error in each piece.
  private func errors(of failure: Builder.Failure) -> [Piece: String] {
    var words: [Piece: String] = [:]
    for file in patchwork.own.indices {
      for error in failure.diagnostics.errors(in: patchwork.own[file].source.path) {
        for piece in patchwork.pieces(of: file, at: error.line) where words[piece] == nil {
          words[piece] = error.words
        }
      }
    }
    return words
  }

  private func rest(of piece: Piece) -> Piece { Piece(file: piece.file, declaration: nil) }

  // MARK: Growth

  /// Nothing of the student's.
  private mutating func stubs() throws(GraderFault) -> (Choice, Builder.Worker) {
    let nothing = Choice(kept: [])
    switch try builder.build(patchwork.sources(of: nothing)) {
    case .success(let worker): return (nothing, worker)
    case .failure(let failure):
      throw GraderFault(
        .broken,
        "The handout's own files do not build.",
        remedy: "Run `grader doctor`, and `swift build` in the assignment's folder.",
        detail: failure.diagnostics.text
      )
    }
  }

  /// Adds as many of these pieces as compile with the rest: all, or else each half.
  private mutating func grown(
    _ found: (Choice, Builder.Worker),
    with pieces: ArraySlice<Piece>
  ) throws(GraderFault) -> (Choice, Builder.Worker) {
    var wider = found.0
    for piece in pieces
    where pieces.contains(rest(of: piece)) || wider.kept.contains(rest(of: piece)) {
      wider.kept.insert(piece)
    }
    guard wider != found.0 else { return found }
    guard hasTime else {
      for piece in pieces where reasons[piece] == nil { reasons[piece] = unexplained(piece) }
      return found
    }
    if let grown = try program(ofWider: wider) { return grown }
    guard pieces.count > 1 else {
      for piece in pieces { reasons[piece] = reason(for: piece) }
      return found
    }
    let middle = pieces.startIndex + pieces.count / 2
    let first = try grown(found, with: pieces[..<middle])
    return try grown(first, with: pieces[middle...])
  }

  /// Builds a choice, with stubs beside functions that turn out not to fit.
  private mutating func program(
    ofWider choice: Choice
  ) throws(GraderFault) -> (Choice, Builder.Worker)? {
    if let worker = try program(of: choice) { return (choice, worker) }
    var overloading = choice
    overloading.overloaded.formUnion(lastFailure.unfit.keys)
    guard overloading != choice else { return nil }
    unfit.merge(lastFailure.unfit) { earlier, _ in earlier }
    return try program(of: overloading).map { (overloading, $0) }
  }

  private mutating func program(of choice: Choice) throws(GraderFault) -> Builder.Worker? {
    triesLeft -= 1
    switch try builder.build(patchwork.sources(of: choice), seconds: secondsPerTry) {
    case .success(let worker): return worker
    case .failure(let failure):
      lastFailure = failure
      return nil
    }
  }

  private var hasTime: Bool { triesLeft > 0 && builder.spent.seconds < end }

  /// False for what took too long, or may not be used whatever stands beside it.
  private func mayGrow(_ piece: Piece) -> Bool {
    reasons[piece]?.isViolation != true && reasons[rest(of: piece)]?.isViolation != true
      && !slow.contains(piece) && !unwanted.contains(piece)
  }

  /// Pieces on which the compiler was stopped.
  private var slow: Set<Piece> = []

  // MARK: Reasons

  private mutating func reason(for piece: Piece) -> Reason {
    let path = patchwork.path(of: piece)
    if let stop = lastFailure.stop {
      slow.insert(piece)
      return Reason(words: "\(path): error: \(stop)")
    }
    if let words = patchwork.function(piece).flatMap({ lastFailure.unfit[$0] }) {
      return Reason(words: words)
    }
    if let words = lastFailure.forbidden[path] { return Reason(words: words, isViolation: true) }
    if lastFailure.isViolation {
      return Reason(words: "\(path): \(lastFailure.diagnostics.lastError)", isViolation: true)
    }
    if let words = errors(of: lastFailure)[piece] {
      return Reason(words: words, isError: true)
    }
    // Later, with more in place, less may be known: another piece is in the way.
    return reasons[piece] ?? Reason(words: "\(path): \(lastFailure.diagnostics.lastError)")
  }

  private func unexplained(_ piece: Piece) -> Reason {
    Reason(
      words:
        "\(patchwork.path(of: piece)): error: there was no time to find out whether it compiles"
    )
  }

  /// Leaves out all of the files that hold what no solution may hold.
  private mutating func withoutViolations(
    _ found: (Choice, Builder.Worker)
  ) throws(GraderFault) -> (Choice, Builder.Worker) {
    let files = Set(
      reasons.filter { $0.value.isViolation && !found.0.kept.contains($0.key) }
        .map(\.key.file)
    )
    var choice = found.0
    choice.kept = choice.kept.filter { !files.contains($0.file) }
    guard choice != found.0 else { return found }
    for file in files {
      guard
        let first = patchwork.pieces(of: file).compactMap({ reasons[$0] })
          .first(where: \.isViolation)
      else { continue }
      for piece in patchwork.pieces(of: file) { reasons[piece] = first }
    }
    if let worker = try program(of: choice) { return (choice, worker) }
    // Others need it: they are out with it.
    let (nothing, worker) = try stubs()
    let left = patchwork.pieces.filter { choice.kept.contains($0) }
    return try grown((nothing, worker), with: left[...])
  }
}
