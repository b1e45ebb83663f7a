#!/usr/bin/env bash
# Naming one rule in swift-format's configuration switches all others off, those that are on by
# default too. Expected: that the rules not named keep their defaults.
#
# Seen with swift-format 6.3.1, of the toolchain. So `.swift-format` names every rule, and a test of
# the conventions compares it with the toolchain's list.
set -euo pipefail

version=$(swift format --version)
echo "swift-format $version"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >input.swift <<'SWIFT'
import Foundation
import Dispatch

let list: Array<Int> = []
SWIFT

findings() { # configuration
  swift format lint --configuration "$1" input.swift 2>&1 | grep -o '\[[A-Za-z]*\]' | sort -u |
    tr '\n' ' ' || true
}

defaults=$(findings '{"version": 1}')
named=$(findings '{"version": 1, "rules": {"NeverForceUnwrap": true}}')
echo "without rules:      ${defaults:-nothing}"
echo "with one rule more: ${named:-nothing}"

if [ "$defaults" = "[OrderedImports] [UseShorthandTypeNames] " ] && [ -z "$named" ]; then
  echo "as found: the defaults are off once a rule is named"
else
  echo "CHANGED: the defaults stay on, or find something else"
  exit 1
fi
