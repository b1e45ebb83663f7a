// Drives one reader of hostile bytes by libFuzzer: `fuzz TARGET [-runs=N] [CORPUS]...`.
//
// The flags are libFuzzer's own. An ordinary `main` that calls its driver, since SwiftPM names each
// executable's `main` itself, and libFuzzer's would be a second one.

import FuzzTargets
import Glibc

/// The reader that the first argument names.
private enum Chosen {
  static let targets = FuzzTarget.all + [.archive, .frames, .safetensors, .idx]
  static let target = targets.first { $0.name == CommandLine.arguments.dropFirst().first }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ read: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

guard Chosen.target != nil else {
  print(Chosen.targets.map(\.name).joined(separator: "\n"))
  exit(CommandLine.arguments.count == 1 ? 0 : EX_USAGE)
}
let words = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)
let strings = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count + 1)
for (place, word) in words.enumerated() { strings[place] = strdup(word) }
strings[words.count] = nil
var (count, arguments) = (CInt(words.count), Optional(strings))
exit(
  runDriver(&count, &arguments) { bytes, size in
    Chosen.target?.read(Array(UnsafeBufferPointer(start: bytes, count: size)))
    return 0
  }
)
