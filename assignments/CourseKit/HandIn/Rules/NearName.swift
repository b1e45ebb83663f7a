/// A file's name that is a listed one but for what people and systems do to names.
///
/// `Forward (1).swift`, `Forward copy.swift`, `forward.swift` and `Forward.swift.txt` are near
/// `Forward.swift`; `ForwardTests.swift` and `Forward+Helpers.swift` are not. The one rule for all
/// repairs of names, in archives and in what a class's download has loose.
package struct NearName: Equatable, Sendable {
  /// The numbers that count copies, in their order; none where the name is no copy's.
  package private(set) var copies: [Int] = []
  /// The number of other differences: upper and lower case, blanks, and endings to spare.
  package private(set) var changes = 0

  /// Reads a name as a listed one.
  ///
  /// - Returns: The differences; nil if it is another name.
  package init?(_ name: String, of listed: ListedName) {
    self.init(name, folded: NameMarks.folded(name), of: listed)
  }

  /// The same for a name that is folded already: an archive has many, and a course several lists.
  init?(_ name: String, folded: String, of listed: ListedName) {
    var marks = NameMarks(folded: folded, of: listed)
    guard marks.takeFront() else { return nil }
    var endings = listed.ending.isEmpty ? 1 : 0
    while !marks.isAtEnd {
      if !listed.ending.isEmpty, marks.take(listed.ending) {
        endings += 1
      } else if let copy = marks.takeCopy() {
        copies.append(copy)
      } else if marks.takeSpare() {
        changes += 1
      } else {
        return nil
      }
    }
    guard endings > 0 else { return nil }
    copies = marks.leadingCopies + copies
    changes += endings - 1 + (listed.isSpelled(in: name) ? 0 : 1)
  }

  /// Tells whether a file of this name is meant sooner than one of another: what is no copy before
  /// copies, a later copy before an earlier one, and then the name that was changed less.
  func precedes(_ other: NearName) -> Bool {
    if copies.isEmpty != other.copies.isEmpty { return copies.isEmpty }
    if copies != other.copies { return other.copies.lexicographicallyPrecedes(copies) }
    return changes < other.changes
  }
}
