import Foundation

/// The ways in which a download names hand-ins: every one that the planner knows.
enum RandomLayout: CaseIterable {
  case folders, countedFolders, flat, canvas, canvasLate, moodle, moodleThree, moodleFlat
  case blackboard, brightspace, brightspaceFlat, gradescope, manaba, utol, githubClassroom

  /// One file of a hand-in.
  struct Piece {
    var file: String
    /// The place of its owner.
    var place: Int
    var time: Date
    /// Grows with the time.
    var number: Int
  }

  /// What a list has to tell for its names to be known.
  var needs: Set<RandomList.Field> {
    switch self {
    case .blackboard, .githubClassroom: [.login]
    case .manaba, .utol: [.number]
    default: [.name]
    }
  }

  var hasTeams: Bool {
    [.folders, .moodle, .moodleThree, .moodleFlat, .brightspace, .brightspaceFlat].contains(self)
  }

  /// True if it holds several attempts of one owner.
  var hasSeveral: Bool { self != .githubClassroom }

  var hasTimes: Bool { [.blackboard, .brightspace, .brightspaceFlat].contains(self) }

  var isToTheMinute: Bool { self == .brightspace || self == .brightspaceFlat }

  /// The source's own files.
  var others: [String] {
    switch self {
    case .brightspace, .brightspaceFlat: ["index.html"]
    case .gradescope: ["submission_metadata.yml"]
    case .utol: ["提出物一覧.xlsx"]
    default: []
    }
  }

  func path(of piece: Piece, by person: RandomPerson, in zone: TimeZone) -> String {
    let (file, team) = (piece.file, person.team)
    let sorted = "\(person.family)\(person.given)".filter { $0.isLetter || $0.isNumber }
      .lowercased()
    switch self {
    case .folders: return "\(team ?? person.full)/\(file)"
    case .countedFolders:
      return "\(person.family) \(person.given)/Version \(piece.number)/\(file)"
    case .flat: return "\(person.full) \(file)"
    case .canvas: return "\(sorted)_\(person.source)_\(piece.number)_\(file)"
    case .canvasLate: return "\(sorted)_LATE_\(person.source)_\(piece.number)_\(file)"
    case .moodle:
      // Moodle 4 numbers a team's folder by the team.
      let id = team == nil ? person.source : 705 + piece.place
      return "\(team ?? person.full)_\(id)_assignsubmission_file/\(file)"
    case .moodleThree, .moodleFlat:
      let name = "\(team.map { "\($0)-" } ?? "")\(person.full)_\(person.source)"
      return "\(name)_assignsubmission_file_\(self == .moodleFlat ? "" : "/")\(file)"
    case .blackboard:
      return
        "HW_1_\(person.login)_attempt_\(clock(piece.time, "yyyy-MM-dd-HH-mm-ss", zone))_\(file)"
    case .brightspace, .brightspaceFlat:
      let time = clock(piece.time, "MMM d, yyyy hmm a", zone)
      let ending = self == .brightspace ? "/" : " - "
      return "48\(piece.place)-9001 - \(team ?? person.full) - \(time)\(ending)\(file)"
    case .gradescope: return "submission_\(9000 + piece.place)/\(file)"
    case .manaba: return "\(person.number)@\(person.login)@\(file)"
    case .utol: return "\(person.number)/課題1/\(file)"
    case .githubClassroom: return "hw1-\(person.login)/Package.swift"
    }
  }

  private func clock(_ time: Date, _ format: String, _ zone: TimeZone) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    (formatter.timeZone, formatter.dateFormat) = (zone, format)
    return formatter.string(from: time)
  }
}
