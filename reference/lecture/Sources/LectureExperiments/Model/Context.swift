internal import LectureCharts
package import LectureEngine

/// The surroundings of an experiment; the same context gives the same findings, byte for byte.
package struct Context: Sendable {
  /// The seed of all random numbers.
  package let seed: UInt64
  /// True if long experiments take a short way.
  package let quick: Bool
  /// The handwritten digits.
  package let digits: DigitPair
  /// The training run that `transcripts` replays, when it is not the slides' three.
  package let ownRun: TranscriptRun?
  /// Told how far the experiment is, from 0 to 1, and what it does.
  package let progress: @Sendable (Double, String) -> Void

  package init(
    seed: UInt64 = 0,
    quick: Bool = false,
    digits: DigitPair,
    ownRun: TranscriptRun? = nil,
    progress: @escaping @Sendable (Double, String) -> Void = { _, _ in }
  ) {
    (self.seed, self.quick, self.digits) = (seed, quick, digits)
    (self.ownRun, self.progress) = (ownRun, progress)
  }

  /// The same with another listener.
  package func reporting(to progress: @escaping @Sendable (Double, String) -> Void) -> Context {
    Context(seed: seed, quick: quick, digits: digits, ownRun: ownRun, progress: progress)
  }
}

/// The digits to learn from and those to be tested on.
package struct DigitPair: Sendable {
  package let training: ImageSet
  package let test: ImageSet

  package init(training: ImageSet, test: ImageSet) { (self.training, self.test) = (training, test) }

  /// True if this is all of MNIST, as on the slides.
  var isFull: Bool { training.count == 60_000 && test.count == 10_000 }

  /// The name of the digits, in words.
  var name: String {
    isFull
      ? "all of MNIST (60,000 to learn from, 10,000 to be tested on)"
      : "a part of MNIST (\(Numbers.grouped(training.count)) to learn from, "
        + "\(Numbers.grouped(test.count)) to be tested on)"
  }
}

/// The settings of a training run like the slides'.
package struct TranscriptRun: Equatable, Sendable {
  package var scale: Double
  package var batch: Int
  package var rate: Double
  package var epochs: Int
  package var hidden: Int

  package init(
    scale: Double = 1,
    batch: Int = 64,
    rate: Double = 0.005,
    epochs: Int = 1,
    hidden: Int = 500
  ) {
    (self.scale, self.batch, self.rate) = (scale, batch, rate)
    (self.epochs, self.hidden) = (epochs, hidden)
  }
}
