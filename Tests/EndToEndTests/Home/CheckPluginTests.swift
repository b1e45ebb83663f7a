import Foundation
import Testing

/// `swift package check` in an assignment's folder says what is wrong, line by line.
@Suite(.serialized) struct CheckPluginTests {
  private static let command = "swift package --scratch-path .build/check check"

  /// The lines of one run that editors mark, and the others.
  private struct Report {
    var status: Int32
    var problems: [String]
    var rest: String

    init(_ run: Program.Run) {
      let lines = run.output.split(separator: "\n").map(String.init)
      let marked = lines.filter { $0.contains(": error: ") || $0.contains(": warning: ") }
      status = run.status
      problems = marked
      rest = lines.filter { !marked.contains($0) }.joined(separator: "\n") + run.errors
    }

    func tells(_ problem: String) -> Bool { problems.contains { $0.hasPrefix(problem) } }
  }

  private func check(_ student: StudentFolder) throws -> Report {
    Report(try student.run(Self.command))
  }

  /// A homework from the handout to the last point, as somebody writes it.
  @Test func followsAHomework() throws {
    let student = try StudentFolder()
    let stub = try check(student)
    #expect(stub.status == 1)
    #expect(stub.problems.allSatisfy { $0.contains(": warning: ") }, "\(stub.problems)")
    #expect(
      stub.tells("Sources/BatchNorm/Steps.swift:14:3: warning: gradXHat is not written yet")
    )
    #expect(
      stub.tells("Derivation.md:13:1: warning: an answer is not written yet: 1. What the steps")
    )
    #expect(stub.problems.count == 15 + 6)
    #expect(stub.rest.contains("1 of 40 public tests pass."), "\(stub.rest)")
    #expect(stub.rest.contains("The public tests see 0 of 80 points; 20 more"), "\(stub.rest)")

    try student.write(Homework.solution)
    let solution = try check(student)
    #expect(solution.status == 0, "\(solution.problems)\(solution.rest)")
    #expect(solution.problems == [])
    #expect(solution.rest.contains("The public tests see 80 of 80 points; 20 more"))

    let slip = try Homework.solution
      .replacing("dU.sum(axis: 0)", with: "2 * dU.sum(axis: 0)", in: "ParameterGradients.swift")
    try student.write(slip)
    let wrong = try check(student)
    #expect(wrong.status == 1)
    #expect(
      wrong.tells("Tests/BatchNormTests/ParameterGradientsTests.swift:"),
      "\(wrong.problems)\(wrong.rest)"
    )
    #expect(wrong.problems.contains { $0.contains("error: ParameterGradientsTests/testGradBeta") })
    #expect(wrong.rest.contains("  -   2  Gradient of beta"), "\(wrong.rest)")
    #expect(wrong.rest.contains("  +   4  Gradient of gamma"), "\(wrong.rest)")
  }

  /// A thing that does not compile or ends the program is one line in its place, and hides nothing.
  @Test(.beyondTheSample()) func namesThePlaceOfWhatStops() throws {
    let student = try StudentFolder()
    let half = try Homework.solution.text(of: "Steps.swift") + "\nfunc half(\n"
    try student.write(Homework.solution.adding("Steps.swift", half).removing("Chain.swift"))
    let broken = try check(student)
    #expect(broken.status == 1)
    #expect(broken.tells("Sources/BatchNorm/Chain.swift:1:1: error: "), "\(broken.problems)")
    #expect(
      broken.problems.contains { line in
        line.wholeMatch(of: /Sources\/BatchNorm\/Steps.swift:\d+:\d+: error: .*/) != nil
      },
      "\(broken.problems)"
    )
    #expect(broken.rest.contains("It does not compile"), "\(broken.rest)")

    let trap = "\n  if dU.shape[0] > 0 { fatalError(\"mine\") }\n"
    let ending = try Homework.solution
      .replacing(
        "return dU.sum(axis: 0)",
        with: "\(trap)  return dU.sum(axis: 0)",
        in: "ParameterGradients.swift"
      )
    try student.write(ending)
    let stopped = try check(student)
    #expect(stopped.status == 1)
    #expect(
      stopped.problems.contains { line in
        line.hasPrefix("Sources/BatchNorm/ParameterGradients.swift:")
          && line.hasSuffix("the program ends here: Fatal error: mine")
      },
      "\(stopped.problems)"
    )
    #expect(stopped.rest.contains("  +   4  Gradient of gamma"), "\(stopped.rest)")
    #expect(stopped.rest.contains("  +   8  The closed form"), "\(stopped.rest)")
    #expect(stopped.rest.contains("  -   2  Gradient of beta"), "\(stopped.rest)")
  }

  /// A save is looked at without being asked; meanwhile all other commands work.
  @Test(.beyondTheSample()) func watches() throws {
    let student = try StudentFolder()
    let shared = try student.run("swift package check --watch")
    #expect(shared.status == 1)
    #expect(shared.errors.contains("--watch needs a folder of its own"), "\(shared.errors)")

    let watch = "swift package --scratch-path .build/watch check --watch"
    let run = try student.run(
      """
      script -qfec '\(watch)' log > /dev/null & watching=$!
      rounds() { grep -c 'Waiting for changes' log; }
      until_round() {
        for i in $(seq 3000); do [ "$(rounds)" -ge "$1" ] && return; sleep 0.1; done
      }
      until_round 1
      timeout 600 swift build 2>&1 | tail -1
      timeout 600 swift test --disable-swift-testing --filter testWrongShapesThrow 2>&1 | tail -1
      timeout 600 \(Self.command) | tail -1
      cp '\(Repository.root)/reference/a1-batch-norm/Solution/Sources/BatchNorm/Forward.swift' \
        Sources/BatchNorm/
      until_round 2
      echo 'func helper( {' > Sources/BatchNorm/Helper.swift
      until_round 3
      kill $watching; wait $watching
      cat log
      """
    )
    #expect(run.output.contains("Build complete!"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("Executed 1 test, with 0 failures"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("The public tests see 0 of 80"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("8 of 40 public tests pass."), "\(run.output)")
    #expect(run.output.contains("Sources/BatchNorm/Helper.swift:1:14: error:"), "\(run.output)")
  }
}
