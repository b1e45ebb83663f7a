#!/usr/bin/env bash
# A failing assertion of one test framework passes silently in a test of the other: `XCTAssert` in a
# `@Test` of Swift Testing, and `#expect` in an `XCTestCase`. Expected: that the test fails.
#
# Seen with the toolchain of Swift 6.3.1 on Linux. So no file imports both frameworks (a test of the
# conventions), and checkers that both use return a report and assert nothing.
set -euo pipefail

swift --version 2>/dev/null | head -1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p Tests/MixedTests
cat >Package.swift <<'SWIFT'
// swift-tools-version: 6.2
import PackageDescription

let package = Package(name: "mixed", targets: [.testTarget(name: "MixedTests")])
SWIFT
cat >Tests/MixedTests/Mixed.swift <<'SWIFT'
import Testing
import XCTest

@Test func swiftTesting() {
  print("reached: XCTAssert in a @Test")
  XCTAssertEqual(1, 2)
}

final class Mixed: XCTestCase {
  func testXCTest() {
    print("reached: #expect in an XCTestCase")
    #expect(1 == 2)
  }
}
SWIFT

status=0
swift test --jobs 2 >output 2>&1 || status=$?
grep -E '^reached|Executed|Test run with|error|issue' output || cat output
reached=$(grep -c '^reached' output || true)

if [ "$status" -eq 0 ] && [ "$reached" -eq 2 ]; then
  echo "as found: both assertions ran and failed, and swift test passed"
else
  echo "CHANGED: swift test ended with $status, and $reached of 2 assertions were reached"
  exit 1
fi
