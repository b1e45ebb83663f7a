extension Experiment {
  static let teacherNotes = Experiment(
    "teacher-notes",
    title: "Slips on the slides",
    slides: "all",
    chapter: .notes,
    claim: "The slides hold up well: of everything that was measured again, these are the places "
      + "that a next edition could mend."
  ) { _ in
    var findings = Findings()
    findings.table(
      "For the next edition",
      columns: ["slide", "what it says", "what we found"],
      [
        [
          "S4, S10", "cross entropy as a sum, then as a mean",
          "both are right; a word at the change would help",
        ],
        [
          "S9", "batches of 8",
          "the printed transcripts come from batches of 64: a line every 200 batches counts 12,800 "
            + "images on",
        ],
        [
          "S13", "equal rows of W1 show that units did not learn",
          "the rows shown belong to border pixels that never change; the hidden units do differ",
        ],
        [
          "S24", "normalization forces the weights to unit mean and variance",
          "it is the activations, and to mean zero",
        ],
        ["S31", "uses `a` and `u` for one thing", "what is normalized is `u`"],
        [
          "S43", "max pooling is unchanged by a shift",
          "with S42’s own image it would change; one pixel was altered, from 35 to 24",
        ],
        ["S52", "lists ResNet-18, 34, 101 and 152", "ResNet-50 is missing"],
        ["S56", "`linear(x).T`", "`linear(x.T).T`, of shape (5, 9)"],
      ]
    )
    findings.say(
      "Each of them stands with its numbers in the section of its slide. None changes what the "
        + "lecture teaches."
    )
    return findings
  }
}
