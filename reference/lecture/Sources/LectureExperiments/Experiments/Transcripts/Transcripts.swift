internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let transcripts = Experiment(
    "transcripts",
    title: "The training transcripts",
    slides: "S14, S16",
    chapter: .transcripts,
    claim: "The scale of the initial weights decides how a network starts: with N(0, 1) at a loss "
      + "of 815, with a tenth of it at 8.46, with a ten thousandth at log 10 = 2.3026.",
    cost: Cost(30, quick: 8)
  ) { try Transcripts(context: $0).findings() }
}

/// The slides' runs at three scales, line by line beside what the slides print; or a run of the
/// reader's own.
private struct Transcripts {
  let context: Context

  func findings() throws -> Findings {
    var findings = Findings()
    if let own = context.ownRun { return try ownRun(own) }
    findings.say(
      "784 inputs, 500 hidden units with ReLU, 10 classes; one epoch of gradient descent with "
        + "batches of 64 and rate 0.005, all weights and biases drawn from N(0, 1) times the "
        + "scale. A line is the loss of a batch before its step, from time to time. The generator "
        + "is the slides’, so from seed 0 the numbers are too: a digit that differs is marked."
    )
    if !isSlides {
      findings.say(
        "This run used \(context.digits.name) and seed \(context.seed); the slides’ numbers need "
          + "all of MNIST and seed 0, so none of them stands beside ours here."
      )
    }
    var curves: [LineChart.Series] = []
    for (index, slide) in SlideRun.all.enumerated() {
      let run = try transcript(TranscriptRun(scale: slide.scale)) {
        context.progress((Double(index) + $0) / 3, "transcripts: scale \(slide.name)")
      }
      tell(&findings, slide, run.transcript)
      curves.append(LineChart.Series("scale \(slide.name)", thinned(run.losses, to: 90)))
    }
    findings.figure("curves", "The loss of the batches, smoothed.", [curve(curves)])
    findings.note(
      "S9 says that batches have 8 images. The printed transcripts come from 64: a line every 200 "
        + "batches counts 12,800 images on. With 8, one epoch from scale 0.0001 reaches 92 % and "
        + "not 55 %."
    )
    if isSlides {
      findings.say(
        "At scale 1 the logits are in the hundreds and a loss is the difference of two of them, so "
          + "the last bit of a weight is large: two correct implementations in single precision "
          + "drift apart by a few percent after the first steps. The tolerance there is 5 %."
      )
    }
    return findings
  }

  /// True if this is the run that the slides print.
  private var isSlides: Bool { context.seed == 0 && context.digits.isFull }

  private func transcript(
    _ run: TranscriptRun,
    progress: (Double) -> Void
  ) throws -> (transcript: Transcript, losses: [Double]) {
    var settings = Transcript.Settings(scale: run.scale)
    settings.seed = context.seed
    settings.batchSize = run.batch
    settings.learningRate = run.rate
    settings.epochs = run.epochs
    settings.hidden = run.hidden
    let perEpoch = (context.digits.training.count + run.batch - 1) / run.batch
    // The slides print every 200 batches; of a short epoch that would be one line.
    settings.logInterval = perEpoch > 400 ? 200 : max(1, perEpoch / 5)
    var losses: [Double] = []
    let transcript = try Transcript(
      settings,
      training: context.digits.training,
      test: context.digits.test
    ) { line in
      losses.append(Double(line.loss))
      progress(Double(losses.count) / Double(perEpoch * run.epochs))
    }
    return (transcript, losses)
  }

  // MARK: The slides' three runs

  private func tell(_ findings: inout Findings, _ slide: SlideRun, _ transcript: Transcript) {
    guard let epoch = transcript.epochs.first else { return }
    let lines = epoch.lines.enumerated().map { index, line -> TranscriptLine in
      let printed =
        isSlides && slide.losses.indices.contains(index) ? slide.losses[index] : nil
      let decimals = printed.map { $0.split(separator: ".").last?.count ?? 6 } ?? 6
      let head = TranscriptText.pad("batch \(line.batch)", to: 10)
      let ours = head + TranscriptText.loss(Double(line.loss), decimals)
      return TranscriptLine(slide: printed.map { head + TranscriptText.align($0) }, ours: ours)
    }
    findings.transcript("Scale \(slide.name): the lines", lines)
    guard isSlides else {
      findings.compare("Scale \(slide.name): the numbers", SlideRun.open(epoch))
      return
    }
    for (source, rows) in slide.rows(epoch) {
      let part = source == .slide ? "the numbers" : "after the epoch"
      findings.compare("Scale \(slide.name): \(part)", with: source, rows)
    }
  }

  private func curve(_ series: [LineChart.Series]) -> Picture {
    LineChart(
      title: "Loss of the batches over one epoch",
      summary:
        "From scale 1 it falls from 815 to about 30 and stays rough; from 0.1 it falls below "
        + "1; from 0.0001 it stays at 2.3 for hundreds of batches before it falls.",
      x: Axis("batch"),
      y: Axis("loss", .logarithmic),
      series: series,
      rule: (2.302585, "log 10")
    ).picture()
  }

  // MARK: A run of the reader's own

  private func ownRun(_ run: TranscriptRun) throws -> Findings {
    var findings = Findings()
    findings.say(
      "784-\(run.hidden)-10, scale \(Numbers.short(run.scale, 9)), batches of \(run.batch), rate "
        + "\(Numbers.short(run.rate, 9)), \(run.epochs) epoch\(run.epochs == 1 ? "" : "s"), seed "
        + "\(context.seed), on \(context.digits.name)."
    )
    let (transcript, losses) = try transcript(run) { context.progress($0, "transcripts") }
    for (index, epoch) in transcript.epochs.enumerated() {
      let lines = epoch.lines.map { line in
        TranscriptLine(
          slide: nil,
          ours: TranscriptText.pad("batch \(line.batch)", to: 12)
            + TranscriptText.loss(Double(line.loss), 6)
        )
      }
      findings.transcript("Epoch \(index + 1)", lines)
      findings.compare("After epoch \(index + 1)", SlideRun.open(epoch))
    }
    let chart = LineChart(
      title: "Loss of the batches",
      summary: "From \(Numbers.significant(losses.first ?? .nan)) to "
        + "\(Numbers.significant(losses.last ?? .nan)).",
      x: Axis("batch"),
      y: Axis("loss", .logarithmic),
      series: [LineChart.Series("loss", thinned(losses, to: 120))]
    )
    findings.figure("curve", "The loss of the batches, smoothed.", [chart.picture()])
    return findings
  }
}

/// The layout of a transcript's lines.
enum TranscriptText {
  /// Words, with blanks after them.
  static func pad(_ words: String, to width: Int) -> String {
    words + String(repeating: " ", count: max(0, width - words.count))
  }

  /// "loss" and a number, points below one another.
  static func loss(_ value: Double, _ decimals: Int) -> String {
    align(Numbers.fixed(value, decimals))
  }

  static func align(_ number: String) -> String {
    let whole = number.prefix { $0 != "." }.count
    return "loss " + String(repeating: " ", count: max(0, 4 - whole)) + number
  }
}
