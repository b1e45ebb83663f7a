#!/usr/bin/env bash
# A database that was read through GRDB's `DatabasePool` stays three files after `close()`: its
# write-ahead log and shared memory are left beside it. Expected, as after a pool that only wrote, and as
# SQLite does it by itself: the last connection that closes takes both away, and the database is one
# file. The pool closes its writer first, and a reader, which comes last, may not remove them.
#
# Seen with GRDB 7.10.0; `Package.swift` takes this and later versions. So the gradebook, which people
# copy as one file, has to see to it itself.
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

for isRead in [false, true] {
  let name = isRead ? "read" : "written"
  let pool = try DatabasePool(path: "\(folder)/\(name).sqlite")
  try pool.write { try $0.execute(sql: "CREATE TABLE grade (points INTEGER)") }
  if isRead { _ = try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM grade") } }
  try pool.close()
  print("\(name), closed:", try names())
}
SWIFT

swift build --jobs 2 >build.log 2>&1 || { tail -20 build.log; exit 1; }
grep -ho '"version" : "[0-9.]*"' Package.resolved | sed 's/.*: "\(.*\)"/GRDB \1/'
mkdir databases
.build/debug/pool "$work/databases" | tee output

cat >expected <<'TEXT'
written, closed: written.sqlite
read, closed: read.sqlite read.sqlite-shm read.sqlite-wal written.sqlite
TEXT
if cmp -s output expected; then
  echo "as found: a pool that was read leaves its log and shared memory behind"
else
  echo "CHANGED: a pool that was read closes as one file, or one that only wrote does not"
  exit 1
fi
