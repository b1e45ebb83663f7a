import GraderCore

/// The student's code in pieces, of which some are used, and the handout's stubs for the functions
/// that then are not there.
struct Patchwork {
  /// A piece of the student's code, used whole or not at all.
  struct Piece: Hashable {
    /// The place of its file among the student's.
    let file: Int
    /// The place of the declaration in its file; nil for what else is in the file.
    let declaration: Int?
  }

  /// The pieces that are used.
  struct Choice: Equatable {
    var kept: Set<Piece>
    /// The functions whose stubs stand beside the student's, which have other labels or types.
    var overloaded: Set<String> = []
  }

  /// A source, and the declarations in it.
  typealias Parsed = (source: Builder.Source, declarations: Declarations)

  /// The student's files.
  let own: [Parsed]
  /// The handout's files, one for each part.
  let stubs: [Parsed]
  let parts: [Assignment.Part]
  /// All pieces: first what others may need, and needs nobody; the callers come last.
  let pieces: [Piece]
  private let functions: Set<String>

  init(own: [Parsed], stubs: [Parsed], parts: [Assignment.Part]) {
    (self.own, self.stubs, self.parts) = (own, stubs, parts)
    let functions = Set(parts.flatMap(\.functionNames))
    self.functions = functions
    let helpers = own.indices.filter { own[$0].source.part == nil }
    let files =
      helpers
      + parts.flatMap { part in
        own.indices.filter { own[$0].source.part?.file == part.file }
      }
    let all = files.flatMap { file in
      own[file].declarations.all.indices.map { Piece(file: file, declaration: $0) }
    }
    let isFunction = { (piece: Piece) in
      piece.declaration.map { functions.contains(own[piece.file].declarations.all[$0].name) }
        ?? false
    }
    pieces =
      files.map { Piece(file: $0, declaration: nil) } + all.filter { !isFunction($0) }
      + all.filter(isFunction)
  }

  /// True if the student has a file for each part.
  var isComplete: Bool {
    parts.allSatisfy { part in own.contains { $0.source.path == part.file } }
  }

  /// The pieces of a file.
  func pieces(of file: Int) -> [Piece] { pieces.filter { $0.file == file } }

  /// The pieces of a file that a line, from 1, is in: what is no declaration, if it is in none.
  func pieces(of file: Int, at line: Int) -> [Piece] {
    let all = own[file].declarations.all
    let first = all.partitioningIndex { $0.lines.upperBound >= line }
    let there = all.indices[first...].prefix { all[$0].lines.lowerBound <= line }
    return there.isEmpty
      ? [Piece(file: file, declaration: nil)]
      : there.map { Piece(file: file, declaration: $0) }
  }

  /// The declaration that a piece is; nil for what else is in a file.
  func declaration(_ piece: Piece) -> Declarations.Declaration? {
    piece.declaration.map { own[piece.file].declarations.all[$0] }
  }

  /// The path of a piece's file in the hand-in.
  func path(of piece: Piece) -> String { own[piece.file].source.path }

  /// The function of the task that a piece declares, public or not; nil for a helper.
  func function(_ piece: Piece) -> String? {
    guard let declaration = declaration(piece), declaration.isFunction,
      functions.contains(declaration.name)
    else { return nil }
    return declaration.name
  }

  /// The functions of a part that the stub provides.
  func replaced(in part: Assignment.Part, by choice: Choice) -> [String] {
    let declared = Set(
      choice.kept.filter { declaration($0)?.isPublic == true }.compactMap(function)
    )
    return part.functionNames.filter { choice.overloaded.contains($0) || !declared.contains($0) }
  }

  /// True if anything of a part's own file is used.
  func usesFile(of part: Assignment.Part, in choice: Choice) -> Bool {
    choice.kept.contains { $0.declaration == nil && path(of: $0) == part.file }
  }

  // MARK: Sources

  /// The sources of a choice.
  func sources(of choice: Choice) -> [Builder.Source] {
    var sources: [Builder.Source] = []
    for (part, stub) in zip(parts, stubs) {
      let replaced = replaced(in: part, by: choice)
      if replaced == part.functionNames, !usesFile(of: part, in: choice) {
        sources.append(stub.source)
      } else if !replaced.isEmpty {
        sources.append(partial(stub, of: part, for: Set(replaced), beside: choice))
      }
    }
    for (index, file) in own.enumerated() {
      guard choice.kept.contains(Piece(file: index, declaration: nil)) else { continue }
      let left = file.declarations.all.indices.filter {
        !choice.kept.contains(Piece(file: index, declaration: $0))
      }
      sources.append(Self.source(file, without: Set(left)))
    }
    return sources
  }

  /// The stub's functions that are needed, without what the student's files declare.
  private func partial(
    _ stub: Parsed,
    of part: Assignment.Part,
    for wanted: Set<String>,
    beside choice: Choice
  ) -> Builder.Source {
    let declared = Set(choice.kept.compactMap { declaration($0)?.name })
    let left = stub.declarations.all.indices.filter { index in
      let name = stub.declarations.all[index].name
      return functions.contains(name) ? !wanted.contains(name) : declared.contains(name)
    }
    var source = Self.source(stub, without: Set(left))
    // Beside the file itself, if that is used.
    if let path = RelativePath("handout/\(part.file)") {
      source.file = Submission.File(path: path, content: source.file.content)
      source.part = nil
    }
    return source
  }

  private static func source(_ parsed: Parsed, without left: Set<Int>) -> Builder.Source {
    guard !left.isEmpty else { return parsed.source }
    var source = parsed.source
    source.file = Submission.File(
      path: source.file.path,
      content: parsed.declarations.source(without: left)
    )
    return source
  }
}

extension Assignment.Part {
  /// The names of the functions that it must declare.
  var functionNames: [String] { functions.map { SignatureText(of: $0).name } }

  /// The words on a function that is not as the task declares it.
  func expectation(of function: String, but fact: String) -> String {
    let signature = functions.first { SignatureText(of: $0).name == function } ?? function
    return "\(file): error: expected `public func \(signature)`: \(fact)"
  }
}
