import Foundation
import GraderCore
import Testing

/// `swift package submit` in an assignment's folder writes what `grader` takes.
@Suite(.serialized) struct SubmitPluginTests {
  private static let required = [
    "Sources/BatchNorm/Forward.swift", "Sources/BatchNorm/Steps.swift",
    "Sources/BatchNorm/ParameterGradients.swift", "Sources/BatchNorm/Chain.swift",
    "Sources/BatchNorm/ClosedForm.swift", "Sources/BatchNorm/Inference.swift",
    "Sources/BatchNorm/SmallNetwork.swift", "Derivation.md",
  ]

  private func grade(_ student: StudentFolder) throws -> Grade {
    try Grading.run([student.archive], in: try TemporaryFolder()).grade
  }

  @Test func packsTheSolutionAndItGetsFullMarks() throws {
    let student = try StudentFolder()
    try student.write(Homework.solution)
    try student.write("func helper() {}\n", to: "Sources/BatchNorm/Parts/Helper.swift")
    for other in ["notes.txt", "Sources/BatchNorm/.Steps.swift", "Sources/BatchNorm/Steps.swift~"] {
      try student.write("x", to: other)
    }

    let run = try student.submit()
    #expect(run.status == 0, "\(run.errors)")
    #expect(!run.errors.contains("warning:"), "\(run.errors)")
    let expected = Self.required + ["Sources/BatchNorm/Parts/Helper.swift"]
    #expect(try student.packed() == expected)

    let lines = run.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let sizes = try expected.map { path in
      "\(try Data(contentsOf: URL(filePath: student.path(path))).count) bytes  \(path)"
    }
    let grade = try grade(student)
    let digest = grade.submission.archiveDigest
    let place = "It lies in \(student.path("submit.tar.gz").dropLast("/submit.tar.gz".count))"
    #expect(lines == ["submit.tar.gz holds 9 files:"] + sizes + [digest, place])

    #expect(grade.status == .graded)
    #expect(grade.score == grade.maxScore)
    #expect(grade.lost == [])
    #expect(grade.intake.missing == [])
  }

  @Test(.beyondTheSample()) func packsTheStubWithWarningsAndItGetsNothing() throws {
    let student = try StudentFolder()
    let run = try student.submit()
    #expect(run.status == 0, "\(run.errors)")
    for part in Self.required {
      #expect(run.errors.contains("warning: \(part): "), "\(run.errors)")
    }
    #expect(run.errors.contains("Steps.swift: 4 functions not implemented yet; packed as it is"))
    #expect(run.errors.contains("Derivation.md: 6 answers not written yet; packed as it is"))
    #expect(try student.packed() == Self.required)

    let grade = try grade(student)
    #expect(grade.status == .graded)
    #expect(grade.score == .zero)
    #expect(grade.statuses == [.failed])
  }

  /// What cannot be packed says what happened, to what, and what to do; nothing of the student's
  /// is lost.
  @Test(.beyondTheSample()) func saysWhatToDo() throws {
    let student = try StudentFolder()
    try student.write("mine", to: "submit.tar.gz/notes.txt")
    let folder = try student.submit()
    #expect(folder.status != 0)
    #expect(folder.errors.contains("error: submit.tar.gz is a folder here; rename it"))
    #expect(
      try String(contentsOfFile: student.path("submit.tar.gz/notes.txt"), encoding: .utf8) == "mine"
    )

    try FileManager.default.removeItem(atPath: student.path("submit.tar.gz"))
    try FileManager.default.removeItem(atPath: student.path("handin.txt"))
    let list = try student.run("swift package --scratch-path .build/check check")
    #expect(
      list.output.contains("handin.txt:1:1: error: there is no handin.txt that can be read in")
    )
    #expect(list.output.contains("copy it there from the handout"), "\(list.output)")
  }

  @Test(.beyondTheSample()) func failsWhenARequiredFileIsMissing() throws {
    let student = try StudentFolder()
    for file in ["Derivation.md", "Sources/BatchNorm/Chain.swift"] {
      try FileManager.default.removeItem(atPath: student.path(file))
    }
    let run = try student.submit()
    #expect(run.status != 0)
    #expect(run.errors.contains("error: Derivation.md is missing; handin.txt requires it. Put"))
    #expect(run.errors.contains("error: Sources/BatchNorm/Chain.swift is missing"))
    #expect(run.errors.contains("error: submit.tar.gz was not written\n"))
    #expect(!FileManager.default.fileExists(atPath: student.archive))

    try student.write("an older one", to: "submit.tar.gz")
    let again = try student.submit()
    #expect(again.errors.contains("submit.tar.gz was not written; the one in the folder is older"))
    #expect(try String(contentsOfFile: student.archive, encoding: .utf8) == "an older one")
  }

  @Test(.beyondTheSample()) func followsNoLinks() throws {
    let student = try StudentFolder()
    let module = student.path("Sources/BatchNorm")
    for (name, target) in [
      ("Chain.swift", "../../Derivation.md"), ("Shadow.swift", "/etc/shadow"), ("etc", "/etc"),
    ] {
      try? FileManager.default.removeItem(atPath: "\(module)/\(name)")
      try FileManager.default.createSymbolicLink(
        atPath: "\(module)/\(name)",
        withDestinationPath: target
      )
    }
    let run = try student.submit()
    #expect(run.status != 0)
    for name in ["Chain.swift", "Shadow.swift"] {
      let words = "Sources/BatchNorm/\(name) is a link; put the file itself there"
      #expect(run.errors.contains(words), "\(run.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: student.archive))

    for name in ["Chain.swift", "Shadow.swift"] {
      try FileManager.default.removeItem(atPath: "\(module)/\(name)")
    }
    try student.write("// mine", to: "Sources/BatchNorm/Chain.swift")
    #expect(try student.submit().status == 0)
    #expect(try student.packed() == Self.required)

    try FileManager.default.moveItem(
      atPath: student.path("Sources"),
      toPath: "\(student.root)/Moved"
    )
    try FileManager.default.createSymbolicLink(
      atPath: student.path("Sources"),
      withDestinationPath: "\(student.root)/Moved"
    )
    #expect(try student.submit().errors.contains("Sources is a link; put the folder itself there"))
  }

  @Test(.beyondTheSample()) func refusesWhatIntakeWouldRefuse() throws {
    let student = try StudentFolder()
    let long = String(repeating: "x", count: HandInLimits.fileBytes + 1)
    try student.write(long, to: "Derivation.md")
    let run = try student.submit()
    #expect(run.status != 0)
    #expect(
      run.errors.contains("error: Derivation.md has 1048577 bytes; at most 1048576 are accepted")
    )

    try student.write("required ../a", to: "handin.txt")
    #expect(try student.submit().errors.contains("handin.txt:1: `../a` is not a path"))
    #expect(try student.submit("now").errors.contains("submit takes no arguments"))
  }

  private enum HandInLimits {
    static let fileBytes = Int(IntakeLimits().keptFileBytes)
  }
}
