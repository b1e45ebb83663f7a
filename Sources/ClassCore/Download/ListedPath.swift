/// A path of a listing, taken apart.
struct ListedPath: Hashable {
  /// As it stands in the listing.
  let path: String
  /// The names below the folders that all paths share.
  let components: ArraySlice<Substring>

  /// The topmost name: a student's, as a rule.
  var unit: Substring { components.first ?? "" }

  /// The last name.
  var name: Substring { components.last ?? "" }

  /// True if nothing lies above the file.
  var isFlat: Bool { components.count == 1 }

  /// The path below the unit.
  var inner: String { components.dropFirst().joined(separator: "/") }
}
