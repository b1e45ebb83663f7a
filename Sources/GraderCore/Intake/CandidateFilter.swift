/// Tells which entries of an archive could be listed files, before its top folder is known.
package struct CandidateFilter: Sendable {
  /// The closeness of an entry's place to the lists.
  package enum Fit: Sendable {
    /// The end of the path is a listed path: the file itself, under any top folder.
    case place
    /// Only the name is one that is listed, or ends as a pattern does.
    case name
  }

  // All in lower case: `forward.swift` may be a `Forward.swift` that needs repair.
  private let required: Set<String>
  private let names: Set<String>
  private let patterns: [PathPattern]
  private let suffixes: [String]

  package init(_ request: ReaderRequest) {
    required = Set(request.required.map { $0.string.lowercased() })
    names = Set(request.required.map { $0.name.lowercased() })
    patterns = request.patterns.compactMap { PathPattern($0.string.lowercased()) }
    suffixes = patterns.map(\.suffix)
  }

  /// The way in which the entry could be a listed file; nil when it is none.
  package func fit(of path: RelativePath) -> Fit? {
    let name = path.name.lowercased()
    guard names.contains(name) || suffixes.contains(where: name.hasSuffix) else { return nil }
    let lowered = path.string.lowercased()
    guard let whole = RelativePath(lowered) else { return nil }
    for start in whole.components.indices {
      guard let rest = RelativePath(components: whole.components[start...]) else { continue }
      if required.contains(rest.string) || patterns.contains(where: { $0.matches(rest) }) {
        return .place
      }
    }
    return .name
  }
}
