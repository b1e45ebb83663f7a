#!/usr/bin/env bash
# Expected: a noncopyable constant that is given its value in two branches, lent to a closure that does
# not escape, and consumed in the end, compiles, as it does when it is given its value at once.
# Instead the compiler says "copy of noncopyable typed value. This is a compiler bug." Nothing of the
# source copies; without the closure it compiles in both ways.
# Seen with Swift 6.3.1.
# In our code: the server in `Sources/Sandbox/JailSession.swift` is a class for that reason.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
swiftc --version 2>&1 | head -1

cat >start.swift <<'SWIFT'
struct Ticket: ~Copyable {
  let number: Int
  borrowing func look() -> Int { number }
}

func call(_ body: () -> Int) -> Int { body() }

func lend(_ kept: inout Ticket?) -> Int {
SWIFT
cat >end.swift <<'SWIFT'
  kept = consume ticket
  return number
}
SWIFT
at_once='  let ticket = Ticket(number: 1)'
branches='  let ticket: Ticket
  if let old = kept.take() { ticket = old } else { ticket = Ticket(number: 1) }'
closure='  let number = call { ticket.look() }'
direct='  let number = ticket.look()'

compiles() { # lines ...
  { cat start.swift; printf '%s\n' "$@"; cat end.swift; } >ticket.swift
  swiftc -swift-version 6 -parse-as-library -c ticket.swift -o ticket.o >said 2>&1
}

compiles "$at_once" "$closure"
echo "given at once, lent to a closure: compiles"
compiles "$branches" "$direct"
echo "given in branches, used directly: compiles"
if compiles "$branches" "$closure"; then
  echo "given in branches, lent to a closure: compiles; it did not before"
  exit 1
fi
echo "given in branches, lent to a closure:"
grep -o 'error: .*' said | sort -u
grep -q "copy of noncopyable typed value. This is a compiler bug" said
