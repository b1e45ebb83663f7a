import Foundation
import Testing

/// A machine that does not grade the solution as it should grades nobody.
@Suite struct KnownAnswerTests {
  /// The course with a file of the solution changed.
  private func course(
    _ change: (String) throws -> String,
    in folder: TemporaryFolder
  ) throws -> TestCourse {
    let course = try TestCourse(limits: .none, in: folder)
    let place = "course/reference/a1-batch-norm"
    try folder.shell(
      """
      rm Solution
      cp -r '\(Repository.root)/reference/a1-batch-norm/Solution' .
      rm Mutants
      """,
      in: place
    )
    let path = "\(place)/Solution/Sources/BatchNorm/Inference.swift"
    let text = try String(contentsOfFile: "\(folder.path)/\(path)", encoding: .utf8)
    try folder.write(Array(try change(text).utf8), to: path)
    return course
  }

  @Test func wrongSolutionStopsABatch() throws {
    let folder = try TemporaryFolder()
    let course = try course(
      { $0.replacing("epsilon: epsilon", with: "epsilon: 2 * epsilon") },
      in: folder
    )
    _ = try Homework.solution.packed(in: folder)
    try folder.shell("mkdir class; mv submit.tar.gz class/ann.tar.gz")
    let run = try Grading.run(
      ["batch", "class", "-o", "results"],
      course: course.path,
      in: folder
    )
    #expect(run.status == 70, "\(run.errors)")
    #expect(run.errors.contains("The solution of a1-batch-norm gets"))
    #expect(run.errors.contains("so nobody is graded"))
    let grades = "\(folder.path)/results/grades"
    #expect(try FileManager.default.contentsOfDirectory(atPath: grades) == [])
  }

  /// Damage is mended or told; no grade is made with it.
  @Test(.beyondTheSample()) func damageChangesNoScore() throws {
    let folder = try TemporaryFolder()
    // Where the jail's own user can read it.
    let cache = "/tmp/chainrule-known-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    _ = try Homework.solution.packed(in: folder)
    try folder.shell("mkdir class; mv submit.tar.gz class/ann.tar.gz")
    func batch(_ results: String) throws -> Grading {
      try Grading.run(
        ["batch", "class", "-o", results, "--no-report"],
        environment: ["CHAINRULE_CACHE": cache],
        in: folder
      )
    }
    try #require(try batch("first").errors.contains("80/80"))
    for name in [
      "runtime-*/objects/CourseKit.o", "runtime-*/objects/support-trap_report.o",
      "kit-*/*.o", "suite-*/*.xctest",
    ] {
      try folder.shell(
        """
        file=$(ls \(cache)/\(name) | head -1)
        chmod u+w $file
        python3 - $file <<'END'
        import os, sys
        with open(sys.argv[1], "r+b") as file:
          middle = os.path.getsize(sys.argv[1]) // 2
          file.seek(middle)
          byte = file.read(1)[0]
          file.seek(middle)
          file.write(bytes([byte ^ 4]))
        END
        """
      )
      let results = "after-\(UUID().uuidString)"
      let run = try batch(results)
      #expect(run.status == 0 && run.errors.contains("80/80"), "\(name): \(run.errors)")
    }
  }
}
