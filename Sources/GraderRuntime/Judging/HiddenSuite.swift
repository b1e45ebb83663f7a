import Foundation
import GraderCore

/// The hidden suite of an assignment as a test bundle, built once per version and toolchain.
struct HiddenSuite: Sendable {
  /// The executable that runs `Module.Class/method`.
  let bundle: String
  /// The suite's module.
  let module: String
  /// All tests of the rubric, as the bundle takes them.
  let gradedMethods: String

  private static let format = "suite/2"

  /// The suite, which SwiftPM builds if the cache does not hold it.
  init(
    _ assignment: CourseAssignment,
    toolchain: Toolchain,
    cache: Cache
  ) throws(GraderFault) {
    var digest = Digest()
    digest.add(field: Self.format)
    digest.add(field: toolchain.identity)
    digest.add(field: try assignment.codeDigest())
    let folder = try cache.artefact(
      "suite-\(assignment.assignment.id)",
      key: digest.hex(),
      isSecret: true
    ) { folder throws(GraderFault) in
      try Tool.demand(
        toolchain.packageManager,
        [
          // References are loops over numbers, which a debug build runs some fifty times slower.
          "build", "--build-tests", "-Xswiftc", "-O", "--package-path", assignment.reference,
          "--scratch-path", "\(folder)/build",
        ]
      )
    }
    let module = assignment.assignment.suite
    self.module = module
    gradedMethods = assignment.assignment.tests.map { "\(module).\($0.method)" }
      .joined(separator: ",")
    let products = "\(folder)/build/debug"
    guard let name = Files.names(in: products).first(where: { $0.hasSuffix(".xctest") }) else {
      throw GraderFault(
        .broken,
        "The hidden suite of \(assignment.assignment.id) has no test bundle in \(products)."
      )
    }
    bundle = "\(products)/\(name)"
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
      throw GraderFault(.broken, "\(bundle) lists no tests:\n\(result.errorText)")
    }
    let isOracle = { (method: String) in method.contains("OracleTests/") }
    return Listing(
      graded: methods.filter { !isOracle($0) },
      oracles: methods.filter(isOracle)
    )
  }

  /// Runs oracle tests, which need no worker, and counts those that passed.
  func passedOracles(_ methods: [String]) throws(GraderFault) -> Int {
    var passed = 0
    for method in methods {
      let result = try Tool.run(bundle, [prefixed(method)])
      // An unknown name would exit with 0 and run nothing.
      let ran = (result.outputText + result.errorText).contains("Executed 1 test,")
      if result.status == 0, ran { passed += 1 }
    }
    return passed
  }

  private func prefixed(_ method: String) -> String { "\(module).\(method)" }
}
