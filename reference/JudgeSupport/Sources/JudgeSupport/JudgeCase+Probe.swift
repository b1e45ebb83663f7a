internal import JudgeEvents
internal import XCTest

extension JudgeCase {
  /// Withholds the points of a function that two probes find to be differenced, and says so; flags
  /// one that a single probe does.
  ///
  /// - Parameters:
  ///   - probes: The questions.
  ///   - function: The function as the student calls it.
  ///   - what: The tensor of its answer, where it gives several.
  /// - Returns: Whether points are withheld.
  public func convict(by probes: [Probe], of function: String, _ what: String? = nil) -> Bool {
    switch Probe.verdict(of: probes) {
    case .derived: return false
    case .doubtful(let name):
      flag("\(what ?? function): the probe `\(name)` fails: derived or differenced?")
      return false
    case .differenced(let names):
      tell(.differenced(function: function, what: what))
      XCTFail("\(what ?? function): differenced, by the probes \(names)")
    case .threw(let error):
      tell(Finding(function, threw: error, to: sizesAsked))
      XCTFail("\(function) threw \(error) in two probes")
    }
    return true
  }
}
