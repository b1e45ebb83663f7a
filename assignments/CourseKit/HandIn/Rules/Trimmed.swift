extension StringProtocol where SubSequence == Substring {
  /// Without the white space at both ends.
  package var trimmed: Substring {
    let front = drop(while: \.isWhitespace)
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return front.prefix(0) }
    return front[...last]
  }
}
