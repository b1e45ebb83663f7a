import Foundation
import GraderCore
import JudgeOrders
import Sandbox
import Synchronization

/// The hidden suite of an assignment as a test bundle, built once per version and toolchain.
struct HiddenSuite: Sendable {
  /// The executable that runs `Module.Class/method`.
  let bundle: String
  /// The suite's module.
  let module: String
  /// All tests of the rubric, as the bundle takes them.
  let gradedMethods: String

  private static let format = "suite/5"

  /// The suite of a digest of code, which is built of the other parts of workers and judges if the
  /// cache does not hold it.
  init(
    _ assignment: CourseAssignment,
    code: String,
    runtime: Ahead<Runtime>,
    kit: Ahead<AssignmentKit>,
    toolchain: Toolchain,
    cache: Cache
  ) throws(GraderFault) {
    var digest = Digest()
    digest.add(field: Self.format)
    digest.add(field: toolchain.identity)
    digest.add(field: code)
    let folder = try cache.artefact(
      "suite-\(assignment.assignment.id)",
      key: digest.hex(),
      isSecret: true
    ) { folder throws(GraderFault) in
      let build = SuiteBuild(assignment: assignment, toolchain: toolchain, cache: cache)
      try build.make(folder, runtime: runtime, kit: kit)
    }
    let module = assignment.assignment.suite
    self.module = module
    gradedMethods = assignment.assignment.tests.map { "\(module).\($0.method)" }
      .joined(separator: ",")
    guard let name = Files.names(in: folder).first(where: { $0.hasSuffix(".xctest") }) else {
      throw GraderFault(
        .broken,
        "The hidden suite of \(assignment.assignment.id) has no test bundle in \(folder)."
      )
    }
    bundle = "\(folder)/\(name)"
  }

  /// Methods of the suite as `Class/method`.
  struct Listing {
    /// Those that grade students.
    var graded: [String]
    /// Those that vouch for the reference: all of classes whose name ends in `OracleTests`.
    var oracles: [String]
  }

  /// All tests of the bundle.
  func listedTests() throws(GraderFault) -> Listing {
    let result = try Tool.run(bundle, ["--list-tests"])
    let prefix = "\(module)."
    let methods = result.outputText.split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.hasPrefix(prefix) && $0.contains("/") }
      .map { String($0.dropFirst(prefix.count)) }
    guard result.status == 0, !methods.isEmpty else {
      throw GraderFault(.broken, "\(bundle) lists no tests.", detail: result.errorText)
    }
    let isOracle = { (method: String) in method.contains("OracleTests/") }
    return Listing(
      graded: methods.filter { !isOracle($0) },
      oracles: methods.filter(isOracle)
    )
  }

  /// Runs oracle tests, which need no worker, and counts those that passed.
  func passedOracles(_ methods: [String], jobs: Int) throws(GraderFault) -> Int {
    let passed = try Concurrent.map(methods, jobs: jobs) { method throws(GraderFault) in
      let result = try Tool.run(bundle, [prefixed(method)])
      // An unknown name would exit with 0 and run nothing.
      let ran = (result.outputText + result.errorText).contains("Executed 1 test,")
      return result.status == 0 && ran
    }
    return passed.count { $0 }
  }

  private func prefixed(_ method: String) -> String { "\(module).\(method)" }
}

/// A process of the hidden suite, which runs one test after another.
final class Judge: Sendable {
  private let process: Mutex<Child?>
  private let orders: Descriptor
  /// The process that stands for it.
  let processIdentifier: Int32

  /// The state of a judge after a test.
  struct End {
    var ending: TestRecord.End
    /// Its output, if it is gone.
    var output: [UInt8] = []
  }

  /// The time that a judge gets to finish a test once its worker is gone.
  private static let grace = Duration.seconds(20)

  init(_ suite: HiddenSuite, in jail: Jail) throws(GraderFault) {
    let ends = try GraderFault.sandboxed(DescriptorPair.messages)
    let child = try jail.start(
      Command(
        executable: suite.bundle,
        arguments: [suite.gradedMethods],
        environment: [
          "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
        ],
        passedDescriptors: [ends.second.number]
      ),
      policy: .trusted()
    )
    processIdentifier = child.processIdentifier
    process = Mutex(child)
    orders = ends.first
  }

  /// Has a test run; if the judge is gone, `end` tells.
  func start(_ order: JudgeOrder) { _ = order.send(over: orders.number) }

  /// Waits until the test has ended, or the judge, or the deadline has passed.
  func hasFinished(by deadline: SuspendingClock.Instant) -> Bool {
    var polled = pollfd(fd: orders.number, events: Int16(POLLIN), revents: 0)
    repeat {
      let left = max(.zero, deadline - .now) / .milliseconds(1)
      poll(&polled, 1, Int32(min(left.rounded(.up), 1e9)))
    } while polled.revents == 0 && deadline > .now
    return polled.revents != 0
  }

  /// Waits for the end of the test, and ends the judge if it does not come.
  func end() throws(GraderFault) -> End {
    if hasFinished(by: .now + Self.grace), JudgeOrder.takeReceipt(from: orders.number) {
      return End(ending: .dismissed)
    }
    guard let process = process.withLock({ $0.take() }) else { return End(ending: .dismissed) }
    let outcome = try process.end(by: .now + .seconds(1))
    return End(
      ending: TestRecord.End(outcome.ending),
      output: outcome.standardError.bytes + outcome.standardOutput.bytes
    )
  }
}

/// The judges of one submission; they end when nobody needs them any more.
///
/// A judge starts once and not for every test, which would be a fifth of all that a submission
/// costs. No other submission gets it: whatever a worker did to its judge, it did to itself.
final class Judges: Sendable {
  let suite: HiddenSuite
  private let jail: Jail
  private let idle = Mutex<[Judge]>([])

  init(suite: HiddenSuite, jail: Jail) {
    (self.suite, self.jail) = (suite, jail)
  }

  deinit {
    // Each takes some milliseconds to be gone.
    let count = idle.withLock(\.count)
    DispatchQueue.concurrentPerform(iterations: count) { _ in _ = idle.withLock { $0.popLast() } }
  }

  /// Starts so many judges ahead, which takes them as long as a compilation leaves them; who is
  /// needed and not there is started then, and told what is wrong.
  func startAhead(_ count: Int) {
    DispatchQueue.global().async { [self] in
      for _ in 0..<count {
        guard let judge = try? Judge(suite, in: jail) else { return }
        giveBack(judge)
      }
    }
  }

  /// A judge that has nothing to do.
  func take() throws(GraderFault) -> Judge {
    if let judge = idle.withLock({ $0.popLast() }) { return judge }
    return try Judge(suite, in: jail)
  }

  /// Keeps a judge for the next test.
  func giveBack(_ judge: Judge) { idle.withLock { $0.append(judge) } }
}
