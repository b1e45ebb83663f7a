internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let paddingStride = Experiment(
    "padding-stride",
    title: "Padding and stride",
    slides: "S38, S39",
    chapter: .convolution,
    claim: "Without padding the border is seen less than the middle and the output shrinks; zeros "
      + "around the image mend both. A stride of 2 leaves out every second place."
  ) { _ in
    var findings = Findings()
    let padded = try SlideImages.convolve(SlideImages.image, SlideImages.filter, padding: 1)
    let strided = try SlideImages.convolve(SlideImages.image, SlideImages.filter, stride: 2)
    let window = Window(kernel: 2)
    let paddedWindow = Window(kernel: 2, padding: 1)
    let uses = try window.useCounts(of: 4)
    let paddedUses = try paddedWindow.useCounts(of: 4)
    findings.compare(
      "The slides’ outputs",
      [
        .exact(
          "S38, padding 1",
          "3 5 8 16 8 / 16 29 35 42 16 / 14 18 14 10 0 / 6 10 14 18 8 / 1 2 3 4 0",
          SlideImages.line(padded)
        ),
        .exact("S39, stride 2", "29 42 / 10 18", SlideImages.line(strided)),
        .count("times the corner is used, without padding", 1, Int(uses[0, 0])),
        .count("with padding 1", 4, Int(paddedUses[0, 0])),
      ]
    )
    findings.figure(
      "uses",
      "How often each pixel is used by a 2 × 2 filter that slides over a 4 × 4 image.",
      [
        SlideImages.picture("Without padding", uses.rows),
        SlideImages.picture("With padding 1", paddedUses.rows),
      ]
    )
    findings.formula("output size = ⌊(input + 2 padding - filter) / stride⌋ + 1")
    return findings
  }
}
