import Foundation
import GraderCore
import Sandbox

/// Reads an archive in the jail and decides what of it is graded.
struct IntakeStep: Sendable {
  let course: Course
  let machine: Machine
  /// All assignments in order.
  private let readable: [Candidate]
  /// What is wrong with the first assignment that cannot be read: a teacher's unfinished one must
  /// not stop the grading of the others.
  private let broken: GraderFault?

  /// A step that has read all assignments, for as many archives as there are.
  init(course: Course, machine: Machine) {
    self.course = course
    self.machine = machine
    var readable: [Candidate] = []
    var broken: GraderFault?
    for id in course.assignmentIDs {
      do throws(GraderFault) {
        let assignment = try course.assignment(id)
        readable.append((assignment, try Self.handout(of: assignment)))
      } catch {
        broken = broken ?? error
      }
    }
    self.readable = readable
    self.broken = broken
  }

  /// What may be graded.
  struct Accepted: Sendable {
    var assignment: CourseAssignment
    /// All files that were kept, answers in words included.
    var files: [(path: String, bytes: [UInt8])]
    /// The student's Swift files.
    var sources: [(path: String, bytes: [UInt8])] {
      files.filter { $0.path.hasSuffix(".swift") }
    }
    /// SHA-256 over all files that were kept.
    var digest: String
    var record: Grade.IntakeRecord
  }

  /// Why nothing can be graded.
  struct Refusal: Sendable {
    var message: String
    var record: Grade.IntakeRecord
  }

  enum Outcome: Sendable {
    case accepted(Accepted)
    case refused(Refusal)
  }

  /// Seconds of processor time and of wall time that reading an archive may take.
  private static let (cpuSeconds, wallSeconds) = (20, 60.0)

  func run(_ archive: Archive, chosen: String?) throws(GraderFault) -> Outcome {
    if let chosen { _ = try course.assignment(chosen) }
    if readable.isEmpty, let broken { throw broken }
    let limits = IntakeLimits()
    let request = ReaderRequest(readable.map(\.assignment.handIn), limits: limits)
    let known = readable.map { candidate in
      IntakeAssignment(
        id: candidate.assignment.assignment.id,
        handIn: candidate.assignment.handIn,
        handout: candidate.handout
      )
    }
    let result: IntakeResult =
      switch try read(archive, request: request) {
      case .listing(let listing):
        resolve(
          listing,
          fileName: archive.name,
          assignments: known,
          chosen: chosen,
          limits: limits
        )
      case .problem(let problem): .refused(problem, IntakeReport())
      case .fault(let fault):
        throw GraderFault(
          .unavailable,
          "The reader of archives ended with status \(fault.status).",
          remedy: "Run `grader doctor` to see what is missing."
        )
      }
    switch result {
    case .refused(let problem, let report):
      // It may belong to an assignment that cannot be read: our fault, not the student's.
      if let broken { throw broken }
      return .refused(
        Refusal(message: IntakeText.student(problem), record: record(report, files: []))
      )
    case .accepted(let submission, let report):
      let isChosen = { (candidate: Candidate) in
        candidate.assignment.assignment.id == submission.assignment
      }
      guard let chosen = readable.first(where: isChosen) else {
        throw GraderFault(.broken, "Intake chose \(submission.assignment), which does not exist.")
      }
      return .accepted(accepted(submission, report, chosen.assignment))
    }
  }

  /// An assignment that the archive may belong to, and its handout's files.
  private typealias Candidate = (assignment: CourseAssignment, handout: [RelativePath: [UInt8]])

  /// Changes with all that decides what intake makes of an archive.
  func policyDigest() throws(GraderFault) -> String {
    var digest = Digest()
    digest.add(field: "intake/1")
    for candidate in readable {
      digest.add(field: candidate.assignment.assignment.id)
      digest.add(field: try Files.read("\(candidate.assignment.handout)/handin.txt"))
      for (path, bytes) in candidate.handout.sorted(by: { $0.key < $1.key }) {
        digest.add(field: path.string)
        digest.add(field: bytes)
      }
    }
    return digest.hex()
  }

  // MARK: Reading

  private func read(
    _ archive: Archive,
    request: ReaderRequest
  ) throws(GraderFault) -> ReaderAnswer {
    let descriptor = open(archive.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw GraderFault(
        .usage,
        "Cannot open \(archive.path): \(String(cString: strerror(errno)))."
      )
    }
    defer { close(descriptor) }
    let rules = try PrivateFile(Array(request.text.utf8))
    let command = Command(
      executable: machine.intakeReader,
      environment: ["LC_ALL": "C.UTF-8"],
      standardInput: .descriptor(descriptor),
      passedDescriptors: [rules.descriptor],
      outputCap: Int(request.limits.listingBytes) + 1
    )
    let outcome = try machine.jail.demand(
      command,
      policy: Self.policy,
      deadline: Self.wallSeconds
    )
    return ReaderAnswer(
      output: outcome.standardOutput.bytes,
      end: ReaderEnd(outcome),
      limits: request.limits
    )
  }

  static var policy: JailPolicy {
    JailPolicy(
      filter: .reader,
      executable: ["/usr/lib", "/lib", "/lib64", "/usr/lib64", "/etc/ld.so.cache"]
        .filter(Files.exists),
      limits: Limits(
        cpuSeconds: cpuSeconds,
        addressSpaceBytes: 1 << 30,
        fileSizeBytes: 0,
        descriptors: 32
      )
    )
  }

  // MARK: Results

  private func accepted(
    _ submission: Submission,
    _ report: IntakeReport,
    _ assignment: CourseAssignment
  ) -> Accepted {
    var digest = Digest()
    digest.add(field: submission.assignment)
    for file in submission.files {
      digest.add(field: file.path.string)
      digest.add(field: file.content)
    }
    return Accepted(
      assignment: assignment,
      files: submission.files.map { ($0.path.string, $0.content) },
      digest: digest.hex(),
      record: record(report, files: submission.files)
    )
  }

  private func record(_ report: IntakeReport, files: [Submission.File]) -> Grade.IntakeRecord {
    Grade.IntakeRecord(
      format: report.layout.map { String($0.description.dropFirst()) },
      kept: files.map {
        Grade.KeptFile(
          path: $0.path.string,
          bytes: $0.content.count,
          digest: "sha256:\(Digest.hex(of: $0.content))"
        )
      },
      ignored: Dictionary(
        uniqueKeysWithValues: report.ignored.map { ("\($0.key)", Int($0.value.count)) }
      ),
      repaired: report.repaired.map { IntakeText.student($0) },
      missing: report.missing.map(\.string),
      notes: report.notes.compactMap { IntakeText.student($0) }
    )
  }

  private static func handout(
    of assignment: CourseAssignment
  ) throws(GraderFault) -> [RelativePath: [UInt8]] {
    var files: [RelativePath: [UInt8]] = [:]
    for path in assignment.handIn.required {
      files[path] = try Files.read("\(assignment.handout)/\(path)")
    }
    return files
  }
}

extension ReaderEnd {
  init(_ outcome: Sandbox.Outcome) {
    switch outcome.ending {
    case _ where outcome.stoppedByDeadline: self = .wallClock
    case .signaled(SIGXCPU): self = .processorTime
    case .signaled(let signal): self = .signalled(signal)
    case .exited(let code): self = .exited(code)
    }
  }
}
