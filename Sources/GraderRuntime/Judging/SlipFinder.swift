import Foundation
import GradeFormats
import GraderCore
import JudgeEvents
import Sandbox
import Synchronization

/// Names the slip behind a wrong answer: the planted mistake that answers every question alike.
struct SlipFinder: Sendable {
  let kit: AssignmentKit
  let suite: HiddenSuite
  let cache: Cache
  let jail: ToolJail
  let limits: GradingLimits
  /// The seed of the inputs on which answers are compared.
  let seed: UInt64
  private let memory = Memory()

  init(
    kit: AssignmentKit,
    suite: HiddenSuite,
    cache: Cache,
    jail: ToolJail,
    limits: GradingLimits,
    seed: UInt64
  ) {
    (self.kit, self.suite, self.cache) = (kit, suite, cache)
    (self.jail, self.limits) = (jail, limits)
    self.seed = seed
  }

  /// The planted mistakes of the assignment, which are read when somebody first needs them.
  func mutants() throws(GraderFault) -> [Mutant] {
    try memory.mutants.withLock { known throws(GraderFault) in
      if let known { return known }
      let mutants = try kit.assignment.mutants()
      known = mutants
      return mutants
    }
  }

  private static let format = "mutant/1"

  /// The sources of the solution with a mutant's slip.
  static func sources(
    of mutant: Mutant,
    in assignment: CourseAssignment
  ) throws(GraderFault) -> [Submission.File] {
    var sources = try assignment.solutionSources()
    guard let index = sources.firstIndex(where: { $0.path.string == mutant.file }),
      let text = mutant.applied(to: String(decoding: sources[index].content, as: UTF8.self))
    else {
      throw GraderFault(
        .broken,
        "Mutant \(mutant.id): the text to replace does not occur exactly once in "
          + "\(mutant.file) of the solution."
      )
    }
    sources[index] = Submission.File(path: sources[index].path, content: Array(text.utf8))
    return sources
  }

  /// Tells whether answers can have a slip behind them: to throw where nobody asks for it is a
  /// function's own business.
  static func canName(_ replies: [JudgeEvent.Reply]) -> Bool {
    !replies.isEmpty && replies.allSatisfy { $0.error == nil || $0.mustThrow }
  }

  /// The only slip that explains all answers of a failed test; nil if none does, or several do.
  ///
  /// `replies` are what the student's code answered, `runner` ran it, `lost` are the tests that
  /// lost points. Which slips come into question shows on inputs that are the same for all
  /// students, so that the mutants' answers to them are known; the last word has the test itself.
  func slip(
    behind replies: [JudgeEvent.Reply],
    of test: Assignment.Test,
    losing lost: Set<String>,
    runner: TestRunner,
    spent: ProcessorTime
  ) throws(GraderFault) -> String? {
    guard Self.canName(replies) else { return nil }
    let known = try answers(to: test, runner: runner, spent: spent)
    guard !known.isEmpty else { return nil }
    // A planted mistake that is tried itself has answered already.
    let itself = memory.programs.withLock { $0[runner.program.executable] }
    let own =
      if let itself, let answers = known[itself] { answers } else {
        try self.replies(of: runner.with(seed: seed), to: test, spent)
      }
    let alike = try mutants().filter { known[$0.id].map { ReplyMatch.areAlike(own, $0) } ?? false }
    guard let first = Mutant.theOne(of: alike, losing: lost) else { return nil }
    if first.id == itself { return first.slip }
    let worker = try program(of: first, spent: spent)
    let answers = try self.replies(of: runner.with(worker: worker), to: test, spent)
    return ReplyMatch.areAlike(replies, answers) ? first.slip : nil
  }

  private func replies(
    of runner: TestRunner,
    to test: Assignment.Test,
    _ spent: ProcessorTime
  ) throws(GraderFault) -> [JudgeEvent.Reply] {
    let run = try runner.run(test, limits: limits.applying(test.limits))
    spent.add(run.worker.cpuSeconds)
    return run.events.compactMap { event in
      if case .replied(let reply) = event { reply } else { nil }
    }
  }

  // MARK: What the mutants answer

  /// Answers to a test's questions by the ids of the mutants.
  typealias Answers = [String: [JudgeEvent.Reply]]

  /// The mutants, the answers known in this process by test, and the mutants' ids by their
  /// programs' paths.
  final class Memory: Sendable {
    fileprivate let mutants = Mutex<[Mutant]?>(nil)
    fileprivate let answers = Mutex<[String: Answers]>([:])
    fileprivate let programs = Mutex<[String: String]>([:])
  }

  /// Tells whether a slip behind a test can be named without building anything first.
  func isPrepared(for test: Assignment.Test) throws(GraderFault) -> Bool {
    if memory.answers.withLock({ $0[test.id] != nil }) { return true }
    return cache.holds(answersKind, key: try answersKey(test))
  }

  private var answersKind: String { "answers-\(kit.assignment.assignment.id)" }

