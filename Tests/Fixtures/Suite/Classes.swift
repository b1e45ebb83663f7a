import XCTest

// Classes with and without what XCTest runs.

class BaseTests: XCTestCase {
  func testInherited() {}
  func testThrows() throws {}
  func testWaits() async throws {}
  func testWithParameter(_ x: Int) {}
  func testGives() -> Int { 1 }
  func helper() {}
  private func testPrivate() {}
  static func testStatic() {}
}

final class DerivedTests: BaseTests {
  override func testThrows() throws {}
  func testOwn() {}
}

extension DerivedTests {
  func testExtended() {}
}

class NoTests {
  func testNothing() {}
}

struct Values {
  func testValue() {}
}

#if SOMETIMES
  final class OffTests: XCTestCase {
    func testOff() {}
  }
#endif
