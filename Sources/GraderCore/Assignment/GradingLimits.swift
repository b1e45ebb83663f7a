/// What a build, a test and a submission may use.
public struct GradingLimits: Codable, Equatable, Sendable {
  /// CPU time of one compiler job, in seconds.
  public var compileCPUSeconds = 30
  /// Wall time of one compiler job, in seconds.
  public var compileWallSeconds = 60
  /// Address space of one compiler job, in MiB.
  public var compileMemoryMiB = 4096
  /// CPU time of one test's worker, in seconds.
  public var testCPUSeconds = 5
  /// Wall time of one test, in seconds.
  public var testWallSeconds = 10
  /// Memory of one test's worker, in MiB.
  public var testMemoryMiB = 512
  /// What is kept of each output stream, in bytes.
  public var outputBytes = 64 << 10
  /// Wall time of all tests of a submission, in seconds; what is left then is not run.
  public var submissionWallSeconds = 120

  /// The defaults.
  public init() {}
}

/// What an assignment or a test sets differently.
public struct LimitOverrides: Codable, Equatable, Sendable {
  /// See `GradingLimits`.
  public var compileCPUSeconds, compileWallSeconds, compileMemoryMiB: Int?
  /// See `GradingLimits`.
  public var testCPUSeconds, testWallSeconds, testMemoryMiB, outputBytes: Int?
  /// See `GradingLimits`.
  public var submissionWallSeconds: Int?
  /// Whether the test's time stays outside the submission's.
  public var outsideSubmissionTime: Bool?

  /// Nothing differs.
  public init() {}
}

extension GradingLimits {
  /// These limits with what the overrides set.
  public func applying(_ overrides: LimitOverrides?) -> GradingLimits {
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
