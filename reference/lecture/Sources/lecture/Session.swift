internal import ArgumentParser
internal import Foundation
internal import LectureEngine
internal import LectureExperiments

/// Runs experiments one after the other, says how far it is, and writes what they found.
struct Session {
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
    // The same bits as on one thread, sooner.
    Threads.use(ProcessInfo.processInfo.activeProcessorCount)
    Memory.keep()

    let meter = ProgressMeter(experiments.map { $0.seconds(quick: context.quick) })
    var reports: [Report] = []
    for (index, experiment) in experiments.enumerated() {
      meter.begin(index, name: experiment.name)
      let findings = try experiment.findings(
        context.reporting { meter.update(index, fraction: $0, doing: $1) }
      )
      meter.end(index, name: experiment.name)
      let report = Report(experiment: experiment, findings: findings)
      reports.append(report)
      if printsAccounts { print("\n" + PlainText.render(experiment, findings)) }
      for file in report.figureFiles { try write(file.content, file.name, in: folder) }
    }
    try write(Page(reports, setting: context.setting).render(), "index.html", in: folder)
    try conclude(reports, folder)
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
