import Foundation
import GraderCore

/// The place of an archive's name among those of the same people: a copy comes behind what it is a
/// copy of, and numbers go by their size.
///
/// `hw9 < hw10`, and `hw < hw-1 < hw (2) < hw_v3`, in a flat folder and in a folder for each
/// student alike.
struct CopyOrder: Comparable {
  /// The name without endings of archives and marks of copies.
  private let base: String
  private let copies: [Int]
  private let name: String

  private static let fronts = [
    "copy of ", "kopie von ", "copie de ", "copia de ", "cópia de ", "kopie van ",
  ]

  init(_ name: String) {
    self.name = name
    var (base, copies) = (FileNames.stem(name), [Int]())
    while let last = NameMarks.lastCopy(of: base) {
      base = last.name
      copies.insert(last.copy, at: 0)
    }
    base = base.lowercased()
    for front in Self.fronts {
      // In a flat folder the student's name may stand before it.
      guard let range = base.firstRange(of: front),
        !(base[..<range.lowerBound].last?.isLetter ?? false)
      else { continue }
      base.removeSubrange(range)
      copies.insert(1, at: 0)
    }
    (self.base, self.copies) = (base, copies)
  }

  /// The part of the name that two versions of one thing share, as `hw` of `hw9` and `hw-1`.
  var family: String {
    let stem = base.reversed().drop { $0.isNumber }.reversed()
    return stem.isEmpty ? base : String(stem)
  }

  /// True if something in it counts.
  var isNumbered: Bool { !copies.isEmpty || base.last?.isNumber ?? false }

  static func < (left: Self, right: Self) -> Bool {
    if left.base != right.base { return isBefore(left.base, right.base) }
    if left.copies != right.copies { return left.copies.lexicographicallyPrecedes(right.copies) }
    return isBefore(left.name, right.name)
  }

  private static func isBefore(_ left: String, _ right: String) -> Bool {
    let order = left.compare(right, options: [.numeric, .caseInsensitive])
    return order == .orderedSame ? left < right : order == .orderedAscending
  }
}
