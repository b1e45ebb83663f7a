public import CourseKit
internal import Foundation
public import JudgeEvents
internal import JudgeOrders
public import XCTest

/// The base class of hidden tests: a test asks the worker, compares, and tells.
///
/// Each test runs in a new instance, with a worker that no other test had; the grader orders it, as
/// `JudgeOrder` says.
open class JudgeCase: XCTestCase {
  /// The worker, log and seed that the grader gave to this run of the test.
  var given: Given?

  private var lastThrown: (function: String, error: ThrownError)?
  private var told: Set<String> = []
  /// The sizes in the questions so far.
  private(set) var sizesAsked = KnownSizes()
  private var keepsReplies = true
  private var mustThrow = false
  /// True if there were more events than the log has room for.
  private var isCut = false

  /// Acts after the test's method.
  var lastActs: [() throws -> Void] = []

  /// The time until which a provocation may take; nil while answers count.
  var provocationEnd: ContinuousClock.Instant?

  /// More than any function of the course returns but those that make a whole network.
  private static let mostRepliedValues = 2_000

  /// The replies so far; nil once the test has failed, which tells them as they come.
  ///
  /// A right test needs no slip's name, and they are most of what there is to tell.
  private var untold: [JudgeEvent.Reply]? = []

  /// The comparisons so far, for the patterns of their errors.
  var comparisons: [Comparison] = []

  /// The sizes of the instance at hand, by the names that the handout gives them, such as `n`: a
  /// wrong factor is named by them.
  public var sizes: [String: Int] = [:]

  /// Further properties of the instance at hand that the student may be told, such as a constant
  /// column, as a noun: what sets wrong answers apart is told by them.
  public var traits: [String] = []

  /// The answers of this test's chains that are not known to be right.
  var chains: [ChainAnswers] = []

  /// The questions so far that have compositions.
  var chainQuestions = 0

  /// True if the worker ended during a composition.
  var isOver = false

  /// The student's steps in the composition at hand.
  var steps: [Composition.Step] = []

  /// The way in which the last call did not return, if it did not.
  private(set) var lastEnd: String?

  /// The function that was asked last.
  private(set) var lastFunction = ""

  /// The search at hand.
  var search: SmallSearch?

  /// True if the test is to put its chain together from the student's steps, and not to judge.
  public var isComposing: Bool { ordered.work == .compose }

  /// True if the test is to search for the smallest input on which the function is wrong.
  public var isSearching: Bool { limits != nil }

  /// The bounds of the search; nil if there is none.
  var limits: SearchLimits? { ordered.work.limits }

  /// The seed of the submission, from which all that is random is drawn.
  public var seed: UInt64 { ordered.seed }

  private var ordered: Given {
    guard let given else { fatalError("hidden tests are started by the grader") }
    return given
  }

  private let method: XCTestCaseClosure

  /// A test of this class, as XCTest makes it.
  public required init(name: String, testClosure: @escaping XCTestCaseClosure) {
    method = testClosure
    super.init(name: name, testClosure: testClosure)
    let type = Self.self
    JudgeProcess.tests["\(type)/\(name)"] = { type.init(name: name, testClosure: testClosure) }
  }

  /// A generator that depends on the submission's seed, this test's name and the salt alone.
  public func generator(_ salt: String = "") -> Generator {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
    for byte in "\(seed) \(name) \(salt)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return Generator(seed: hash >> 32 ^ hash)
  }

  /// The value of the student's function.
  ///
  /// - Throws: `ThrownError` as the student's function threw it; other errors when the worker is
  ///   gone or talks nonsense. A test catches the errors that it expects and no others.
  public func subject<Output, each Input>(
    _ function: Function<Output, repeat each Input>,
    _ input: repeat each Input
  ) throws -> Output {
    if let limits {
      guard let search else { throw SmallSearch.Stop() }
      return try search.ask(function, of: ordered.subject, limits, repeat each input)
    }
    lastThrown = nil
    lastEnd = nil
    lastFunction = function.name
    sizesAsked.begin()
    repeat sizesAsked.add(each input)
    if let provocationEnd {
      return try ordered.subject.call(function, by: provocationEnd, repeat each input)
    }
    do {
      let value = try ordered.subject.call(function, repeat each input)
      record(function.name, value)
      return value
    } catch let error as ThrownError {
      lastThrown = (function.name, error)
      lastEnd = "\(error)"
      keep(
        .init(function: function.name, values: [], error: error.kind, mustThrow: mustThrow)
      )
      throw error
    } catch Subject.Failure.workerEnded(let function) {
      lastEnd = "the worker ended"
      write(.workerEnded(function: function))
      throw Subject.Failure.workerEnded(function: function)
    } catch Subject.Failure.badReply(let function, let reason) {
      lastEnd = "a bad reply"
      write(.badReply(function: function, reason: reason))
      throw Subject.Failure.badReply(function: function, reason: reason)
    }
  }

