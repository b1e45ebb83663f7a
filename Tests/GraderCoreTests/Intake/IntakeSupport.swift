import GraderCore
import Testing

/// Files of an archive, with their content where it matters.
struct Files: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  static let content = "stub"
  private(set) var all: [(name: String, content: String)]

  init(arrayLiteral names: String...) { all = names.map { ($0, Self.content) } }

  init(dictionaryLiteral files: (String, String)...) { all = files.map { ($0.0, $0.1) } }

  subscript(name: String) -> String? {
    get { all.first { $0.name == name }?.content }
    set {
      all.removeAll { $0.name == name }
      if let newValue { all.append((name, newValue)) }
    }
  }
}

func path(_ string: String) throws -> RelativePath { try #require(RelativePath(string)) }

/// Three assignments; the first and the last share the name of a file.
func course() throws -> [IntakeAssignment] {
  let lists = [
    "a1": "required Sources/M/A.swift\nrequired Sources/M/B.swift\nrequired Notes.md\n"
      + "pattern Sources/M/**.swift",
    "a2": "required Sources/N/A.swift\nrequired Answers.md\npattern Sources/N/**.swift",
    "a3": "required Sources/O/C.swift\nrequired Notes.md\npattern Sources/O/**.swift",
  ]
  return try lists.sorted { $0.key < $1.key }.map {
    IntakeAssignment(id: $0.key, handIn: try HandIn(parsing: $0.value))
  }
}

func listing(_ files: Files) throws -> ArchiveListing {
  var listing = ArchiveListing()
  listing.layout = ArchiveLayout(.tar, .gzip)
  listing.totals.entries = UInt64(files.all.count)
  listing.candidates = try files.all.map {
    ArchiveEntry(path: try path($0.name), content: Array($0.content.utf8))
  }
  return listing
}

func resolve(_ files: Files, chosen: String? = nil) throws -> IntakeResult {
  GraderCore.resolve(try listing(files), assignments: try course(), chosen: chosen)
}

extension IntakeResult {
  var submission: Submission? {
    guard case .accepted(let submission, _) = self else { return nil }
    return submission
  }

  var kept: [String]? { submission?.files.map(\.path.string) }

  var problem: IntakeProblem? {
    guard case .refused(let problem, _) = self else { return nil }
    return problem
  }

  var report: IntakeReport {
    switch self {
    case .accepted(_, let report), .refused(_, let report): report
    }
  }
}
