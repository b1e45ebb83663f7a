internal import ArgumentParser
internal import Foundation
internal import LectureEngine
internal import LectureExperiments
internal import Synchronization

/// Runs experiments, two at a time, says how far it is, and writes what they found.
struct Session: Sendable {
  private let context: Context
  private let output: String
  private let printsAccounts: Bool

  init(_ context: Context, output: String, printsAccounts: Bool) {
    (self.context, self.output, self.printsAccounts) = (context, output, printsAccounts)
  }

  /// - Throws: `ExitCode.failure` when a number disagrees; what an experiment or a file throws.
  func run(_ experiments: [Experiment]) throws {
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    try prepare(folder)
    Memory.keep()
    let reports = try reports(on: experiments)
    for report in reports {
      if printsAccounts { print("\n" + PlainText.render(report.experiment, report.findings)) }
      for file in report.figureFiles { try write(file.content, file.name, in: folder) }
    }
    try write(Page(reports, setting: context.setting).render(), "index.html", in: folder)
    try conclude(reports, folder)
  }

  /// What the experiments that are under way have come to.
  private struct Progress {
    var rest: [Int]
    var reports: [Int: Report] = [:]
    var failure: (any Error)?
  }

  /// The reports in the order of the experiments.
  ///
  /// Two experiments side by side take less time than one on two threads, whose small steps wait
  /// for each other; further processors help both. The results have the same bits in any case.
  private func reports(on experiments: [Experiment]) throws -> [Report] {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let lanes = min(2, processors, experiments.count)
    Threads.use(processors - lanes + 1)
    let costs = experiments.map { $0.seconds(quick: context.quick) }
    let meter = ProgressMeter(costs)
    // The longest come first, so that both lanes end at nearly the same time.
    let order = experiments.indices.sorted { (costs[$0], $1) < (costs[$1], $0) }
    let progress = Mutex(Progress(rest: order))
    DispatchQueue.concurrentPerform(iterations: lanes) { _ in
      while let index = progress.withLock({ $0.failure == nil ? $0.rest.popLast() : nil }) {
        do {
          let report = try report(on: experiments[index], index, meter)
          progress.withLock { $0.reports[index] = report }
        } catch {
          progress.withLock { $0.failure = $0.failure ?? error }
        }
      }
    }
    return try progress.withLock { progress in
      if let failure = progress.failure { throw failure }
      return experiments.indices.compactMap { progress.reports[$0] }
    }
  }

  private func report(
    on experiment: Experiment,
    _ index: Int,
    _ meter: ProgressMeter
  ) throws -> Report {
    meter.begin(index, name: experiment.name)
    let findings = try experiment.findings(
      context.reporting { meter.update(index, fraction: $0, doing: $1) }
    )
    meter.end(index, name: experiment.name)
    return Report(experiment: experiment, findings: findings)
  }

  /// Makes the folder, and a file in it to see that it can be written: a refusal must come before
  /// the work.
  ///
  /// - Throws: `ValidationError`, which names the folder and the system's reason.
  private func prepare(_ folder: URL) throws {
    let trial = folder.appending(component: ".lecture-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data().write(to: trial)
      try FileManager.default.removeItem(at: trial)
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
      let reason = cause.map { String(cString: strerror(Int32(($0 as NSError).code))) }
      throw ValidationError(
        "--output \(output): no page can be written there (\(reason ?? "the system refused"))."
      )
    }
  }

  private func write(_ content: String, _ name: String, in folder: URL) throws {
    try Data(content.utf8).write(to: folder.appending(component: name), options: .atomic)
  }

  private func conclude(_ reports: [Report], _ folder: URL) throws {
    let page = folder.appending(component: "index.html").path(percentEncoded: false)
    print("page: \(page)")
    let faults = reports.filter { $0.faults > 0 }
    guard !faults.isEmpty else { return }
    for report in faults {
      print("\(report.experiment.name): \(report.faults) numbers disagree")
      let rows = report.findings.comparisons.filter(\.agreement.isFault)
      let lines = rows.map { ["", $0.what, $0.expected ?? "", $0.measured] }
      print(PlainText.columns(lines).joined(separator: "\n"))
    }
    throw ExitCode.failure
  }
}
