/// The failures that the compiler and the standard library have words for.
///
/// A program can give any name to a function of its own, also one that begins as those of the
/// compiler do: only these words are passed on.
enum RuntimeFailure {
  /// The kind of failure, for people; nil if nobody but the program uses these words.
  static func kind(_ words: some StringProtocol) -> String? {
    let words = String(words)
    guard known.contains(words) || isConversion(words) else { return nil }
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// Source: what `cond_fail` says in Swift 6.3, which is what `_precondition` says in the standard
  /// library's interface, and the compiler's own.
  private static let known: Set<String> = [
    "arithmetic overflow", "precondition failure", "assertion failure", "type cast failed",
    "Unconditional cast failed", "Unexpectedly found nil while unwrapping an Optional value",
    "Unexpectedly found nil while implicitly unwrapping an Optional value",
    "unexpectedly found nil while unwrapping an Optional value", "force unwrapped a nil value",
    "Index out of range", "index out of bounds", "Index out of bounds", "Range out of bounds",
    "Index range out of bounds", "Array index is out of range",
    "Negative Array index is out of range",
    "ArraySlice index is out of range", "ArraySlice index is out of range (before startIndex)",
    "ContiguousArray index is out of range", "Negative ContiguousArray index is out of range",
    "String index is out of bounds", "Range requires lowerBound <= upperBound",
    "Division by zero", "Division by zero in remainder operation",
    "Division results in an overflow",
    "Division results in an overflow in remainder operation", "Quotient is not representable",
    "Negative value is not representable", "Not enough bits to represent the passed value",
    "Not enough bits to represent a signed value", "Distance is not representable in Int",
    "Can't construct Array with count < 0", "Can't construct ArraySlice with count < 0",
    "Can't construct ContiguousArray with count < 0", "Count must not be negative",
    "Repetition count should be non-negative", "Stride size must not be zero",
    "Can't form an empty closed range", "Can't get random value with an empty range",
    "There is no uniform distribution on an infinite range", "Must take zero or more splits",
    "Can't advance past endIndex", "Can't move before startIndex",
    "Can't retreat before startIndex",
    "Advancing past end index", "Incrementing past end index", "Incrementing past start index",
    "Can't drop a negative number of elements", "Can't have a prefix of negative length",
    "Can't drop a negative number of elements from a collection",
    "Can't drop a negative number of elements from a sequence",
    "Can't have a suffix of negative length", "Can't take a prefix of negative length",
    "Can't take a prefix of negative length from a collection",
    "Can't take a suffix of negative length from a collection",
    "Can't take a suffix of negative length from a sequence",
    "Can't remove a negative number of elements", "Can't remove from an empty collection",
    "Number of elements to remove should be non-negative",
    "Can't remove items from an empty collection", "Can't removeFirst from an empty Set",
    "Can't remove last element from an empty collection", "Can't removeLast from an empty Array",
    "Can't removeLast from an empty ArraySlice", "Can't removeLast from an empty ContiguousArray",
    "Can't remove more items from a collection than it contains",
    "Can't remove more items from a collection than it has",
    "Dictionary literal contains duplicate keys", "Duplicate keys found",
    "Radix not in range 2...36", "Invalid index passed to index(after:)",
    "upperBound cannot be zero.",
    "Not enough elements in sequence.", "Too many elements in sequence.",
  ]

  /// `Int(Double.nan)` and the like, for each pair of types that there is: digits of a program's
  /// own choice would be a message.
  private static func isConversion(_ words: String) -> Bool {
    let form =
      #/
        (?:Double|Float(?:16|80)?)\ value\ cannot\ be\ converted\ to\ (U?Int(?:8|16|32|64|128)?)
        \ because\ (?:it\ is\ either\ infinite\ or\ NaN
        |the\ result\ would\ be\ (?:greater\ than\ \1\.max|less\ than\ \1\.min))
      /#
    return words.wholeMatch(of: form) != nil
  }
}
