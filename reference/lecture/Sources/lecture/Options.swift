internal import ArgumentParser
internal import LectureExperiments

/// The options of every run.
struct SettingOptions: ParsableArguments {
  @Flag(help: "Take the short way where an experiment is long: a tour under two minutes.")
  var quick = false

  @Option(
    help: ArgumentHelp(
      "The folder of the full MNIST, its four files as published or unpacked.",
      discussion: "Without it: the 6,000 digits that come with CourseKit.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var mnist: String?

  @Option(help: "Where random numbers start. The slides' numbers come from seed 0.")
  var seed: UInt64 = 0

  func validate() throws {
    if seed > UInt64(UInt32.max) {
      throw ValidationError("--seed must be below 2^32: the generator takes no more than 32 bits.")
    }
  }

  func context(ownRun: TranscriptRun?) throws -> Context {
    Context(seed: seed, quick: quick, digits: try DigitPair(folder: mnist), ownRun: ownRun)
  }
}

/// The settings of a training run other than the slides' three.
struct TranscriptOptions: ParsableArguments {
  @Option(help: "The standard deviation of the first weights and biases (1).")
  var scale: Double?
  @Option(help: "How many images a step looks at (64).")
  var batch: Int?
  @Option(help: "The learning rate (0.005).")
  var rate: Double?
  @Option(help: "How often all images are seen (1).")
  var epochs: Int?
  @Option(help: "How many hidden units (500).")
  var hidden: Int?

  var isGiven: Bool { run != nil }

  /// The run; nil when nothing was asked for.
  var run: TranscriptRun? {
    guard scale != nil || rate != nil || [batch, epochs, hidden].contains(where: { $0 != nil })
    else { return nil }
    return TranscriptRun(
      scale: scale ?? 1,
      batch: batch ?? 64,
      rate: rate ?? 0.005,
      epochs: epochs ?? 1,
      hidden: hidden ?? 500
    )
  }

  func validate() throws {
    for (name, value) in [("--batch", batch), ("--epochs", epochs), ("--hidden", hidden)] {
      if let value, value < 1 { throw ValidationError("\(name) must be at least 1.") }
    }
    if let batch, batch > 60_000 { throw ValidationError("--batch must be at most 60000.") }
    if let hidden, hidden > 100_000 { throw ValidationError("--hidden must be at most 100000.") }
    for (name, value) in [("--scale", scale), ("--rate", rate)] {
      if let value, !(value.isFinite && value >= 0) {
        throw ValidationError("\(name) must be a number that is not negative.")
      }
    }
  }
}