  /// True if the worker waits for a question.
  var canBeAsked: Bool { ordered.subject.isSilent }

  /// Asks what a slip cannot be named from, or need not be: it costs two runs more of the test.
  ///
  /// - Parameter body: Asks the worker.
  /// - Returns: What the body returns.
  public func unrecorded<Value>(_ body: () throws -> Value) rethrows -> Value {
    let before = keepsReplies
    keepsReplies = false
    defer { keepsReplies = before }
    return try body()
  }

  private func record(_ function: String, _ value: some Wire) {
    guard keepsReplies else { return }
    var writer = WireWriter()
    value.encode(into: &writer)
    keep(
      .init(
        function: function,
        values: Self.sample(of: writer.numbers),
        error: nil,
        shapes: Self.shapes(in: value),
        mustThrow: mustThrow
      )
    )
  }

  private func keep(_ reply: JudgeEvent.Reply) {
    if untold == nil { write(.replied(reply)) } else { untold?.append(reply) }
  }

  /// The shapes of all tensors of an answer, by which a transposed one differs from a reshaped one.
  private static func shapes(in value: Any) -> [[Int]] {
    if let tensor = value as? Tensor<Double> { return [tensor.shape] }
    if let numbers = value as? [Double] { return [[numbers.count]] }
    return Mirror(reflecting: value).children.flatMap { shapes(in: $0.value) }
  }

  /// All numbers of an answer; of a great many enough to tell it from others.
  private static func sample(of numbers: [Double]) -> [Double] {
    let step = max(1, (numbers.count + mostRepliedValues - 1) / mostRepliedValues)
    return stride(from: 0, to: numbers.count, by: step).map { numbers[$0] }
  }

  /// Reports an event; answers that are more than the grader keeps are no answers.
  func write(_ event: JudgeEvent) {
    guard !isCut, !ordered.log.keep(event) else { return }
    isCut = true
    ordered.log.write(.badReply(function: lastFunction, reason: "more than can be kept"))
  }

  /// Tells whether the answers to a question that is asked again are the first ones but for
  /// rounding.
  ///
  /// They need not have the same bits: who adds up in the order of a dictionary, or on several
  /// threads, is right too.
  ///
  /// - Parameters:
  ///   - again: The answers to the question asked again.
  ///   - first: The answers at first.
  ///   - scales: The unit of each answer; an answer without one is its own.
  /// - Returns: Whether they are the same.
  public func repeats(
    _ again: [Tensor<Double>],
    _ first: [Tensor<Double>],
    scales: [Double]
  ) -> Bool {
    guard again.map(\.shape) == first.map(\.shape) else { return false }
    return zip(again, first).enumerated().allSatisfy { index, pair in
      let largest = pair.1.scalars.map { abs($0) }.max() ?? 0
      let limit = Self.tolerance * (index < scales.count ? scales[index] : largest)
      return zip(pair.0.scalars, pair.1.scalars).allSatisfy {
        $0 == $1 || $0.isNaN && $1.isNaN || abs($0 - $1) <= limit
      }
    }
  }

  /// Expects the student's function to throw what the task asks for.
  ///
  /// - Parameters:
  ///   - expected: The error as the student calls it.
  ///   - function: The function as the student calls it.
  ///   - isExpected: Whether it is that error.
  ///   - body: Calls the function.
  /// - Throws: What is no answer at all: the stub's error, and what ends the test.
  public func expectError(
    _ expected: String,
    from function: String,
    where isExpected: (ThrownError) -> Bool,
    _ body: () throws -> Void
  ) throws {
    mustThrow = true
    defer { mustThrow = false }
    do {
      try body()
    } catch let error as ThrownError {
      if isExpected(error) { return }
      if case .notImplemented = error { throw error }
      tell(Finding(function, threw: error, insteadOf: expected, to: sizesAsked))
      return XCTFail("\(function) threw \(error), expected \(expected)")
    }
    tell(.didNotThrow(function: function, expected: expected))
    XCTFail("\(function) did not throw \(expected)")
  }

  /// Tells staff something that costs no points.
  public func flag(_ text: String) {
    write(.flagged(text))
  }

  /// The properties of a result that right code has on all small draws, by which a wrong one is
  /// seen without the right answer.
  ///
  /// - Parameters:
  ///   - result: The result, as the student calls it.
  ///   - function: The function on the wire.
  /// - Returns: The properties; none where none is known.
  open func properties(of result: String, from function: String) -> [BrokenProperty.Property] {
    []
  }

  open override func tearDownWithError() throws {
    for act in lastActs where testRun?.totalFailureCount == 0 { try act() }
    lastActs = []
    try super.tearDownWithError()
  }

  open override func tearDown() {
    Comparison.findings(in: comparisons).forEach(tell)
    Comparison.patterns(in: comparisons).forEach(tell)
    for chain in chains { write(.chain(chain)) }
    super.tearDown()
  }

