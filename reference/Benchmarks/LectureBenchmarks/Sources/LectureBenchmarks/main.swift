// Runs one workload, step by step, as another program tells it to.
//
// `LectureBenchmarks list` prints the names of the workloads. `LectureBenchmarks NAME` prints
// `ready`; for every line of standard input, a number of steps, it makes them and prints the
// seconds that they took together.
import Glibc

func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// Prints a line at once, although it goes to a program and not to a terminal.
func say(_ line: some CustomStringConvertible) {
  print(line)
  fflush(nil)
}

func fail(_ message: String) -> Never {
  var text = "LectureBenchmarks: \(message)\n"
  text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  exit(64)
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 1, let name = arguments.first else {
  fail("say `list`, or the name of one workload")
}
if name == "list" {
  for workload in workloads { print(workload.name) }
  exit(0)
}
guard let workload = workloads.first(where: { $0.name == name }) else {
  fail("there is no workload \(name); see `LectureBenchmarks list`")
}

let step = try workload.make()
say("ready")
while let line = readLine(), let steps = Int(line) {
  let start = now()
  for _ in 0..<steps { try step() }
  say(now() - start)
}
