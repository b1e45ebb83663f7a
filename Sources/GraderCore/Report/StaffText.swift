import JudgeEvents

/// The words that only staff reads about a test; they can hold hidden values.
package enum StaffText {
  /// Everything that was noticed, and what the program printed.
  package static func message(for judged: JudgedTest) -> String {
    var blocks = judged.judgement.issues
    if !judged.output.isEmpty { blocks.append("The program printed:\n\(judged.output)") }
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// A mistake that many make, with figures left out.
  package static func gist(of mistake: Mistake) -> String {
    if case .wrongValues(let what, _, _, _, _) = mistake.facts.findings?.first {
      return "\(what) is wrong."
    }
    let words = StudentText.message(mistake.status, mistake.facts)
    return mistake.isNamed ? words : withoutFigures(words)
  }

  /// Numbers differ by seed and by line; digits within names are left.
  private static func withoutFigures(_ text: some StringProtocol) -> String {
    var result = ""
    var previous: Character = " "
    var inFigure = false
    for character in text {
      let isDigit = character.isASCII && character.isNumber
      if isDigit, inFigure || !(previous.isLetter || previous == "_") {
        if !inFigure { result.append("…") }
        inFigure = true
      } else {
        result.append(character)
        inFigure = false
      }
      previous = character
    }
    return result
  }
}