  /// Tells the student a fact; the same kind of fact about the same thing is told once.
  public func tell(_ finding: Finding) {
    guard told.insert(finding.topic).inserted else { return }
    var finding = finding
    if case .wrongShape(let what, let yours?, let expected, let trials) = finding,
      !sizesAsked.allow(yours, insteadOf: expected)
    {
      finding = .wrongShape(what: what, yours: nil, expected: expected, trials: trials)
    }
    write(.told(finding))
  }

  /// Gives part of the test's points although the test fails.
  ///
  /// - Parameter points: Whole hundredths, at least 0.
  public func award(_ points: Double) {
    write(.awarded(hundredths: Int((points * 100).rounded())))
  }

  public final override class func setUp() {
    super.setUp()
    // The first class that XCTest comes to serves the tests of all.
    JudgeProcess.serve()
  }

  /// Runs the method between what a class does before and after it.
  ///
  /// XCTest also waits for an asynchronous beginning and end, which no judge has: on Linux its
  /// waiter can miss that they are over, and then looks again after a tenth of a second. Blocks of
  /// `addTeardownBlock` are not run.
  public final override func invokeTest() {
    do {
      try setUpWithError()
      setUp()
      try method(self)
    } catch {
      record(error)
    }
    tearDown()
    do { try tearDownWithError() } catch { record(error) }
  }

  /// Not for judges; see `invokeTest`.
  public final override func setUp() async throws {}

  /// Not for judges; see `invokeTest`.
  public final override func tearDown() async throws {}

  private func record(_ error: any Error) {
    let description = "threw error \"\(error)\""
    recordFailure(withDescription: description, inFile: "<EXPR>", atLine: 0, expected: false)
  }

  open override func recordFailure(
    withDescription description: String,
    inFile filePath: String,
    atLine lineNumber: Int,
    expected: Bool
  ) {
    for reply in untold ?? [] { write(.replied(reply)) }
    untold = nil
    let file = filePath.split(separator: "/").last ?? ""
    write(.issue("\(file):\(lineNumber): \(description)"))
    // XCTest calls what a test throws unexpected: nobody caught it, so the student has to know.
    if !expected, let (function, error) = lastThrown {
      tell(Finding(function, threw: error, to: sizesAsked))
    }
    super.recordFailure(
      withDescription: description,
      inFile: filePath,
      atLine: lineNumber,
      expected: expected
    )
  }
}

extension ThrownError {
  /// The kind of error, without what a student's words say of it.
  var kind: String {
    switch self {
    case .notImplemented: "NotImplemented"
    case .shapeMismatch: "ShapeMismatch"
    case .batchTooSmall: "BatchTooSmall"
    case .other: "another"
    }
  }
}

extension Finding {
  init(_ function: String, threw error: ThrownError, to sizes: KnownSizes) {
    switch error {
    case .notImplemented(let stub): self = .notImplemented(function: function, stub: stub)
    case .shapeMismatch(let error):
      let isKnown = sizes.allow(thrown: error.left) && sizes.allow(thrown: error.right)
      self = .threw(function: function, error: isKnown ? "\(error)" : "ShapeMismatch")
    case .batchTooSmall(let count):
      let isKnown = sizes.allow(count: count)
      let error = isKnown ? "BatchTooSmall(count: \(count))" : "BatchTooSmall"
      self = .threw(function: function, error: error)
    case .other(let text): self = .threw(function: function, error: Self.name(ofError: text))
    }
  }

  init(
    _ function: String,
    threw error: ThrownError,
    insteadOf expected: String,
    to sizes: KnownSizes
  ) {
    switch Finding(function, threw: error, to: sizes) {
    case .threw(_, let error):
      self = .threwAnother(function: function, error: error, expected: expected)
    case let finding: self = finding
    }
  }

  /// The name at the start of an error's description, such as `Mine` of `Mine(x: 0.5)`.
  ///
  /// What else stands there is the student's, made of the arguments perhaps, which are hidden.
  static func name(ofError text: String) -> String {
    let name = text.prefix { $0 == "_" || $0.isASCII && $0.isLetter }
    let isName = name.count == text.count || text[name.endIndex...].first == "("
    return isName && !name.isEmpty && name.count <= 40 ? String(name) : "an error"
  }

  /// Findings of one topic say the same thing about different data.
  var topic: String {
    switch self {
    case .notImplemented(let function, _): "stub \(function)"
    case .threw(let function, _), .threwAnother(let function, _, _): "threw \(function)"
    case .didNotThrow(let function, _): "silent \(function)"
    case .wrongShape(let what, _, _, _): "shape \(what)"
    case .notFinite(let what, _, _, _): "finite \(what)"
    case .wrongValues(let what, _, _, _, _): "values \(what)"
    case .notRepeatable(let function): "repeat \(function)"
    case .pattern(let what, _, _): "pattern \(what)"
    case .differenced(let function, let what): "differenced \(function) \(what ?? "")"
    case .remark(let text): "remark \(text)"
    }
  }
}
