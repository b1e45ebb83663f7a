/// A printed line of ours, beside the slide's where it shows one.
package struct TranscriptLine: Equatable, Sendable {
  package let slide: String?
  package let ours: String

  init(slide: String?, ours: String) { (self.slide, self.ours) = (slide, ours) }

  /// The line in runs of characters that are, or are not, the slide's at the same place.
  ///
  /// Without a slide to hold it against, nothing differs.
  package var runs: [(text: String, differs: Bool)] {
    guard let slide else { return [(ours, false)] }
    let expected = Array(slide)
    var runs: [(text: String, differs: Bool)] = []
    for (index, character) in ours.enumerated() {
      let differs = index >= expected.count || expected[index] != character
      if let last = runs.indices.last, runs[last].differs == differs {
        runs[last].text.append(character)
      } else {
        runs.append((String(character), differs))
      }
    }
    return runs
  }

  /// The number of characters that differ.
  package var differences: Int {
    let missing = max((slide?.count ?? 0) - ours.count, 0)
    return runs.reduce(missing) { $0 + ($1.differs ? $1.text.count : 0) }
  }
}
