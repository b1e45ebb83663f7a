#!/usr/bin/env bash
# Expected: objects that LLVM's linker joins with `-r` can be linked as they could one by one.
# Instead, as soon as the start file of the C library is among them, the same linker refuses what it
# has just written: "`.eh_frame`: relocation is not in any piece". The start file's unwind table is 92
# bytes long, the next one has to begin at a multiple of 8, and the four zeros between them are, in
# this section, the mark of its end. GNU's linker joins the same objects without a gap.
# Seen with LLD 21.0.0 of Swift 6.3.1 and libc6-dev 2.36 (x86-64).
# In our code: `AssignmentKit.joiner`, which is GNU's linker.
set -euo pipefail

[ "$(uname -m)" = x86_64 ] || { echo "made for x86-64" >&2; exit 69; }
tools=$(dirname "$(readlink -f "$(command -v swiftc)")")
lld=$tools/ld.lld
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

"$lld" --version
"$tools/clang" --version | head -1
libraries=/lib/x86_64-linux-gnu
start=$libraries/crt1.o
printf 'int more(int x) { return x + 1; }\n' >more.c
printf 'int more(int);\nint main(void) { return more(1) - 2; }\n' >main.c
"$tools/clang" -c more.c main.c

final() { # objects ...
  "$lld" -dynamic-linker /lib64/ld-linux-x86-64.so.2 "$@" "$libraries/crti.o" -L "$libraries" -lc \
    "$libraries/crtn.o" -o program
}

final "$start" main.o more.o
./program
echo "one by one: linked, and the program runs"

"$lld" -r main.o more.o -o joined.o
final "$start" joined.o
./program
echo "joined without the start file: linked, and the program runs"

ld.bfd -r "$start" main.o more.o -o joined.o
final joined.o
./program
echo "joined with it by GNU's linker: linked, and the program runs"

"$lld" -r "$start" main.o more.o -o joined.o
if final joined.o 2>said; then
  echo "joined with it by LLVM's linker: linked; it was refused before"
  exit 1
fi
sort -u said
grep -q "relocation is not in any piece" said
