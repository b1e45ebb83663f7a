/// A search for the solution in the words of a planted mistake.
///
/// Students may hand in again after they have read a slip. So its words say what kind of thing is
/// off and where to read, and hold
/// - no expression of the lines that the mistake changes, right or wrong: two operands and what
///   joins them, or a changed operator and its operand, however they are spaced;
/// - no name that only one of the two texts has, unless it may be an ordinary word: one with a
///   capital inside, a digit or an underscore, or a single letter other than "a" and "i";
/// - no number that is changed, that stands in the solution's lines or in no file of the handout:
///   "1/2", "0.5" and "half" are alike. Equations, steps, parts and slides may be told by theirs;
/// - no number after "instead of", "rather than", "should be" or "must be", wherever it stands too.
package struct SlipWords: Sendable {
  /// The numbers that students are given.
  private let handout: Set<Double>

  /// The check for a handout of these files.
  package init(handout files: some Sequence<String>) {
    handout = files.reduce(into: []) { $0.formUnion(Quantity.all(in: CodeToken.all(in: $1))) }
  }

  /// The pieces of a mutant's words that tell the solution, as they stand there, in order.
  ///
  /// - Parameters:
  ///   - mutant: The planted mistake.
  ///   - solution: The text of the file that is changed; of one that the mutant does not fit, what
  ///     it replaces is all that is known.
  /// - Returns: The pieces; none if the words tell nothing.
  package func telling(of mutant: Mutant, in solution: String) -> [String] {
    let lines = mutant.lines(of: solution) ?? (right: mutant.replace, wrong: mutant.with)
    let change = CodeChange(from: lines.right, to: lines.wrong)
    let words = CodeToken.withoutPlaces(CodeToken.all(in: mutant.slip))
    var told = change.expressions(in: words)
    let isFree = { (range: Range<Int>) in !told.contains { $0.overlaps(range) } }
    told += words.indices.map { $0..<$0 + 1 }.filter { range in
      isFree(range) && change.holds(words[range.lowerBound])
    }
    told += Quantity.ranges(in: words).filter { range in
      isFree(range)
        && (Self.isSaidToBeRight(words[..<range.lowerBound])
          || tells(Quantity(words[range]), change))
    }
    return told.sorted { $0.lowerBound < $1.lowerBound }.map { CodeToken.text(of: words[$0]) }
  }

  /// Tells whether what follows these words is what should stand there.
  private static func isSaidToBeRight(_ words: ArraySlice<CodeToken>) -> Bool {
    let before = words.reversed().drop { $0.kind == .sign || articles.contains($0.key) }
    return contrasts.contains(before.prefix(2).map(\.key))
  }

  private static let articles: Set<String> = ["a", "an", "the"]
  /// The last two words of each, the last one first.
  private static let contrasts: Set<[String]> = [
    ["of", "instead"], ["than", "rather"], ["be", "should"], ["be", "must"],
  ]

  private func tells(_ quantity: Quantity, _ change: CodeChange) -> Bool {
    let isChanged = !change.numbers.isDisjoint(with: quantity.digits)
    let isRight = !change.rightNumbers.isDisjoint(with: quantity.values)
    return isChanged || isRight || quantity.isInDigits && !handout.contains(quantity.value)
  }
}

extension Mutant {
  /// The solution's lines that are changed, and what becomes of them; nil if the mutant does not
  /// fit.
  fileprivate func lines(of solution: String) -> (right: String, wrong: String)? {
    let pieces = solution.split(separator: replace, omittingEmptySubsequences: false)
    guard pieces.count == 2 else { return nil }
    let before = pieces[0].split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let after = pieces[1].split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    return (before + replace + after, before + with + after)
  }
}

/// A change of code, token by token.
private struct CodeChange {
  private let right: [CodeToken]
  private let wrong: [CodeToken]
  /// The places of what only one of the texts has.
  private let removed: Set<Int>
  private let inserted: Set<Int>
  /// The numbers that only one of the texts has.
  let numbers: Set<Double>
  /// The numbers of the right text.
  let rightNumbers: Set<Double>
  private let names: Set<String>

  init(from right: String, to wrong: String) {
    self.right = CodeToken.all(in: right)
    self.wrong = CodeToken.all(in: wrong)
    var places: (removed: Set<Int>, inserted: Set<Int>) = ([], [])
    for step in self.wrong.difference(from: self.right) {
      switch step {
      case .remove(let place, _, _): places.removed.insert(place)
      case .insert(let place, _, _): places.inserted.insert(place)
      }
    }
    (removed, inserted) = places
    let old = self.right
    let new = self.wrong
    let kept = Set(old.indices.filter { !places.removed.contains($0) }.map { old[$0] })
    let changed = places.removed.map { old[$0] } + places.inserted.map { new[$0] }
    names = Set(changed.filter { $0.isNameOfCode && !kept.contains($0) }.map(\.key))
    numbers = Set(changed.compactMap(\.number))
    rightNumbers = Set(Quantity.all(in: old))
  }

  /// Tells whether a token is a name that only one of the texts has.
  func holds(_ token: CodeToken) -> Bool { token.kind == .name && names.contains(token.key) }

  /// The ranges of words that are expressions of one of the texts, each as long as it can be.
  func expressions(in words: [CodeToken]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start < words.count {
      guard words[start].isOperand || words[start].isOperator else {
        start += 1
        continue
      }
      let ends = [(right, removed), (wrong, inserted)].map {
        end(ofExpressionAt: start, in: words, code: $0.0, changed: $0.1)
      }
      if let end = ends.compactMap({ $0 }).max() {
        found.append(start..<end)
        start = end
      } else {
        start += 1
      }
    }
    return found
  }

  private func end(
    ofExpressionAt start: Int,
    in words: [CodeToken],
    code: [CodeToken],
    changed: Set<Int>
  ) -> Int? {
    code.indices.compactMap { place in
      var length = zip(words[start...], code[place...]).prefix { $0 == $1 }.count
      // What no operand follows belongs to the sentence.
      while length > 0, !code[place + length - 1].isOperand { length -= 1 }
      let run = place..<place + length
      let joins = run.contains { code[$0].isJoin }
      let operators = run.contains { code[$0].isOperator && changed.contains($0) }
      let operands = run.count { code[$0].isOperand }
      guard operands > 1 && joins || operands > 0 && operators else { return nil }
      return start + length
    }.max()
  }
}
