import ClassCore
import Foundation
import GraderCore
import TestSupport
import Testing

extension ClassResult {
  /// Somebody's result with so many hundredths of 30 points; nil while something is pending.
  static func of(
    _ students: [Student],
    total: Int?,
    source: String? = nil,
    reasons: [String] = []
  ) -> ClassResult {
    ClassResult(
      students: students,
      attempt: Attempt(
        students: students.map(\.id),
        originalName: "submit.tar.gz",
        path: "x",
        sourceID: source
      ),
      grade: Grade(rows: [Grade.TestResult(row: "a", status: .passed, score: 400)]),
      final: FinalGrade(
        machine: Points(hundredths: total ?? 400),
        marks: total == nil ? nil : .zero,
        latePenalty: Points(hundredths: 50),
        extra: .zero,
        total: total.map { Points(hundredths: $0) },
        maxScore: Points(hundredths: 3000),
        reasons: reasons
      )
    )
  }
}

extension FinalResult {
  /// The row of such a result.
  static func of(
    _ students: [Student],
    total: Int?,
    source: String? = nil,
    reasons: [String] = []
  ) -> FinalResult {
    FinalResult(ClassResult.of(students, total: total, source: source, reasons: reasons))
  }
}

extension ClassTable {
  /// The text of a table of these results.
  static func text(_ results: [ClassResult]) -> String {
    var table = ClassTable()
    for result in results { table.add(result) }
    var text = ""
    table.forEachLine { text += $0 }
    return text
  }
}

extension MissingTable {
  /// The table of these results.
  init(_ results: [ClassResult]) {
    self.init()
    for result in results { add(result) }
  }
}

/// Somebody else's readers of the formats that are written here.
enum Python {
  /// The output of a script on a file, which is its first argument.
  static func run(_ script: String, on bytes: [UInt8]) throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/chainrule-py-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(bytes).write(to: URL(filePath: path))
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, path]
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }

  /// The rows of a table as Python's own reader sees them.
  static func rows(_ text: String, encoding: String = "utf-8") throws -> [[String]] {
    let script = """
      import csv, json, sys
      rows = list(csv.reader(open(sys.argv[1], newline="", encoding="\(encoding)"), strict=True))
      print(json.dumps(rows))
      """
    let output = try run(script, on: Array(text.utf8))
    return try JSONDecoder().decode([[String]].self, from: Data(output.utf8))
  }
}
