import ClassCore
import Foundation
import GraderRuntime

/// Gradescope's `submission_metadata.yml`, whose keys are written as Ruby's symbols.
enum GradescopeMetadata {
  /// The facts on the owners of each submission, by the submission's folder.
  static func facts(
    in text: String,
    path: String
  ) throws(GraderFault) -> [String: SourceFacts] {
    let records = try YAMLText.decode([String: Record].self, from: text, path: path)
    return records.mapValues { record in
      SourceFacts(
        people: record.submitters.map {
          SourceFacts.Person(name: $0.name ?? "", number: $0.sid, email: $0.email)
        },
        submittedAt: record.createdAt
      )
    }
  }

  private struct Record: Decodable {
    var submitters: [Submitter]
    var createdAt: Date?

    enum Keys: String, CodingKey {
      case submitters = ":submitters"
      case createdAt = ":created_at"
    }

    /// A time may be a scalar or an object of Ruby's with its `utc`.
    struct Time: Decodable { var utc: Date }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      submitters = try container.decodeIfPresent([Submitter].self, forKey: .submitters) ?? []
      createdAt =
        (try? container.decode(Date.self, forKey: .createdAt))
        ?? (try? container.decode(Time.self, forKey: .createdAt))?.utc
    }
  }

  private struct Submitter: Decodable {
    var name: String?
    var sid: String?
    var email: String?

    enum Keys: String, CodingKey {
      case name = ":name"
      case sid = ":sid"
      case email = ":email"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      name = try container.decodeIfPresent(String.self, forKey: .name)
      sid = try container.decodeIfPresent(String.self, forKey: .sid)
      email = try container.decodeIfPresent(String.self, forKey: .email)
    }
  }
}
