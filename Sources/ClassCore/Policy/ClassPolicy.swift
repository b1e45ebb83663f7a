package import Foundation
package import GraderCore

/// The rules that a class agreed on besides the rubric; the final grade follows from them and raw
/// data alone.
package struct ClassPolicy: Equatable, Sendable {
  /// The last second at which work is in time; nil if lateness costs nothing.
  package var due: Date?
  /// The rule for late work.
  package var late: LateRule?
  /// The rule for the attempt that counts.
  package var attempts: AttemptRule
  /// True if a group's hand-in counts for all of its members.
  package var groups: Bool
  /// Later due dates of single students.
  package var extensions: [String: Extension]
  /// Points that single students get besides.
  package var extra: [ExtraCredit]
  /// Rubric items whose points come on top of the maximum.
  package var bonusItems: [String]
  /// Items of which the worst do not count.
  package var drop: DropRule?
  /// The rule for several markers of one answer.
  package var markers: MarkRule
  /// The zone of times that name none.
  package var zone: TimeZone?
  /// The column of a learning system for the machine's points alone; nil if there is none.
  package var machineColumn: String?

  package init(
    due: Date? = nil,
    late: LateRule? = nil,
    attempts: AttemptRule = .latest,
    groups: Bool = true,
    extensions: [String: Extension] = [:],
    extra: [ExtraCredit] = [],
    bonusItems: [String] = [],
    drop: DropRule? = nil,
    markers: MarkRule = .mean,
    zone: TimeZone? = nil
  ) {
    self.due = due
    self.late = late
    self.attempts = attempts
    self.groups = groups
    self.extensions = extensions
    self.extra = extra
    self.bonusItems = bonusItems
    self.drop = drop
    self.markers = markers
    self.zone = zone
  }

  /// More time for a student.
  package enum Extension: Equatable, Sendable {
    /// Another due date.
    case until(Date)
    /// So many hours after the class's due date.
    case hours(Double)
    /// Somebody decided that the work came in time, whatever the source says.
    case onTime
  }

  /// Points for something that the rubric does not know.
  package struct ExtraCredit: Equatable, Sendable {
    /// The student who gets them.
    package var student: String
    /// The number of points; may be negative.
    package var points: Points
    /// The reason, for the student.
    package var reason: String

    package init(student: String, points: Points, reason: String) {
      self.student = student
      self.points = points
      self.reason = reason
    }
  }

  /// Leaves out the items with the smallest shares of their points.
  package struct DropRule: Equatable, Sendable {
    /// The number of items that are left out.
    package var lowest: Int
    /// The items that this is about.
    package var items: [String]

    package init(lowest: Int, items: [String]) {
      self.lowest = lowest
      self.items = items
    }
  }

  /// The due dates of everybody, with those of single students.
  package var dueDates: [Date] {
    (due.map { [$0] } ?? []) + extensions.keys.compactMap { due(for: [$0]) }
  }

  /// The time at which the work of these students is due: for a group the latest date of its
  /// members.
  package func due(for students: [String]) -> Date? {
    guard let due else { return nil }
    let later = students.compactMap { id -> Date? in
      switch extended(id) {
      case .until(let date): date
      case .hours(let hours): due.addingTimeInterval(hours * 3600)
      case .onTime, nil: nil
      }
    }
    return later.max().map { max($0, due) } ?? due
  }

  /// The extension of a student; nil if there is none.
  func extended(_ id: String) -> Extension? {
    extensions[id] ?? extensions[StudentNumber.normalized(id)]
  }

  /// Whole seconds from a due date to a time; what came within the due second came in time.
  static func lateness(of time: Date, due: Date) -> Double {
    time.timeIntervalSince(due).rounded(.down)
  }
}

extension Deadline {
  /// The due date as seen from a time; a result is shown from the due date on.
  package init(due: Date?, now: Date) {
    self = due.map { now < $0 ? .ahead : .passed } ?? .unknown
  }
}
