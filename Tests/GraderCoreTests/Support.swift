import Foundation
import GraderCore

extension Assignment.Test {
  /// A test of which nothing else matters.
  init(
    id: String,
    method: String? = nil,
    part: String = "P",
    points: Int = 100,
    visibility: Assignment.Visibility = .visible,
    carries: [String]? = nil,
    onlyIf: String? = nil
  ) {
    self = Value.decode(
      [
        "id": id, "method": method ?? "Tests/\(id)", "title": id, "part": part,
        "points": Double(points) / 100, "visibility": visibility.rawValue,
        "carries": carries, "onlyIf": onlyIf,
      ]
    )
  }
}

extension Assignment {
  /// An assignment of which nothing else matters.
  init(tests: [Test], parts: [(name: String, file: String)] = [("P", "P.swift")]) {
    self = Value.decode([
      "id": "a", "title": "A", "module": "A", "task": "ATask", "suite": "HiddenTests",
      "parts": parts.map { ["name": $0.name, "file": $0.file, "functions": []] as [String: Any] },
      "tests": [], "pending": [], "limits": [:],
    ])
    self.tests = tests
  }
}

extension Assignment.PendingItem {
  init(id: String, points: Int = 100) {
    self = Value.decode([
      "id": id, "title": id, "file": "\(id).md", "points": Double(points) / 100,
    ])
  }
}

extension Mutant {
  /// A mutant of which nothing else matters.
  init(replace old: String, with new: String) {
    self = Value.decode([
      "id": "m", "slip": "s", "file": "F.swift", "replace": old, "with": new, "expect": [],
    ])
  }

  /// A mutant that costs these tests.
  init(slip: String, expect: [String]) {
    self.init(replace: "a", with: "b")
    (self.slip, self.expect) = (slip, expect)
  }
}

/// Values that the sources only ever read from a file.
private enum Value {
  static func decode<Value: Decodable>(_ json: [String: Any?]) -> Value {
    do {
      let data = try JSONSerialization.data(withJSONObject: json.compactMapValues { $0 })
      return try JSONDecoder().decode(Value.self, from: data)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}

/// Numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
