internal import JudgeEvents

/// The places where the task's functions are declared in a student's files, as far as words tell.
package struct FunctionPlaces: Sendable {
  private let places: [String: Grade.Place]
  private let parts: [Assignment.Part]

  /// Reads a student's files.
  ///
  /// Of several functions of a name the module's own counts before those in types and within
  /// others, the one with the task's labels before its overloads, and that of the own file first.
  package init(of parts: [Assignment.Part], in files: [(path: String, content: [UInt8])]) {
    self.parts = parts
    var places: [String: Grade.Place] = [:]
    let declared = files.map { ($0.path, FunctionNames($0.content).declarations) }
    for part in parts {
      let ordered = declared.filter { $0.0 == part.file } + declared.filter { $0.0 != part.file }
      for signature in part.functions.map(SignatureText.init) {
        let found = ordered.flatMap { path, declarations in
          declarations.filter { $0.name == signature.name }.map { (path, $0) }
        }
        // Of equals the first.
        let best = found.min { Self.rank($0.1, signature) < Self.rank($1.1, signature) }
        places[signature.name] = best.map { Grade.Place(file: $0.0, line: $0.1.line) }
      }
    }
    self.places = places
  }

  private static func rank(
    _ declaration: FunctionNames.Declaration,
    _ wanted: SignatureText
  ) -> Int {
    let isOther = SignatureText(of: declaration.signature).fullName != wanted.fullName
    return (declaration.depth == 0 ? 0 : 2) + (isOther ? 1 : 0)
  }

  /// The place of the function that lost a test's points: where the worker ended in it, else the
  /// first that was asked, one of the test's own part before all others.
  package func place(of judged: JudgedTest) -> Grade.Place? {
    let judgement = judged.judgement
    if let function = judgement.function { return places[function] }
    let own = parts.first { $0.name == judged.test.part }?.functions
      .map { SignatureText(of: $0).name }
    let asked = judgement.replies.map(\.function)
    let first = asked.first { own?.contains($0) ?? false } ?? asked.first
    return first.flatMap { places[$0] }
  }
}
