#!/usr/bin/env bash
# A database that was written through GRDB's `DatabasePool` stays three files after `close()`: its
# write-ahead log and shared memory are left beside it. Expected, as SQLite does it by itself: the last
# connection that closes takes both away, and the database is one file.
#
# Seen with GRDB 7.10.0, of which `Package.swift` allows this and later versions. So the gradebook, which
# people copy as one file, has to see to it itself.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p Sources/pool
cat >Package.swift <<'SWIFT'
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "pool",
  dependencies: [.package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0")],
  targets: [
    .executableTarget(name: "pool", dependencies: [.product(name: "GRDB", package: "GRDB.swift")])
  ]
)
SWIFT
cat >Sources/pool/main.swift <<'SWIFT'
import Foundation
import GRDB

let folder = CommandLine.arguments[1]

func names() throws -> String {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted().joined(separator: " ")
}

let pool = try DatabasePool(path: "\(folder)/pool.sqlite")
try pool.write { try $0.execute(sql: "CREATE TABLE grade (points INTEGER)") }
try pool.close()
print("pool, closed: ", try names())

// The same journal, with one connection of SQLite's own.
let queue = try DatabaseQueue(path: "\(folder)/queue.sqlite")
try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
try queue.write { try $0.execute(sql: "CREATE TABLE grade (points INTEGER)") }
try queue.close()
print("queue, closed:", try names())
SWIFT

swift build --jobs 2 >build.log 2>&1 || { tail -20 build.log; exit 1; }
grep -ho '"version" : "[0-9.]*"' Package.resolved | sed 's/.*: /GRDB /'
mkdir databases
.build/debug/pool "$work/databases" | tee output

if grep -q '^pool, closed: *pool.sqlite pool.sqlite-shm pool.sqlite-wal$' output &&
  grep -q '^queue, closed: *pool.sqlite pool.sqlite-shm pool.sqlite-wal queue.sqlite$' output; then
  echo "as found: a pool leaves its log and shared memory behind, a single connection does not"
else
  echo "CHANGED: a pool closes as one file, or a single connection does not"
  exit 1
fi
