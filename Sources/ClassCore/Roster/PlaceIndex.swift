/// The places in a list of those who have a key: for most keys one, which takes no set of its own.
struct PlaceIndex {
  private var first: [String: Int32] = [:]
  private var several: [String: Set<Int>] = [:]

  /// Everybody who has a key; nil if nobody does.
  subscript(key: String) -> Set<Int>? { several[key] ?? first[key].map { [Int($0)] } }

  /// The same, or others if nobody does.
  subscript(key: String, default others: Set<Int>) -> Set<Int> { self[key] ?? others }

  /// Notes that somebody has a key.
  mutating func insert(_ place: Int, for key: String) {
    guard let known = first[key] else {
      first[key] = Int32(place)
      return
    }
    guard known != place else { return }
    several[key, default: [Int(known)]].insert(place)
  }
}
