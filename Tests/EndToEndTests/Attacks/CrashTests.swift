import GraderCore
import Testing

/// Code that ends the worker costs its function's tests, which say how and where.
@Suite struct CrashTests {
  private static func trap(_ name: String, _ code: String, _ kind: String) -> Attack {
    Attack(name, code, .crashed, "\(kind) at {place} in {function}.")
  }

  private static func exit(_ name: String, _ code: String, status: Int) -> Attack {
    Attack(
      name,
      code,
      .crashed,
      "Your code ended the program (exit status \(status)) in {function}: "
        + "a function must return or throw."
    )
  }

  static let battery = Battery([
    exit("exit", "exit(0)", status: 0).sampled(),
    exit("exit behind a handler that exits", "atexit { _exit(0) }; exit(3)", status: 0),
    exit("_exit", "_exit(7)", status: 7),
    trap("fatalError", #"if zero() == 0 { fatalError("boom") }"#, "Fatal error"),
    trap("precondition", "precondition(zero() == 1)", "Precondition failure"),
    trap(
      "an index out of range",
      "let a = [1, 2, 3]; if a[zero() + 7] == 3 { print(a) }",
      "Index out of range"
    ),
    trap(
      "nil",
      "let a: Int? = zero() == 1 ? 1 : nil; if a! == 3 { print(a!) }",
      "Unexpectedly found nil while unwrapping an Optional value"
    ),
    trap(
      "overflow",
      "let a = Int8(zero()) + 127; if a + Int8(zero() + 1) == 3 { print(a) }",
      "Arithmetic overflow"
    ),
    trap("division by zero", "if 7 / zero() == 3 { print(3) }", "Division by zero"),
    trap(
      "a failed cast",
      "let a: Any = zero(); if (a as! String).isEmpty { print(a) }",
      "Failed cast"
    ),
    trap(
      "endless recursion",
      "func f(_ n: Int) -> Int { n == -1 ? 0 : f(n + 1) &+ f(n + 2) }; print(f(zero()))",
      "Stack overflow (endless recursion?)"
    ).sampled(),
    Attack(
      "an error of its own",
      #"struct E: Error, CustomStringConvertible { let description = "\u{1B}[31mred\u{202E}" }; "#
        + "throw E()",
      .failed,
      "{function} threw an error where it should return."
    ),
    trap(
      "an error that nobody catches",
      "struct Mine: Error {}; try! { throw Mine() }()",
      "Fatal error"
    ),
    Attack("abort", "abort()", .crashed, "Crashed (abort) at {place} in {function}."),
  ])

  /// Misuse that CourseKit's tensors refuse is told with the student's line, not with CourseKit's.
  static let misuses = Battery([
    trap(
      "an index out of range of a tensor",
      "let t = Tensor<Double>([1, 2, 3]); if t[zero() + 7] == 3 { print(t) }",
      "Tensor index out of range"
    ).sampled(),
    trap(
      "tensors that do not fit together",
      "print(Tensor<Double>.ones(zero() + 2) + Tensor<Double>.ones(zero() + 3))",
      "Shapes of tensors that do not fit together"
    ),
    // Where the function's frame is gone, another function's line would be told.
    Attack(
      "a trap in a function that left its frame",
      "@inline(never) func last(_ t: Tensor<Double>) -> Tensor<Double> { t.sum(axis: 5) }; "
        + "if zero() == 0 { return last(.ones(zero() + 2)) }",
      .crashed,
      "Tensor axis out of range in {function}."
    ),
    Attack(
      "a tensor that no frame holds",
      "if zero() == 0 { return .ones(3_000, 3_000) }",
      .failed,
      "{function} threw AnswerTooLarge where it should return."
    ),
  ])

  @Test(.beyondTheSample(cases: misuses.cases.count), arguments: misuses.cases)
  func misuse(attempt: Battery.Case) throws {
    try Self.misuses.expectOutcome(of: attempt)
  }

  @Test(.beyondTheSample(cases: battery.cases.count), arguments: battery.cases)
  func outcome(attempt: Battery.Case) throws {
    try Self.battery.expectOutcome(of: attempt)
  }

  @Test(.beyondTheSample(cases: Jails.levels.count), arguments: Jails.levels)
  func noHarm(level: String) throws {
    try Self.battery.expectNoHarm(at: level, withinProcessorSeconds: 30)
  }

  /// The optimizer puts a small step into the chain that calls it; the trap is the step's all the
  /// same.
  @Test func inlinedTrap() throws {
    let name = "public func gradVariance("
    let homework = try Homework.solution
      .replacing(name, with: "func ownGradVariance(", in: "Steps.swift")
      .appending(
        """

        public func gradVariance(
          dXHat: Tensor<Double>, x: Tensor<Double>, mean: Tensor<Double>,
          variance: Tensor<Double>, epsilon: Double
        ) throws -> Tensor<Double> {
          let last = [1, 2]
          guard last[x.shape[0]] > 0 else { throw NotImplemented() } // here
          return try ownGradVariance(
            dXHat: dXHat, x: x, mean: mean, variance: variance, epsilon: epsilon)
        }
        """,
        to: "Steps.swift"
      )
    let lines = try homework.text(of: "Steps.swift").split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    let line = try #require(lines.firstIndex { $0.hasSuffix("// here") }) + 1
    let grade = try homework.graded()
    for (test, function) in [("grad-variance", "gradVariance"), ("backward", "batchNormBackward")] {
      let message = try grade.test(test).message
      #expect(
        message.contains(
          "Index out of range at Sources/BatchNorm/Steps.swift:\(line) in \(function)."
        )
      )
    }
  }

  /// A crash in a function reaches the chains through it.
  @Test(.beyondTheSample()) func crashReachesTheChains() throws {
    let attack = Attack("exit", "exit(0)", .crashed)
    let grade = try Homework.solution.attacked(by: attack, in: Slot.all[0]).homework.graded()
    #expect(
      grade.lost == [
        "batch-mean", "backward", "network-loss", "network-d-w1", "network-d-gamma",
        "network-d-beta", "network-d-w2",
      ]
    )
    // A chain that ends where its steps do carries what they lost.
    #expect(grade.statuses == [.crashed, .passed, .partial])
    #expect(try grade.test("network-loss").message.contains("in smallNetworkGradients"))
  }
}
