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
        "markers",
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
        throw fields.refusal(AnyKey("due"), "must be a time such as 2026-05-01T23:59:59+09:00")
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
    let later = try fields.value([String: String].self, "extensions") ?? [:]
    for (student, text) in later {
      guard let value = Self.moreTime(text, in: zone) else {
        throw fields.refusal(
          AnyKey("extensions"),
          "\(student) must be given hours such as 48h, or a time such as 2026-05-04T23:59:59+09:00"
        )
      }
      let id = StudentNumber.isLikely(student) ? StudentNumber.normalized(student) : student
      extensions[id] = value
    }
    if late != nil, due == nil {
      throw fields.refusal(AnyKey("due"), "is missing, and `late` needs it")
    }
  }

  private static func moreTime(_ text: String, in zone: TimeZone?) -> Extension? {
    if text.hasSuffix("h"), let hours = Double(text.dropLast()), hours >= 0, hours.isFinite {
      return .hours(hours)
    }
    return date(text, in: zone).map { .until($0) }
  }

  /// A time with its zone, or in the policy's.
  package static func date(_ text: String, in zone: TimeZone?) -> Date? {
    if let date = try? Date(text, strategy: .iso8601) { return date }
    guard let zone else { return nil }
    let digits = text.split { !($0.isASCII && $0.isNumber) }
    let full = digits.count == 5 ? digits + ["00"] : digits
    return WallTime(full.joined(separator: "-"))?.date(in: zone)
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
