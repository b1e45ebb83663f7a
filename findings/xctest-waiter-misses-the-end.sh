#!/usr/bin/env bash
# On Linux some tests that do nothing take a tenth of a second. Expected: microseconds each, as most take.
# XCTest awaits an asynchronous set-up and tear-down round every test, also where a class has none: it
# starts a task and runs the run loop until that is done. A task that is done before the loop runs stops
# a loop that is not there yet, and the waiter finds out when its own limit of 0.1 s has passed.
#
# Seen with the XCTest of Swift 6.3.1. A suite of short tests seems to take now one time and now another
# several times as long, with the same processor time, as if the machine were at fault. So `JudgeCase` runs its
# methods itself (`invokeTest`), with a set-up and tear-down that cannot be asynchronous.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
swift --version 2>/dev/null | sed -n 's/^\(Swift version [0-9.]*\).*/\1/p'
mkdir -p Tests/EmptyTests
cat >Package.swift <<'SWIFT'
// swift-tools-version: 6.0
import PackageDescription

let package = Package(name: "empty", targets: [.testTarget(name: "EmptyTests")])
SWIFT
{
  printf 'import XCTest\n\n'
  for class in $(seq 40); do
    printf 'final class Empty%dTests: XCTestCase {\n' "$class"
    for number in $(seq 50); do printf '  func testNothing%d() {}\n' "$number"; done
    printf '}\n'
  done
} >Tests/EmptyTests/EmptyTests.swift

swift build --build-tests >build.log 2>&1 || { tail -20 build.log; exit 1; }
.build/debug/emptyPackageTests.xctest >output 2>&1
sed -n "s/.*passed (\([0-9.]*\) seconds).*/\1/p" output | awk '
  { if ($1 < 0.05) short++; else if ($1 >= 0.095) long++ }
  END { printf "%d tests that do nothing: %d within 0.05 s, %d of 0.1 s or more\n", NR, short, long
        exit !(NR == 2000 && long > 0 && short > 10 * long) }' ||
  { echo "CHANGED: no test that does nothing waits for a tenth of a second, or most do"; exit 1; }
echo "as found: the waiter misses the end of a set-up or tear-down, and waits 0.1 s for it"
