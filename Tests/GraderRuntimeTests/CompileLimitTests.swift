import Foundation
import GraderCore
import Sandbox
import Testing

@testable import GraderRuntime

/// Each limit of the compiler holds, and the record of the build says which one it was.
///
/// A stand-in for the compiler misbehaves: code that makes the real one do so would be a weapon.
@Suite(.serialized) struct CompileLimitTests {
  /// The batch-norm assignment, built by a stand-in that is the real compiler otherwise.
  private struct Laboratory {
    let folder: Folder
    let kit: AssignmentKit
    let jail: ToolJail

    init() throws {
      folder = try Folder()
      let bin = "\(folder.path)/bin"
      try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
      let standIn = "\(bin)/swift-frontend"
      try FileManager.default.copyItem(atPath: try Machine.helper("stand-in"), toPath: standIn)
      try FileManager.default.createSymbolicLink(
        atPath: "\(standIn).real",
        withDestinationPath: try Toolchain.find().frontend
      )
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
      let course = try Course.find(explicit: root)
      let cache = try Cache.find()
      let toolchain = try Toolchain.find(frontend: standIn)
      kit = try AssignmentKit(
        try course.assignment("a1-batch-norm"),
        runtime: try Runtime(course: course, toolchain: toolchain, cache: cache),
        cache: cache
      )
      let machine = try Machine.detect(.strongest, cache: cache)
      jail = ToolJail(jail: machine.jail, toolchain: toolchain)
    }

    /// Builds the solution, some of whose files make the stand-in misbehave.
    func build(
      _ order: String,
      in files: [String],
      limits change: (inout GradingLimits) -> Void = { _ in }
    ) throws -> (outcome: PartwiseBuild.Outcome, processorSeconds: Double) {
      var limits = GradingLimits()
      change(&limits)
      let mark = Array("\n// stand-in: \(order)\n".utf8)
      let sources = try kit.assignment.solutionSources().map { file in
        let isMarked = files.contains(file.path.name)
        return Submission.File(path: file.path, content: file.content + (isMarked ? mark : []))
      }
      let builder = Builder(kit: kit, jail: jail, limits: limits, work: try WorkFolder())
      let build = PartwiseBuild(builder: builder, parts: kit.assignment.assignment.parts)
      return (try build.run(sources), builder.spent.seconds)
    }
  }

  private static let closed = "Sources/BatchNorm/ClosedForm.swift"

  private func expectBlocked(because reason: String, in outcome: PartwiseBuild.Outcome) {
    let blocked = outcome.record.parts.filter { $0.status == .blocked }
    #expect(blocked.map(\.file) == [Self.closed])
    #expect(blocked.first?.message == "\(Self.closed): error: \(reason)")
    #expect(outcome.worker != nil)
  }

  @Test func standInIsTheRealCompilerOtherwise() throws {
    let (outcome, _) = try Laboratory().build("spin", in: [])
    #expect(outcome.record.status == .built)
  }

  @Test func processorTime() throws {
    let (outcome, seconds) = try Laboratory().build("spin", in: ["ClosedForm.swift"]) {
      $0.compileCPUSeconds = 3
    }
    expectBlocked(
      because: "compiling took more than 3 s of processor time; simplify long expressions",
      in: outcome
    )
    #expect(seconds < 60)
  }

  @Test func wallTime() throws {
    let (outcome, seconds) = try Laboratory().build("sleep", in: ["ClosedForm.swift"]) {
      $0.compileWallSeconds = 9
    }
    expectBlocked(because: "compiling took longer than 9 s", in: outcome)
    #expect(seconds < 60)
  }

  @Test func memory() throws {
    let (outcome, _) = try Laboratory().build("eat", in: ["ClosedForm.swift"]) {
      $0.compileMemoryMiB = 900
    }
    expectBlocked(
      because: "compiling took more than 900 MiB of memory; make the file smaller",
      in: outcome
    )
  }

  @Test func crash() throws {
    let (outcome, _) = try Laboratory().build("crash", in: ["ClosedForm.swift"])
    expectBlocked(because: "the compiler crashed on this code (signal 6)", in: outcome)
  }

  @Test func output() throws {
    let (outcome, _) = try Laboratory().build("flood", in: ["ClosedForm.swift"]) {
      $0.outputBytes = 2_000
    }
    let blocked = outcome.record.parts.filter { $0.status == .blocked }
    #expect(blocked.map(\.file) == [Self.closed])
    #expect(outcome.record.diagnostics.utf8.count < 4_000)
  }

  /// Whoever kills the compiler, it is not the student.
  @Test func killedOnce() throws {
    let laboratory = try Laboratory()
    let disturber = Disturber(of: laboratory.jail.toolchain.frontend, signals: [SIGKILL])
    let (outcome, _) = try disturber.during {
      try laboratory.build("nap", in: ["ClosedForm.swift"])
    }
    #expect(outcome.record.status == .built)
  }

  @Test func killedAgainAndAgain() throws {
    let laboratory = try Laboratory()
    let disturber = Disturber(of: laboratory.jail.toolchain.frontend, always: SIGKILL)
    #expect(throws: GraderFault(.disturbed("The toolchain's swift-frontend", .killed))) {
      try disturber.during { try laboratory.build("nap", in: ["ClosedForm.swift"]) }
    }
  }

  /// In all files, at whose ends the last functions stand.
  @Test func searchEnds() throws {
    let laboratory = try Laboratory()
    let parts = laboratory.kit.assignment.assignment.parts
    let files = parts.map { ($0.file as NSString).lastPathComponent }
    let (outcome, seconds) = try laboratory.build("spin", in: files) { $0.compileCPUSeconds = 2 }
    #expect(outcome.record.status == .partial)
    for (part, record) in zip(parts, outcome.record.parts) {
      #expect(record.status == (part.functions.count > 1 ? .partial : .blocked), "\(part.name)")
      let last = part.functions.last.map { SignatureText(of: $0).name }
      if let functions = record.functions { #expect(functions.map(\.name) == [last]) }
    }
    #expect(seconds < 120)
  }
}
