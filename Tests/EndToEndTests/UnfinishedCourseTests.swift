import GraderCore
import Testing

/// Assignments that cannot be read, alone and beside others.
@Suite struct UnfinishedCourseTests {
  @Test func brokenCourse() throws {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: .none, in: folder)
    try folder.shell("echo 'tests: nonsense' >> course/reference/a1-batch-norm/assignment.yaml")
    let archive = try Homework.solution.packed(in: folder)
    let run = try Grading.run([archive], course: course.path, in: folder)
    #expect(run.status == 70)
    #expect(run.output == "")
    #expect(run.errors.contains("reference/a1-batch-norm/assignment.yaml cannot be understood"))
  }

  /// A teacher's unfinished assignment stops the grading of what may belong to it, and nothing
  /// else.
  @Test func unfinishedAssignmentBesideAGoodOne() throws {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: .none, in: folder)
    try folder.shell(
      "mkdir course/reference/a0 && echo 'id: [' > course/reference/a0/assignment.yaml"
    )
    let archive = try Homework.solution.packed(in: folder)
    #expect(try Grading.run([archive], course: course.path, in: folder).grade.lost == [])

    try folder.shell("echo something else > other.txt && tar -czf other.tar.gz other.txt")
    let other = try Grading.run(["other.tar.gz"], course: course.path, in: folder)
    #expect(other.status == 70)
    #expect(other.output == "")
    #expect(other.errors.contains("reference/a0/assignment.yaml cannot be understood"))
  }

  /// A copy that a teacher begins the next year's homework with has the same files.
  @Test func unfinishedCopyOfAGoodAssignment() throws {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: .none, in: folder)
    try folder.shell(
      """
      mkdir course/reference/a0 && echo 'id: [' > course/reference/a0/assignment.yaml
      rm course/assignments && mkdir course/assignments
      ln -s '\(Repository.root)/assignments/'* course/assignments
      ln -s '\(Repository.root)/assignments/a1-batch-norm' course/assignments/a0
      """
    )
    let archive = try Homework.solution.packed(in: folder)
    let grade = try Grading.run([archive], course: course.path, in: folder).grade
    #expect(grade.assignment == "a1-batch-norm")
    #expect(grade.lost == [])
  }
}
