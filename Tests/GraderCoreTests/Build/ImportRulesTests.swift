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

  /// What is allowed at sight is not looked at again.
  @Test(arguments: [
    ("import CourseKit\nimport  Foundation\r\nlet important = 1\nlet reimport = 2\n", true),
    ("", true), ("import Glibc", true), ("// no word\nfunc f() {}\n", true),
    ("import XCTest", false), ("\u{FEFF}import XCTest", false), ("\u{A0}import XCTest", false),
    ("import\tXCTest", false), ("import\u{A0}XCTest", false), ("import/**/XCTest", false),
    ("import\nXCTest", false), ("@testable import CourseKit", false), (" import CourseKit", false),
    ("import CourseKit; import XCTest", false), ("import CourseKit // mine", false),
    ("import struct Foundation.Date", false), ("import Foundation.NSString", false),
    ("import `CourseKit`", false), ("import CourseKit\u{0B}import XCTest", false),
    ("#if true\nimport XCTest\n#endif", false), ("\0import XCTest", false),
    ("import coursekit", false), ("import ", false), ("import", false),
  ])
  func atSight(source: String, isAllowed: Bool) {
    #expect(rules.allowAtSight(Array(source.utf8)) == isAllowed)
  }

  @Test func message() {
    #expect(
      rules.message(for: "XCTest") == "error: a solution may not import XCTest; "
        + "allowed are CourseKit, BatchNormTask, Foundation and Glibc"
    )
  }
}