  private func failing(_ test: Assignment.Test) throws(GraderFault) -> [Mutant] {
    try mutants().filter { $0.expect.contains(test.id) }
  }

  private func answersKey(_ test: Assignment.Test) throws(GraderFault) -> String {
    var digest = Digest()
    digest.add(field: Self.format)
    digest.add(field: cache.name(of: suite.bundle))
    digest.add(field: test.method)
    digest.add(field: "\(seed)")
    digest.add(field: try JSONText.encode(limits.applying(test.limits)))
    for mutant in try failing(test) {
      digest.add(field: mutant.id)
      digest.add(field: try programKey(of: mutant).key)
    }
    return digest.hex()
  }

  /// The answers of the mutants that fail a test; asked once per version of the suite.
  func answers(
    to test: Assignment.Test,
    runner: TestRunner,
    spent: ProcessorTime
  ) throws(GraderFault) -> Answers {
    if let known = memory.answers.withLock({ $0[test.id] }) { return known }
    let folder = try cache.artefact(
      answersKind,
      key: try answersKey(test),
      isSecret: true
    ) { folder throws(GraderFault) in
      var answers: Answers = [:]
      for mutant in try failing(test) {
        let worker = try program(of: mutant, spent: spent)
        answers[mutant.id] =
          try replies(of: runner.with(worker: worker, seed: seed), to: test, spent)
      }
      try Files.write(try Self.encoded(answers), to: "\(folder)/answers.json")
    }
    let answers = try Self.decoded(try Files.read("\(folder)/answers.json"), in: folder)
    memory.answers.withLock { $0[test.id] = answers }
    return answers
  }

  private static func encoded(_ answers: Answers) throws(GraderFault) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: JudgeEvent.nonFinite.infinity,
      negativeInfinity: JudgeEvent.nonFinite.negativeInfinity,
      nan: JudgeEvent.nonFinite.nan
    )
    do {
      return [UInt8](try encoder.encode(answers))
    } catch {
      throw GraderFault(.broken, "The answers of planted mistakes cannot be kept: \(error)")
    }
  }

  private static func decoded(_ bytes: [UInt8], in folder: String) throws(GraderFault) -> Answers {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: JudgeEvent.nonFinite.infinity,
      negativeInfinity: JudgeEvent.nonFinite.negativeInfinity,
      nan: JudgeEvent.nonFinite.nan
    )
    do {
      return try decoder.decode(Answers.self, from: Data(bytes))
    } catch {
      throw GraderFault(.damaged("answers.json", in: folder, Misreading(error)))
    }
  }

  // MARK: Programs

  private func programKey(
    of mutant: Mutant
  ) throws(GraderFault) -> (key: String, sources: [Submission.File]) {
    let sources = try Self.sources(of: mutant, in: kit.assignment)
    return (try programKey(of: sources), sources)
  }

  private func programKey(of sources: [Submission.File]) throws(GraderFault) -> String {
    var digest = Digest()
    digest.add(field: Self.format)
    digest.add(field: cache.name(of: kit.folder))
    digest.add(field: try Files.read(kit.workerMain))
    for source in sources {
      digest.add(field: source.path.string)
      digest.add(field: source.content)
    }
    return digest.hex()
  }

  /// A mutant's program, which is built once.
  func program(of mutant: Mutant, spent: ProcessorTime) throws(GraderFault) -> String {
    let (key, sources) = try programKey(of: mutant)
    let path = try program("Mutant \(mutant.id)", of: sources, key: key, spent: spent)
    memory.programs.withLock { $0[path] = mutant.id }
    return path
  }

  /// The solution's program, which is built once.
  func solutionProgram() throws(GraderFault) -> (path: String, sources: [Submission.File]) {
    let sources = try kit.assignment.solutionSources()
    let path = try program(
      "The solution",
      of: sources,
      key: try programKey(of: sources),
      spent: ProcessorTime()
    )
    return (path, sources)
  }

  private func program(
    _ name: String,
    of sources: [Submission.File],
    key: String,
    spent: ProcessorTime
  ) throws(GraderFault) -> String {
    let folder = try cache.artefact(
      "mutant-\(kit.assignment.assignment.id)",
      key: key,
      isSecret: false
    ) { folder throws(GraderFault) in
      let builder = Builder(kit: kit, jail: jail, limits: limits, work: try WorkFolder())
      defer { spent.add(builder.spent.seconds) }
      let build = try PartwiseBuild(
        builder: builder,
        parts: kit.assignment.assignment.parts
      ).run(sources)
      guard let worker = build.worker, build.record.status == .built else {
        throw GraderFault(
          .broken,
          "\(name) does not build.",
          detail: build.record.diagnostics
        )
      }
      try Files.write(try Files.read(worker.executable), to: "\(folder)/worker")
      guard chmod("\(folder)/worker", 0o755) == 0 else {
        throw GraderFault(.cannot(.setMode, "\(folder)/worker", .last))
      }
    }
    return "\(folder)/worker"
  }
}
