internal import JudgeEvents

/// The places where the task's functions are declared in a student's files, as far as words tell.
package struct FunctionPlaces: Sendable {
  private let places: [String: Grade.Place]
  private let parts: [Assignment.Part]

  /// Reads a student's files; a function's own file counts before all others.
  package init(of parts: [Assignment.Part], in files: [(path: String, content: [UInt8])]) {
    self.parts = parts
    var places: [String: Grade.Place] = [:]
    let declared = files.map { ($0.path, FunctionNames($0.content).lines) }
    for part in parts {
      let ordered = declared.filter { $0.0 == part.file } + declared.filter { $0.0 != part.file }
      for signature in part.functions {
        let name = SignatureText(of: signature).name
        let first = ordered.first { $0.1[name[...]] != nil }
        places[name] = first.map { Grade.Place(file: $0.0, line: $0.1[name[...]]) }
      }
    }
    self.places = places
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
