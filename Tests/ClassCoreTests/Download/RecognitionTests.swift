import ClassCore
import Glibc
import Testing

/// Each system's names are told apart from all others, and taken apart rightly.
@Suite struct RecognitionTests {
  /// A listing, and what it must be taken for.
  struct Listing: Sendable, CustomTestStringConvertible {
    var testDescription: String { kind.rawValue }
    var kind: DownloadKind
    var paths: [String]
    /// Owner, source's name, late or not, and files as handed in, for each delivery.
    var deliveries: [[String]]
  }

  static let listings: [Listing] = [
    Listing(
      kind: .canvas,
      paths: [
        "doejane_1021_55810_submit.tar.gz", "doejane_1021_55811_notes_2026_01_x.pdf",
        "müllerjörg_LATE_1044_55923_submit-1.tar.gz", "山田太郎_1050_56000_a b.zip",
        "roeann_1061_text.html", "LATE_anon_x9Fq_56001_submit.zip",
      ],
      deliveries: [
        ["1021", "1021", "false", "submit.tar.gz", "notes_2026_01_x.pdf"],
        ["1044", "1044", "true", "submit-1.tar.gz"], ["1050", "1050", "false", "a b.zip"],
        ["1061", "1061", "false", "text.html"],
        ["anon x9Fq", "x9Fq", "true", "submit.zip"],
      ]
    ),
    Listing(
      kind: .moodle,
      paths: [
        "Jane Doe_4711_assignsubmission_file/submit.tar.gz",
        "Jane Doe_4711_assignsubmission_onlinetext/onlinetext.html",
        "山田 太郎_4712_assignsubmission_file/a1/Sources/BatchNorm/Forward.swift",
        "Participant_4713_assignsubmission_file/submit.zip",
      ],
      deliveries: [
        ["Jane Doe_4711", "4711", "nil", "submit.tar.gz", "onlinetext.html"],
        ["Participant_4713", "4713", "nil", "submit.zip"],
        ["山田 太郎_4712", "4712", "nil", "a1/Sources/BatchNorm/Forward.swift"],
      ]
    ),
    Listing(
      kind: .moodleUnderscore,
      paths: [
        "Jane Doe_4711_assignsubmission_file_/submit.tar.gz",
        "Rae Roe_4712_assignsubmission_file_/submit.tar.gz",
      ],
      deliveries: [
        ["Jane Doe_4711", "4711", "nil", "submit.tar.gz"],
        ["Rae Roe_4712", "4712", "nil", "submit.tar.gz"],
      ]
    ),
    Listing(
      kind: .moodleFlat,
      paths: [
        "Jane Doe_4711_assignsubmission_file_my_hand_in.tar.gz",
        "Team 3_88_assignsubmission_file_submit.zip",
      ],
      deliveries: [
        ["Jane Doe_4711", "4711", "nil", "my_hand_in.tar.gz"],
        ["Team 3_88", "88", "nil", "submit.zip"],
      ]
    ),
    Listing(
      kind: .blackboard,
      paths: [
        "Homework 1_jdoe_attempt_2026-04-30-23-10-05_submit.tar.gz",
        "Homework 1_jdoe_attempt_2026-04-30-23-10-05.txt",
        "Homework 1_jdoe_attempt_2026-05-01-00-10-05_submit.tar.gz",
        "Homework 1_r_roe_attempt_2026-04-29-08-00-00.txt",
      ],
      deliveries: [
        ["Homework 1_jdoe", "jdoe", "nil", "attempt.txt", "submit.tar.gz"],
        ["Homework 1_jdoe", "jdoe", "nil", "submit.tar.gz"],
        ["Homework 1_r_roe", "r_roe", "nil", "attempt.txt"],
      ]
    ),
    Listing(
      kind: .gradescope,
      paths: [
        "assignment_12_export/submission_metadata.yml",
        "assignment_12_export/submission_900/Package.swift",
        "assignment_12_export/submission_900/Sources/BatchNorm/Forward.swift",
        "assignment_12_export/submission_901/submit.tar.gz",
      ],
      deliveries: [
        [
          "submission_900", "900", "nil", "Package.swift", "Sources/BatchNorm/Forward.swift",
        ],
        ["submission_901", "901", "nil", "submit.tar.gz"],
      ]
    ),
    Listing(
      kind: .manaba,
      paths: [
        "report-dl-1/03240396@u8812@submit.tar.gz", "report-dl-1/u8813@03-240397@submit.zip",
        "report-dl-1/03240398@u8814/submit@home.zip", "report-dl-1/03240399/03240399@u8815@s.zip",
      ],
      deliveries: [
        ["03240396@u8812", "u8812", "nil", "submit.tar.gz"],
        ["03240398@u8814", "u8814", "nil", "submit@home.zip"],
        ["03240399@u8815", "u8815", "nil", "s.zip"],
        ["u8813@03-240397", "u8813", "nil", "submit.zip"],
      ]
    ),
    Listing(
      kind: .utol,
      paths: [
        "top/Deep Learning.xlsx", "top/31240001/Homework 1/31240001_submissionText.txt",
        "top/31240001/Homework 1/submit.tar.gz", "top/03-240396/Homework 1/submit.zip",
      ],
      deliveries: [
        ["03240396", "03-240396", "nil", "submit.zip"],
        ["31240001", "31240001", "nil", "31240001_submissionText.txt", "submit.tar.gz"],
      ]
    ),
    Listing(
      kind: .githubClassroom,
      paths: [
        "dl-hw1-submissions/hw1-jane-doe/Package.swift",
        "dl-hw1-submissions/hw1-jane-doe/.git/HEAD", "dl-hw1-submissions/hw1-rroe/Package.swift",
      ],
      deliveries: [
        ["hw1-jane-doe", "jane-doe", "nil", ".git/HEAD", "Package.swift"],
        ["hw1-rroe", "rroe", "nil", "Package.swift"],
      ]
    ),
    Listing(
      kind: .folders,
      paths: ["hw1/03-240396/submit.tar.gz", "hw1/Doe_Jane_jdoe_4711/submit.zip"],
      deliveries: [
        ["03-240396", "nil", "nil", "submit.tar.gz"],
        ["Doe_Jane_jdoe_4711", "nil", "nil", "submit.zip"],
      ]
    ),
    Listing(
      kind: .brightspace,
      paths: [
        "index.html", "48211-90017 - Ada Brandt - Apr 9, 2026 959 PM/hw.zip",
        "48211-90017 - Ada Brandt - Apr 10, 2026 1101 AM/src/hw.zip",
        "48212-90017 - Ben Cole - Dorn - 30 avril 2026 2359/hw.zip",
      ],
      deliveries: [
        ["48211-90017 - Ada Brandt", "nil", "nil", "hw.zip"],
        ["48211-90017 - Ada Brandt", "nil", "nil", "src/hw.zip"],
        ["48212-90017 - Ben Cole - Dorn", "nil", "nil", "hw.zip"],
      ]
    ),
    Listing(
      kind: .archives,
      paths: ["03-240396.tar.gz", "hw1_jdoe.zip", "03-240396 (1).tar.gz"],
      deliveries: [
        ["03-240396 (1).tar.gz", "nil", "nil", "03-240396 (1).tar.gz"],
        ["03-240396.tar.gz", "nil", "nil", "03-240396.tar.gz"],
        ["hw1_jdoe.zip", "nil", "nil", "hw1_jdoe.zip"],
      ]
    ),
  ]

