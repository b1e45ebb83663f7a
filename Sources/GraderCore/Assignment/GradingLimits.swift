/// The limits of a build, a test and a submission.
package struct GradingLimits: Codable, Equatable, Sendable {
  /// CPU time of one compiler job, in seconds.
  package var compileCPUSeconds = 30
  /// Wall time of one compiler job, in seconds.
  package var compileWallSeconds = 60
  /// Address space of one compiler job, in MiB.
  package var compileMemoryMiB = 4096
  /// CPU time of one test's worker, in seconds.
  package var testCPUSeconds = 5
  /// Wall time of one test, in seconds.
  package var testWallSeconds = 10
  /// Memory of one test's worker, in MiB.
  package var testMemoryMiB = 512
  /// The part of each output stream that is kept, in bytes.
  package var outputBytes = 64 << 10
  /// Wall time of all tests of a submission, in seconds; what is left then is not run.
  package var submissionWallSeconds = 120

  /// The defaults.
  package init() {}
}

/// The limits that an assignment or a test sets differently.
package struct LimitOverrides: Codable, Equatable, Sendable {
  /// See `GradingLimits`.
  package var compileCPUSeconds, compileWallSeconds, compileMemoryMiB: Int?
  /// See `GradingLimits`.
  package var testCPUSeconds, testWallSeconds, testMemoryMiB, outputBytes: Int?
  /// See `GradingLimits`.
  package var submissionWallSeconds: Int?
  /// True if the test's time stays outside the submission's.
  package var outsideSubmissionTime: Bool?

  /// Nothing differs.
  package init() {}
}

extension GradingLimits {
  /// These limits with what the overrides set.
  package func applying(_ overrides: LimitOverrides?) -> GradingLimits {
    guard let overrides else { return self }
    var limits = self
    func set(_ path: WritableKeyPath<GradingLimits, Int>, _ value: Int?) {
      if let value { limits[keyPath: path] = value }
    }
    set(\.compileCPUSeconds, overrides.compileCPUSeconds)
    set(\.compileWallSeconds, overrides.compileWallSeconds)
    set(\.compileMemoryMiB, overrides.compileMemoryMiB)
    set(\.testCPUSeconds, overrides.testCPUSeconds)
    set(\.testWallSeconds, overrides.testWallSeconds)
    set(\.testMemoryMiB, overrides.testMemoryMiB)
    set(\.outputBytes, overrides.outputBytes)
    set(\.submissionWallSeconds, overrides.submissionWallSeconds)
    return limits
  }
}
