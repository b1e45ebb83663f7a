package import Foundation
import GraderCore

/// Any name of a field.
private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}

/// Named fields, of which none may be unknown: a misspelt rule must not be silently absent.
private struct Fields {
  let container: KeyedDecodingContainer<AnyKey>

  init(_ decoder: any Decoder, known: [String]) throws {
    container = try decoder.container(keyedBy: AnyKey.self)
    for key in container.allKeys where !known.contains(key.stringValue) {
      throw refusal(key, "is not known; there are: \(known.joined(separator: ", "))")
    }
  }

  func value<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value? {
    try container.decodeIfPresent(type, forKey: AnyKey(name))
  }

  func needed<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    guard let value = try value(type, name) else { throw refusal(AnyKey(name), "is missing") }
    return value
  }

  /// A number that is at least zero.
  func amount(_ name: String) throws -> Double? {
    guard let number = try value(Double.self, name) else { return nil }
    guard number >= 0, number.isFinite else { throw refusal(AnyKey(name), "must be 0 or more") }
    return number
  }

  func refusal(_ key: AnyKey, _ what: String) -> DecodingError {
    DecodingError.dataCorruptedError(
      forKey: key,
      in: container,
      debugDescription: what
    )
  }
}

extension ClassPolicy: Decodable {
  package init(from decoder: any Decoder) throws {
    let fields = try Fields(
      decoder,
      known: [
        "due", "zone", "late", "attempts", "groups", "extensions", "extra", "bonus", "drop",
        "markers", "machineColumn",
      ]
    )
    self.init()
    if let name = try fields.value(String.self, "zone") {
      guard let zone = TimeZone(identifier: name) else {
        throw fields.refusal(AnyKey("zone"), "must be a zone such as Asia/Tokyo")
      }
      self.zone = zone
    }
    due = try fields.value(String.self, "due").map { text in
      guard let date = Self.date(text, in: zone) else {
        throw fields.refusal(AnyKey("due"), Self.example(text, in: zone))
      }
      return date
    }
    late = try fields.value(LateRule.self, "late")
    attempts = try fields.value(AttemptRule.self, "attempts") ?? .latest
    groups = try fields.value(Bool.self, "groups") ?? true
    extra = try fields.value([ExtraCredit].self, "extra") ?? []
    bonusItems = try fields.value([String].self, "bonus") ?? []
    drop = try fields.value(DropRule.self, "drop")
    markers = try fields.value(MarkRule.self, "markers") ?? .mean
    machineColumn = try fields.value(String.self, "machineColumn")
    let later = try fields.value([String: String].self, "extensions") ?? [:]
    for (student, text) in later {
      guard let value = Self.moreTime(text, in: zone) else {
        throw fields.refusal(
          AnyKey("extensions"),
          "\(student) must be given hours such as 48h, onTime, or a time such as "
            + "2026-05-04T23:59:59+09:00"
        )
      }
      let id = StudentNumber.isLikely(student) ? StudentNumber.normalized(student) : student
      guard extensions.updateValue(value, forKey: id) == nil else {
        throw fields.refusal(AnyKey("extensions"), "\(id) has two of them")
      }
    }
    if late != nil, due == nil {
      throw fields.refusal(AnyKey("due"), "is missing, and `late` needs it")
    }
  }

  /// The words for a due date that is not understood.
  private static func example(_ text: String, in zone: TimeZone?) -> String {
    let needsZone = zone == nil && TimeText.instant(text, in: .gmt) != nil
    return "must be a time such as 2026-05-01T23:59:59+09:00"
      + (needsZone ? "; this one has no zone, and there is no `zone`" : "")
  }

  private static func moreTime(_ text: String, in zone: TimeZone?) -> Extension? {
    if text.lowercased() == "ontime" { return .onTime }
    if text.hasSuffix("h"), let hours = Double(text.dropLast()), hours >= 0, hours.isFinite {
      return .hours(hours)
    }
    return date(text, in: zone).map { .until($0) }
  }

  /// The last instant of a time with its zone, or in the policy's; see `TimeText`.
  package static func date(_ text: String, in zone: TimeZone?) -> Date? {
    TimeText.instant(text, in: zone)
  }
}

extension LateRule: Decodable {
  package init(from decoder: any Decoder) throws {
    let fields = try Fields(
      decoder,
      known: [
        "per", "points", "percent", "of", "graceMinutes", "capPercent", "closesAfterHours",
        "unitsIfUnknown",
      ]
    )
    let base = try fields.value(String.self, "of") ?? "earned"
    let cost: Cost
    switch (try fields.amount("points"), try fields.amount("percent"), base) {
    case (let points?, nil, _):
      guard let points = Points(exactly: points) else {
        throw fields.refusal(AnyKey("points"), "must be whole hundredths")
      }
      cost = .points(points)
    case (nil, let percent?, "earned"): cost = .percentOfEarned(percent)
    case (nil, let percent?, "maximum"): cost = .percentOfMaximum(percent)
    case (nil, _?, _): throw fields.refusal(AnyKey("of"), "must be earned or maximum")
    default: throw fields.refusal(AnyKey("percent"), "this or `points` is needed, and not both")
    }
    self.init(
      unit: try fields.needed(Unit.self, "per"),
      cost: cost,
      grace: (try fields.amount("graceMinutes") ?? 0) * 60,
      capPercent: min(100, try fields.amount("capPercent") ?? 100),
      closesAfter: try fields.amount("closesAfterHours").map { $0 * 3600 },
      unitsIfUnknown: try fields.amount("unitsIfUnknown").map { Int(min($0, 10_000)) }
    )
  }
}

extension ClassPolicy.ExtraCredit: Decodable {
  package init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, known: ["student", "points", "reason"])
    self.init(
      student: try fields.needed(String.self, "student"),
      points: try fields.needed(Points.self, "points"),
      reason: try fields.needed(String.self, "reason")
    )
  }
}

extension ClassPolicy.DropRule: Decodable {
  package init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, known: ["lowest", "of"])
    let items = try fields.needed([String].self, "of")
    let lowest = try fields.needed(Int.self, "lowest")
    guard lowest >= 0, lowest < items.count else {
      throw fields.refusal(AnyKey("lowest"), "must be less than the number of items")
    }
    self.init(lowest: lowest, items: items)
  }
}
