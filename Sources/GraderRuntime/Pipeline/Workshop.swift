import Foundation
package import GraderCore
import Synchronization

/// The one door from archives to grades: takes archives of a course in, and grades them.
///
/// What they share is prepared once, when it is first needed; several threads may grade at once.
package final class Workshop: Sendable {
  /// The course whose homework is graded.
  package let course: Course
  /// The machine that holds untrusted code.
  package let machine: Machine
  /// The time that the phases of all work in it took.
  package let phases = PhaseTimes()
  private let cache: Cache
  private let assignments: AssignmentShelf
  private let intake: IntakeStep
  private let gradings = Mutex<[String: Result<Grading, GraderFault>]>([:])
  private let prepared = Mutex<Set<String>>([])
  private let proofs = Mutex<[String: Result<Void, GraderFault>]>([:])
  private let fingerprints = Mutex<[String: SuiteFingerprints]>([:])
  private let keys = Mutex<[String: Result<KeyParts, GraderFault>]>([:])

  /// The grader's version.
  package static let version = "0.2"

  /// A workshop in which nothing is prepared yet.
  package init(course: Course, machine: Machine, cache: Cache) {
    self.course = course
    self.machine = machine
    self.cache = cache
    assignments = AssignmentShelf(of: course)
    intake = IntakeStep(assignments: assignments, machine: machine)
  }

  /// The caller's choices about a run.
  package struct Options: Sendable {
    /// The tests' seed; derived from suite and submission if nil.
    package var seed: UInt64?
    /// The number of tests that run at once.
    package var jobs: Int
    /// Results that still stand, by test; these tests are not run.
    package var known: [String: Grade.TestResult] = [:]
    /// The most that names of slips may cost.
    package var naming = NamingBudget()
    /// The most questions in search of small inputs on which functions are wrong.
    package var exampleQuestions = CounterexampleSearch.usualQuestions
    /// For those who grade many, the number of planted mistakes that are built at once before the
    /// first grade, so that all that naming needs is prepared; nil if nothing is.
    package var preparationJobs: Int?
    /// True if what the compiler makes of hand-ins is kept, for those who may grade them again.
    package var keepsObjects = false
    /// Told of what takes long.
    package var progress: @Sendable (String) -> Void = { _ in }

    /// These choices.
    package init(seed: UInt64? = nil, jobs: Int? = nil) {
      self.seed = seed
      self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    }
  }

  /// Reads an archive in the jail.
  ///
  /// It belongs to the assignment `chosen`, or to that which its content tells.
  package func takeIn(_ archive: Archive, chosen: String?) throws(GraderFault) -> TakenIn {
    try phases.measure(.intake) { () throws(GraderFault) in
      try intake.run(archive, chosen: chosen)
    }
  }

  /// Sorts what somebody handed in in several pieces, the oldest first, into hand-ins, the latest
  /// first.
  ///
  /// See `JoinedPieces`.
  package func sort(
    _ pieces: [HandInPiece],
    chosen: String?,
    isOneAttempt: Bool
  ) throws(GraderFault) -> [JoinedPieces] {
    try intake.sort(pieces, chosen: chosen, isOneAttempt: isOneAttempt)
  }

  /// Grades what was taken in.
  ///
  /// - Throws: `GraderFault` when the fault is ours; whatever the student did is in the grade.
  package func grade(
    _ taken: TakenIn,
    options: Options = Options()
  ) throws(GraderFault) -> Grade {
    switch taken.outcome {
    case .refused(let message):
      let assignment = try taken.chosen.map { id throws(GraderFault) in
        try assignments.assignment(id)
      }
      return Grade(
        of: taken,
        refused: message,
        assignment: assignment,
        machine: machine,
        seed: options.seed
      ).capped
    case .accepted(let assignment, let files):
      let grading = try phases.measure(.preparation) { () throws(GraderFault) in
        let ready = try self.grading(of: assignment)
        try prove(ready)
        if let jobs = options.preparationJobs {
          prepare(assignment, jobs: jobs, options.progress)
        }
        return ready
      }
      return try grading.grade(taken, files, options: options, phases: phases).capped
    }
  }

  // MARK: What names depend on

  /// Builds and asks ahead all planted mistakes that naming slips of an assignment may need.
  ///
  /// - Parameters:
  ///   - id: The assignment's.
  ///   - jobs: The number of planted mistakes that are built at once.
  ///   - progress: Told now and then how far it is.
  /// - Throws: `GraderFault` if something is wrong with a planted mistake or this machine.
  package func prepare(
    _ id: String,
    jobs: Int,
    progress: @escaping @Sendable (String) -> Void
  ) throws(GraderFault) {
    let grading = try grading(of: try assignments.assignment(id))
    try prove(grading)
    try grading.prepare(jobs: jobs, progress: progress)
  }

  /// Prepares an assignment once, while others that need it wait; grades do without if it fails.
  private func prepare(
    _ assignment: CourseAssignment,
    jobs: Int,
    _ progress: @escaping @Sendable (String) -> Void
  ) {
    prepared.withLock { known in
      let id = assignment.assignment.id
      guard known.insert(id).inserted else { return }
      do throws(GraderFault) {
        try prepare(id, jobs: jobs, progress: progress)
      } catch {
        progress("Slips of \(id) may stay unnamed: \(error.summary)")
      }
    }
  }

  // MARK: What grades depend on

  /// Changes with all that decides what intake makes of an archive.
  private var intakePolicy: String { intake.policyDigest }

  /// The same for archives of an assignment that was named, or of any.
  package func intakePolicy(chosen: String?) -> String { "\(intakePolicy) \(chosen ?? "")" }

  /// The digest of all that a grade of some files depends on: the files, the suite with all that
  /// stands beside it in the course, the toolchain, the jail, the rule of seeds and what was asked
  /// for.
  ///
  /// `suite` is the digest of the suite, by default of the course's own.
  package func key(
    submission: (assignment: String, digest: String),
    seed: UInt64?,
    suite: String? = nil
  ) throws(GraderFault) -> String {
    let parts = try keyParts(of: submission.assignment)
    var digest = Digest()
    digest.add(field: "grade/2")
    digest.add(field: Self.version)
    digest.add(field: submission.assignment)
    digest.add(field: submission.digest)
    digest.add(field: suite ?? parts.suite)
    digest.add(field: parts.toolchain)
    digest.add(field: SuiteDigests.seedRule)
    digest.add(field: machine.record.level)
    digest.add(field: seed.map { "\($0)" } ?? "")
    return digest.hex()
  }

  /// The key of an archive that cannot be read.
  package func key(
    refusedArchive digest: String,
    name: String,
    assignment: String?
  ) -> String {
    var key = Digest()
    key.add(field: "refusal/1")
    key.add(field: digest)
    key.add(field: name)
    key.add(field: intakePolicy)
    key.add(field: assignment ?? "")
    return key.hex()
  }

  /// The fingerprints of all that each test of an assignment depends on.
  package func fingerprints(of id: String) throws(GraderFault) -> SuiteFingerprints {
    let toolchain = try keyParts(of: id).toolchain
    return try fingerprints.withLock { known throws(GraderFault) in
      if let fingerprints = known[id] { return fingerprints }
      let made = try SuiteFingerprints(try assignments.assignment(id), toolchain: toolchain)
      known[id] = made
      return made
    }
  }

  /// An assignment of the course, which is read once.
  package func assignment(_ id: String) throws(GraderFault) -> CourseAssignment {
    try assignments.assignment(id)
  }

  // MARK: What is prepared once

  /// The digests of what grades of an assignment are made with.
  package struct KeyParts: Sendable {
    /// The hidden suite's, with all that stands beside it.
    package var suite: String
    /// The suite's name for students.
    package var fingerprint: String
    /// The toolchain's.
    package var toolchain: String
  }

  /// See `KeyParts`.
  package func keyParts(of id: String) throws(GraderFault) -> KeyParts {
    try keys.withLock { known in
      if let result = known[id] { return result }
      let result = Result<KeyParts, GraderFault> { () throws(GraderFault) in
        let suite = try assignments.assignment(id).suiteDigests()
        return KeyParts(
          suite: suite.name,
          fingerprint: suite.fingerprint,
          toolchain: try Toolchain.find().facts(in: cache).key
        )
      }
      known[id] = result
      return result
    }.get()
  }

  /// Makes sure that this machine grades an assignment rightly, before anybody is graded.
  package func prove(_ id: String) throws(GraderFault) {
    try prove(try grading(of: try assignments.assignment(id)))
  }

  /// Tries once in this process whether the solution gets what it should, unless an earlier one has
  /// with the same artefacts; the second to ask waits for the first.
  private func prove(_ grading: Grading) throws(GraderFault) {
    try proofs.withLock { known in
      let id = grading.assignment.assignment.id
      if let result = known[id] { return result }
      let proof = cache.proof(of: grading.artefacts)
      if cache.holds(proof) { return .success(()) }
      let result = Result<Void, GraderFault> { () throws(GraderFault) in try grading.prove() }
      if case .success = result { cache.remember(proof) }
      if case .failure(let fault) = result, fault.kind == .temporary { return result }
      known[id] = result
      return result
    }.get()
  }

  /// The means of grading an assignment's archives; the second to ask waits for the first.
  ///
  /// A fault that may pass is forgotten.
  func grading(of assignment: CourseAssignment) throws(GraderFault) -> Grading {
    try gradings.withLock { known in
      let id = assignment.assignment.id
      if let result = known[id] { return result }
      let result = Result<Grading, GraderFault> { () throws(GraderFault) in
        try Grading(assignment, course: course, machine: machine, cache: cache)
      }
      if case .failure(let fault) = result, fault.kind == .temporary { return result }
      known[id] = result
      return result
    }.get()
  }
}
