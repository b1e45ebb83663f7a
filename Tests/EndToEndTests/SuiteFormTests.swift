import Foundation
import GraderCore
import Testing

/// Hidden suites of a form that the grader does not compile itself.
@Suite struct SuiteFormTests {
  /// The manifest defines what one of the suite's files insists on.
  @Test(.beyondTheSample()) func packageManagerBuildsWhatIsUnusual() throws {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: .none, in: folder)
    let suite = "course/reference/a1-batch-norm"
    try folder.shell(
      """
      mkdir own && cp -L HiddenTests/*.swift own && rm HiddenTests && mv own HiddenTests
      cp -L Package.swift own && rm Package.swift
      sed 's/swiftSettings: strict/swiftSettings: strict + [.define("UNUSUAL")]/' own >Package.swift
      grep -q UNUSUAL Package.swift
      """,
      in: suite
    )
    try folder.write(
      "#if !UNUSUAL\n  #error(\"compiled without the manifest\")\n#endif\n".utf8,
      to: "\(suite)/HiddenTests/Insists.swift"
    )
    let archive = try Homework.solution.packed(in: folder)
    let graded = try Grading.run([archive], course: course.path, in: folder)
    #expect(try graded.grade.lost == [])
  }
}
