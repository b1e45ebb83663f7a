import Foundation
import GraderCore
import JudgeEvents

/// Names the slip behind a wrong answer: the planted mistake that answers every question alike.
struct SlipFinder: Sendable {
  let kit: AssignmentKit
  let cache: Cache
  let jail: CompilerJail
  let limits: GradingLimits
  let mutants: [Mutant]

  private static let format = "mutant/1"

  /// The sources of the solution with a mutant's slip.
  static func sources(
    of mutant: Mutant,
    in assignment: CourseAssignment
  ) throws(GraderFault) -> [(path: String, bytes: [UInt8])] {
    var sources = try assignment.solutionSources()
    guard let index = sources.firstIndex(where: { $0.path == mutant.file }),
      let text = mutant.applied(to: String(decoding: sources[index].bytes, as: UTF8.self))
    else {
      throw GraderFault(
        .broken,
        "Mutant \(mutant.id): the text to replace does not occur exactly once in "
          + "\(mutant.file) of the solution."
      )
    }
    sources[index].bytes = Array(text.utf8)
    return sources
  }

  /// The only slip that explains all answers of a failed test; nil if none does, or several do.
  ///
  /// `replies` are what the student's code answered, `runner` ran it.
  func slip(
    behind replies: [JudgeEvent.Reply],
    of test: Assignment.Test,
    runner: TestRunner
  ) throws(GraderFault) -> String? {
    guard !replies.isEmpty, replies.allSatisfy({ $0.error == nil }) else { return nil }
    var found: Set<String> = []
    for mutant in mutants where mutant.expect.contains(test.id) {
      let run = try runner.with(worker: try worker(of: mutant)).run(
        test,
        limits: limits.applying(test.limits)
      )
      let answers = run.events.compactMap { event -> JudgeEvent.Reply? in
        if case .replied(let reply) = event { reply } else { nil }
      }
      if ReplyMatch.areAlike(replies, answers) { found.insert(mutant.slip) }
    }
    return found.count == 1 ? found.first : nil
  }

  /// A mutant's program, which is built once.
  private func worker(of mutant: Mutant) throws(GraderFault) -> String {
    let sources = try Self.sources(of: mutant, in: kit.assignment)
    var digest = Digest()
    digest.add(field: Self.format)
    digest.add(field: kit.folder)
    digest.add(field: try Files.read(kit.workerMain))
    for source in sources {
      digest.add(field: source.path)
      digest.add(field: source.bytes)
    }
    let folder = try cache.artefact(
      "mutant-\(kit.assignment.assignment.id)",
      key: digest.hex(),
      isSecret: false
    ) { folder throws(GraderFault) in
      let builder = Builder(kit: kit, jail: jail, limits: limits, work: try WorkFolder())
      let build = try PartwiseBuild(
        builder: builder,
        parts: kit.assignment.assignment.parts
      ).run(sources)
      guard let worker = build.worker, build.record.status == .built else {
        throw GraderFault(
          .broken,
          "Mutant \(mutant.id) does not build:\n\(build.record.diagnostics)"
        )
      }
      try Files.write(try Files.read(worker.executable), to: "\(folder)/worker")
      guard chmod("\(folder)/worker", 0o755) == 0 else {
        throw GraderFault(.temporary, "Cannot set the mode of \(folder)/worker.")
      }
    }
    return "\(folder)/worker"
  }
}
