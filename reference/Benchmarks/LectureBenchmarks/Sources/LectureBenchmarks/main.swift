// Runs one workload, step by step, as another program tells it to.
//
// `LectureBenchmarks list` prints the names of the workloads. `LectureBenchmarks NAME THREADS`
// prints `ready`; for every line of standard input, a number of steps, it makes them and prints the
// seconds that they took together: by the clock on the wall, and of the processors.
import Glibc
import LectureEngine

/// The time by a clock, in seconds.
func now(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
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
guard 1...2 ~= arguments.count, let name = arguments.first else {
  fail("say `list`, or the name of one workload and perhaps a number of threads")
}
if name == "list" {
  for workload in workloads { print(workload.name) }
  exit(0)
}
guard let workload = workloads.first(where: { $0.name == name }) else {
  fail("there is no workload \(name); see `LectureBenchmarks list`")
}

Memory.keep()
Threads.use(arguments.dropFirst().first.flatMap { Int($0) } ?? 1)
let step = try workload.make()
say("ready")
while let line = readLine(), let steps = Int(line) {
  let start = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
  for _ in 0..<steps { try step() }
  say("\(now(CLOCK_MONOTONIC) - start.0) \(now(CLOCK_PROCESS_CPUTIME_ID) - start.1)")
}
