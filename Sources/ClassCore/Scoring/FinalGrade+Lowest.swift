import GraderCore

extension [FinalGrade] {
  /// The places of the worst, by share of what could be reached, in order; one is always left.
  package func places(ofLowest count: Int) -> [Int] {
    let worst = indices.sorted { (self[$0].share, $0) < (self[$1].share, $1) }
    return worst.prefix(Swift.max(0, Swift.min(count, self.count - 1))).sorted()
  }
}

extension FinalGrade {
  fileprivate var share: Double {
    maxScore.hundredths == 0 ? 1 : Double(total?.hundredths ?? 0) / Double(maxScore.hundredths)
  }
}
