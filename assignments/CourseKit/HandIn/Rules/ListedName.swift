/// A name as an assignment lists it, ready to be compared with others.
package struct ListedName: Equatable, Sendable {
  /// As it is listed.
  package let name: String
  /// The part before the ending, without upper case.
  let stem: String
  /// The last dot and what follows it, without upper case; empty if there is no dot.
  let ending: String

  /// The name of a listed file.
  package init(_ name: String) {
    self.name = name
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    stem = NameMarks.folded(String(name[..<dot]))
    ending = NameMarks.folded(String(name[dot...]))
  }

  /// Tells whether its parts stand in another name letter by letter.
  func isSpelled(in other: String) -> Bool {
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    return other.contains(name[..<dot]) && other.contains(name[dot...])
  }
}
