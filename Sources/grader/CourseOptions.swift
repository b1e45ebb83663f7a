import ArgumentParser
import GraderRuntime

/// Where the course is, and how strong the jail has to be.
struct CourseOptions: ParsableArguments {
  @Option(help: "The folder that holds assignments/ and reference/.", completion: .directory)
  var course: String?

  @Flag(help: "Run untrusted code without a jail; the grade records it. For your own code only.")
  var noJail = false

  func pipeline() throws(GraderFault) -> Pipeline {
    let course = try Course.find(explicit: course)
    return Pipeline(
      course: course, machine: try Machine.detect(noJail: noJail), cache: try Cache.find())
  }
}
