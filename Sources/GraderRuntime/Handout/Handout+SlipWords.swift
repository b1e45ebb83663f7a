import GraderCore

extension Handout {
  /// The planted mistakes whose words tell what students have to find, in sentences for the
  /// course's own people.
  ///
  /// - Throws: `GraderFault` when a file cannot be read.
  package func tellingSlips() throws(GraderFault) -> [String] {
    var contents = HandoutContents(of: id)
    try contents.add(assignment.handout, as: id)
    var texts: [String] = []
    for path in contents.files.values { texts.append(try text(path)) }
    let check = SlipWords(handout: texts)
    var problems: [String] = []
    for mutant in try assignment.mutants() {
      let path = "\(assignment.reference)/Solution/\(mutant.file)"
      let solution = Files.exists(path) ? try text(path) : ""
      let told = check.telling(of: mutant, in: solution).map { "`\($0)`" }
      guard !told.isEmpty else { continue }
      problems.append(
        """
        The words of the planted mistake \(mutant.id), "\(mutant.slip)", tell the solution by \
        \(told.joined(separator: ", ")). Say what kind of thing is off and where to read, such as \
        "the power does not follow from equation (3)".
        """
      )
    }
    return problems
  }

  private func text(_ path: String) throws(GraderFault) -> String {
    String(decoding: try Files.read(path), as: UTF8.self)
  }
}
