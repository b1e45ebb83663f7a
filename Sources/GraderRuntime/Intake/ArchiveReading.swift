import GraderCore
import Sandbox

/// The jailed reader, and the assignments that an archive may belong to.
struct ArchiveReading: Sendable {
  let reader: ArchiveReader
  let known: [IntakeAssignment]

  static func fault(_ fault: ReaderFault) -> GraderFault {
    GraderFault(
      .unavailable,
      "The reader of archives ended with status \(fault.status).",
      remedy: "Run `grader doctor` to see what is missing."
    )
  }

  func ask(
    about archive: Archive,
    _ limits: IntakeLimits
  ) throws(GraderFault) -> ReaderAnswer {
    let outcome = try reader.ask(
      ReaderRequest(known.map(\.handIn), limits: limits).text,
      about: archive.content,
      outputCap: Int(limits.listingBytes) + 1,
      within: .archive
    )
    return ReaderAnswer(
      output: outcome.standardOutput.bytes,
      end: ReaderEnd(outcome),
      limits: limits
    )
  }

  func result(_ archive: Archive, chosen: String?) throws(GraderFault) -> IntakeResult {
    let limits = IntakeLimits()
    switch try ask(about: archive, limits) {
    case .listing(let listing):
      return resolve(
        listing,
        fileName: archive.name,
        assignments: known,
        chosen: chosen,
        limits: limits
      )
    case .problem(let problem): return .refused(problem, IntakeReport())
    case .fault(let fault): throw Self.fault(fault)
    }
  }
}
