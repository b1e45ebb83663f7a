import Foundation
import GraderCore
import Testing

/// A file that cannot be used costs its part alone, and the student reads why.
@Suite struct PartwiseBuildTests {
  /// The tests of each part, with the chains that need it.
  private static let tests: [String: [String]] = [
    "Forward.swift": [
      "batch-mean", "batch-variance", "variance-stable", "normalize", "scale-and-shift",
    ],
    "Steps.swift": ["grad-x-hat", "grad-variance", "grad-mean", "grad-input"],
    "ParameterGradients.swift": ["grad-gamma", "grad-beta"],
    "Chain.swift": ["backward", "batch-of-one"],
    "ClosedForm.swift": ["backward-closed"],
    "Inference.swift": ["inference", "update-running"],
    "SmallNetwork.swift": [
      "network-loss", "network-d-w1", "network-d-gamma", "network-d-beta", "network-d-w2",
    ],
  ]

  /// Expects that exactly these files were left out, and what for.
  private func expectBlocked(
    _ files: [String: String],
    in grade: Grade,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(grade.status == .incomplete, sourceLocation: sourceLocation)
    #expect(grade.build.status == .partial, sourceLocation: sourceLocation)
    for part in grade.build.parts {
      let name = (part.file as NSString).lastPathComponent
      guard let reason = files[name] else {
        #expect(part.status == .built, "\(name)", sourceLocation: sourceLocation)
        continue
      }
      #expect(part.status == .blocked, "\(name)", sourceLocation: sourceLocation)
      #expect(part.message.contains(reason), sourceLocation: sourceLocation)
      let fits = !reason.contains("expected `public func")
      if !fits { #expect(part.isUnfit == true, "\(name)", sourceLocation: sourceLocation) }
      for id in Self.tests[name] ?? [] {
        let test = try grade.test(id)
        #expect(test.status == .notRun, "\(id)", sourceLocation: sourceLocation)
        #expect(test.score == .zero, "\(id)", sourceLocation: sourceLocation)
        // A file that compiles, and lacks `public` perhaps, is not said not to.
        let fault = part.isUnfit == true ? "cannot be used as it is" : "does not compile"
        #expect(
          test.message.hasPrefix("Not run: \(part.file) \(fault).\n"),
          sourceLocation: sourceLocation
        )
        #expect(test.message.contains(reason), "\(id)", sourceLocation: sourceLocation)
      }
    }
    #expect(
      Set(grade.statuses).subtracting([.partial]) == [.passed, .notRun],
      sourceLocation: sourceLocation
    )
    // Chains are right but for it, and carry what it cost.
    for test in grade.judged where test.status == .partial {
      let isCarried = files.keys.contains {
        test.message.contains("It calls functions of Sources/BatchNorm/\($0), which ")
      }
      #expect(isCarried, "\(test.id)", sourceLocation: sourceLocation)
    }
    let notRun = grade.judged.filter { $0.status == .notRun }
    for test in notRun {
      let blocker = files.keys.contains {
        test.message.contains("Not run: Sources/BatchNorm/\($0)")
      }
      #expect(blocker, "\(test.id)", sourceLocation: sourceLocation)
    }
  }

  /// A slip of one file, what of it stands in the words for the student, and which tests go.
  struct Broken: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var file: String
    var old: String?
    var new: String
    var reason: String
    var notRun: [String]

    init(
      _ description: String,
      _ file: String,
      replace old: String? = nil,
      with new: String,
      says reason: String,
      notRun: [String]
    ) {
      testDescription = description
      (self.file, self.old, self.new) = (file, old, new)
      (self.reason, self.notRun) = (reason, notRun)
    }

    func applied(to homework: Homework) throws -> Homework {
      guard let old else { return try homework.appending(new, to: file) }
      return try homework.replacing(old, with: new, in: file)
    }
  }

  private static let chains = [
    "backward", "batch-of-one", "network-loss", "network-d-w1", "network-d-gamma",
    "network-d-beta", "network-d-w2",
  ]
  private static let closed = ["backward-closed"]
  private static let broken = [
    Broken(
      "a syntax error",
      "ClosedForm.swift",
      replace: "let meanGradient = dXHat",
      with: "let = dXHat",
      says: "Sources/BatchNorm/ClosedForm.swift:22:7: error: expected pattern",
      notRun: closed
    ),
    Broken(
      "an unknown name",
      "ClosedForm.swift",
      replace: "let meanGradient = dXHat",
      with: "let meanGradient = dYHat",
      says: "error: cannot find 'dYHat' in scope",
      notRun: closed
    ),
    Broken(
      "a missing function",
      "ClosedForm.swift",
      replace: "func batchNormBackwardClosed(",
      with: "func backwardClosed(",
      says: "Sources/BatchNorm/ClosedForm.swift: error: expected "
        + "`public func batchNormBackwardClosed(dU: Tensor<Double>, xHat: Tensor<Double>, ",
      notRun: closed
    ),
    Broken(
      "another type",
      "ClosedForm.swift",
      replace: "epsilon: Double\n) throws -> Tensor<Double> {",
      with: "epsilon: Float\n) throws -> Tensor<Double> {\n  let epsilon = Double(epsilon)",
      says: "expected `public func batchNormBackwardClosed(",
      notRun: closed
    ),
    Broken(
      "not public",
      "ClosedForm.swift",
      replace: "public func",
      with: "func",
      says: "expected `public func batchNormBackwardClosed(",
      notRun: closed
    ),
    Broken(
      "_Differentiation",
      "ClosedForm.swift",
      replace: "import CourseKit",
      with: "import CourseKit\nimport _Differentiation",
      says:
        "Sources/BatchNorm/ClosedForm.swift: error: a solution may not import _Differentiation; "
        + "allowed are CourseKit, BatchNormTask, Foundation and Glibc",
      notRun: closed
    ),
    Broken(
      "XCTest",
      "ClosedForm.swift",
      replace: "import CourseKit",
      with: "import CourseKit\n@testable import XCTest",
      says: "error: a solution may not import XCTest; allowed are ",
      notRun: closed
    ),
    Broken(
      "a C function's name",
      "ClosedForm.swift",
      with: "\n@_cdecl(\"malloc\") public func m(_ n: Int) -> UnsafeMutableRawPointer? { nil }\n",
      says: "error: a solution may not define the C symbol 'malloc'",
      notRun: closed
    ),
    Broken(
      "code that would run before main",
      "ClosedForm.swift",
      with: "\n@section(\".init_array\") @used private let early: @convention(c) () -> Void = {}\n",
      says: "error: a solution may not use the object section '.init_array'",
      notRun: closed
    ),
  ]

  @Test(arguments: broken.sample(2, 4, 5, 8))
  func oneFile(broken: Broken) throws {
    let grade = try broken.applied(to: .solution).graded()
    try expectBlocked([broken.file: broken.reason], in: grade)
    #expect(grade.notPassed == grade.judged.map(\.id).filter(Set(broken.notRun).contains))
  }

  @Test func severalFiles() throws {
    let grade = try Homework.solution
      .replacing("let meanGradient = dXHat", with: "let = dXHat", in: "ClosedForm.swift")
      .replacing("let variance = try batchVariance(", with: "let v = (", in: "Chain.swift")
      .graded()
    try expectBlocked(
      [
        "ClosedForm.swift": "error: expected pattern",
        "Chain.swift": "error: cannot find 'variance' in scope",
      ],
      in: grade
    )
  }

  @Test(.beyondTheSample()) func allFiles() throws {
    var homework = Homework.solution
    for file in Homework.parts {
      homework = try homework.appending("\n#if true\n}}}\n#endif\n", to: file)
    }
    let grade = try homework.graded()
    #expect(grade.status == .didNotBuild)
    #expect(grade.build.status == .failed)
    #expect(grade.score == .zero)
    #expect(grade.maxScore == Points(hundredths: 80_00))
    #expect(grade.statuses == [.notRun])
    #expect(grade.judged.count == 21)
    for test in grade.judged {
      #expect(test.message.contains(/:\d+:\d+: error: extraneous '}' at top level/), "\(test.id)")
    }
    #expect(grade.message.hasPrefix("Nothing could be graded: no part of the code compiles."))
  }

  @Test(.beyondTheSample()) func missingFileAndItsChains() throws {
    let grade = try Homework.solution.removing("Chain.swift").graded()
    #expect(grade.status == .incomplete)
    #expect(grade.notPassed == Self.chains)
    for id in Self.chains {
      let test = try grade.test(id)
      if Self.tests["Chain.swift"]?.contains(id) == true {
        #expect(test.message == "Not run: Sources/BatchNorm/Chain.swift is not in the archive.")
      } else {
        #expect(test.status == .partial)
        #expect(test.message.hasSuffix("BatchNorm/Chain.swift, which is not in the archive."))
      }
    }
    #expect(grade.build.parts.filter { $0.status == .missing }.map(\.name) == ["Chain"])
    #expect(grade.intake.missing == ["Sources/BatchNorm/Chain.swift"])
  }

  @Test(.beyondTheSample()) func brokenHelperThatNobodyNeeds() throws {
    let grade = try Homework.solution.adding("Help.swift", "func help( {").graded()
    #expect(grade.status == .graded)
    #expect(grade.score == grade.maxScore)
    #expect(
      grade.message.hasPrefix(
        "Sources/BatchNorm/Help.swift was left out. Sources/BatchNorm/Help.swift:1:"
      )
    )
  }

  @Test(.beyondTheSample()) func brokenHelperThatAPartNeeds() throws {
    let grade = try Homework.solution
      .adding("Help.swift", "func help() -> Int { nothing }")
      .replacing(
        "let meanGradient = dXHat",
        with: "print(help())\n  let meanGradient = dXHat",
        in: "ClosedForm.swift"
      )
      .graded()
    #expect(grade.message.contains("Sources/BatchNorm/Help.swift was left out."))
    try expectBlocked(["ClosedForm.swift": "error: cannot find 'help' in scope"], in: grade)
    #expect(grade.lost == Self.closed)
  }

  /// The rest was lost once: an output of an earlier try could not be overwritten.
  @Test func brokenHelperAndBrokenPart() throws {
    let grade = try Homework.solution
      .adding("Help.swift", "func help() -> Int { nothing }")
      .replacing(
        "let meanGradient = dXHat",
        with: "let meanGradient = nothing",
        in: "ClosedForm.swift"
      )
      .graded()
    try expectBlocked(["ClosedForm.swift": "error: cannot find 'nothing' in scope"], in: grade)
    #expect(grade.lost == Self.closed)
  }

  @Test func allowedFreedoms() throws {
    let grade = try Homework.solution
      // Foundation, with its tables of languages, makes a much bigger program.
      .replacing(
        "  return x.mean(axis: 0)",
        with: #"  print(String(format: "%.3f", pow(x.scalars[0], 2)))"#
          + "\n  return x.mean(axis: 0)",
        in: "Forward.swift"
      )
      .replacing(
        "import CourseKit",
        with: "import CourseKit\nimport Foundation",
        in: "Forward.swift"
      )
      // A function that cannot fail need not say that it might.
      .replacing("  try requireShapes(matrices: dU)\n", with: "", in: "ParameterGradients.swift")
      .replacing(
        "gradBeta(dU: Tensor<Double>) throws ->",
        with: "gradBeta(dU: Tensor<Double>) ->",
        in: "ParameterGradients.swift"
      )
      .replacing("try gradBeta(dU: dU)", with: "gradBeta(dU: dU)", in: "Chain.swift")
      .graded()
    #expect(grade.status == .graded)
    #expect(grade.lost == [])
  }

  /// With the driver in the place of fixed jobs, the linker would run the script.
  @Test(.beyondTheSample()) func argumentsForTheLinker() throws {
    let folder = try TemporaryFolder()
    let canary = "\(folder.path)/canary"
    let script = try folder.write(Array("#!/bin/sh\ntouch \(canary)\n".utf8), to: "script")
    try folder.shell("chmod 755 script && chmod 777 .")
    let argument = Array("--ld-path=\(script)\0".utf8)
    let types = argument.map { _ in "UInt8" }.joined(separator: ", ")
    let bytes = argument.map { "\($0)" }.joined(separator: ", ")
    let grade = try Homework.solution.appending(
      """

      @section(".swift1_autolink_entries") @used private let planted: (\(types)) = (\(bytes))

      """,
      to: "ClosedForm.swift"
    ).graded()
    #expect(!FileManager.default.fileExists(atPath: canary))
    #expect(grade.lost == Self.closed)
    let message = try grade.test("backward-closed").message
    #expect(
      message.contains("a solution may not use the object section '.swift1_autolink_entries'")
    )
  }
}
