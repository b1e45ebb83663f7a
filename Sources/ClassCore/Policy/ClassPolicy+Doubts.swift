extension ClassPolicy {
  /// Sentences about students and items that the policy names and nobody knows: a slip of the pen
  /// there would change grades in silence.
  ///
  /// - Parameters:
  ///   - students: Everybody in the class.
  ///   - items: All items of grades.
  /// - Returns: The sentences.
  package func doubts(about students: [Student], items: [String]) -> [String] {
    let students = Set(students.flatMap { [$0.id, StudentNumber.normalized($0.id)] })
    let items = Set(items)
    let named = Set(extensions.keys).union(extra.map(\.student))
    let strangers = named.filter {
      !students.contains($0) && !students.contains(StudentNumber.normalized($0))
    }
    let unknown = Set(bonusItems + (drop?.items ?? [])).subtracting(items)
    return strangers.sorted().map { "The policy names a student \($0), whom nobody knows." }
      + (items.isEmpty ? [] : unknown.sorted().map { "The policy names an item \($0): no such." })
  }
}
