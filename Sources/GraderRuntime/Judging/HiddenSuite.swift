import GraderCore
import Foundation

/// The hidden suite of an assignment as a test bundle. Built once per version and toolchain.
struct HiddenSuite: Sendable {
  /// The executable that runs `Module.Class/method`.
  let bundle: String
  /// The suite's module.
  let module: String

  private static let format = "suite/1"

  /// The suite, which SwiftPM builds if the cache does not hold it.
  init(
    _ assignment: CourseAssignment, toolchain: Toolchain, cache: Cache
  ) throws(GraderFault) {
    var digest = Digest()
    digest.add(field: Self.format)
    digest.add(field: toolchain.identity)
    digest.add(field: try assignment.codeDigest())
    let folder = try cache.artefact(
      "suite-\(assignment.assignment.id)", key: digest.hex(), isSecret: true
    ) { folder throws(GraderFault) in
      try Tool.demand(
        toolchain.packageManager,
        [
          "build", "--build-tests", "--package-path", assignment.reference, "--scratch-path",
          "\(folder)/build",
        ])
    }
    module = assignment.assignment.suite
    let products = "\(folder)/build/debug"
    guard let name = Files.names(in: products).first(where: { $0.hasSuffix(".xctest") }) else {
      throw GraderFault(
        .broken, "The hidden suite of \(assignment.assignment.id) has no test bundle in \(products).")
    }
    bundle = "\(products)/\(name)"
  }
}
