import GraderCore
import Testing

@Suite struct ImportRulesTests {
  private let rules = ImportRules(task: "BatchNormTask")

  @Test(arguments: [
    "CourseKit", "BatchNormTask", "Foundation", "Glibc", "Swift", "_Concurrency",
    "_StringProcessing", "SwiftShims",
  ])
  func allowed(module: String) {
    #expect(rules.refused(among: [module]) == [])
  }

  @Test(arguments: [
    "_Differentiation", "XCTest", "Testing", "Dispatch", "FoundationNetworking", "ConvBiasTask",
    "HiddenTests", "CourseKitKernels", "foundation", "Foundation.NSString", "",
  ])
  func refused(module: String) {
    #expect(rules.refused(among: ["CourseKit", module, "Swift"]) == [module])
  }

  @Test func message() {
    #expect(
      rules.message(for: "XCTest") == "error: a solution may not import XCTest; "
        + "allowed are CourseKit, BatchNormTask, Foundation and Glibc"
    )
  }
}