  @Test(arguments: listings) func kinds(listing: Listing) {
    let recognition = Download.recognize(paths: listing.paths)
    #expect(recognition.kind == listing.kind)
    #expect(recognition.strangers == [])
    let deliveries = recognition.deliveries.map { delivery in
      [
        delivery.owner, delivery.sourceID ?? "nil", delivery.isMarkedLate.map { "\($0)" } ?? "nil",
      ] + delivery.files.map(\.name)
    }
    #expect(deliveries == listing.deliveries)
  }

  @Test func everyKindIsTried() {
    #expect(Set(Self.listings.map(\.kind)) == Set(DownloadKind.allCases))
  }

  /// Whatever a listing holds, each of its paths comes out exactly once.
  @Test(arguments: listings) func nothingIsLost(listing: Listing) {
    let others = Self.listings.flatMap { $0.paths.suffix(1) }
    let odd = ["__MACOSX/x/._y", "readme.txt", "a/b/c/d", ".DS_Store", "a_1_2_", "@@", "_", "x@y@"]
    let paths = Set(listing.paths + others + odd)
    let recognition = Download.recognize(paths: Array(paths))
    let found =
      recognition.deliveries.flatMap { $0.files.map(\.path) } + recognition.metadata
      + recognition.litter + recognition.strangers
    #expect(found.sorted() == paths.sorted())
  }

  /// One name that looks like another system's changes nothing, and is told.
  @Test func majorityDecides() {
    var paths = (1...9).map { "student\($0)_10\($0)_5500\($0)_submit.tar.gz" }
    paths += ["Jane Doe_4711_assignsubmission_file/submit.tar.gz", "notes.pdf"]
    let recognition = Download.recognize(paths: paths)
    #expect(recognition.kind == .canvas)
    #expect(recognition.votes == Recognition.Votes(count: 9, total: 11))
    #expect(recognition.deliveries.filter(\.isStray).map(\.files.count) == [1])
    #expect(recognition.strangers == ["notes.pdf"])
  }

  /// A class of one is not taken for its student's folders.
  @Test func oneStudentsPackage() {
    let recognition = Download.recognize(
      paths: ["jane/Package.swift", "jane/Sources/BatchNorm/Forward.swift", "jane/Tests/T.swift"]
    )
    #expect(recognition.kind == .folders)
    #expect(recognition.deliveries.map(\.owner) == ["jane"])
  }

  @Test func nothingAtAll() {
    #expect(Download.recognize(paths: []).kind == nil)
    let recognition = Download.recognize(paths: ["a.txt", "__MACOSX/b"])
    #expect(recognition.kind == nil)
    #expect(recognition.strangers == ["a.txt"])
    #expect(recognition.litter == ["__MACOSX/b"])
  }

  /// Twenty thousand students are recognized while one waits.
  @Test func largeClass() {
    let paths = (0..<20_000).map { "student\($0)_\($0 + 1000)_\($0 + 50_000)_submit.tar.gz" }
    let start = Self.processorSeconds
    let recognition = Download.recognize(paths: paths)
    #expect(recognition.deliveries.count == 20_000)
    #expect(Self.processorSeconds - start < 30)
  }

  /// Processor time of this thread, which other programs do not stretch.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
