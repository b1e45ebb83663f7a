// Runs one workload, step by step, as another program tells it to.
//
// `LectureBenchmarks list` prints the names of the workloads. `LectureBenchmarks NAME` prints
// `ready`; for every line of standard input, a number of steps, it makes them and prints the seconds
// that they took together.
import Glibc

func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

setlinebuf(stdout)
let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 1, let name = arguments.first else {
  fputs("usage: LectureBenchmarks list | LectureBenchmarks WORKLOAD\n", stderr)
  exit(64)
}
if name == "list" {
  for workload in workloads { print(workload.name) }
  exit(0)
}
guard let workload = workloads.first(where: { $0.name == name }) else {
  fputs("there is no workload \(name); see `LectureBenchmarks list`\n", stderr)
  exit(64)
}

let step = try workload.make()
print("ready")
while let line = readLine(), let steps = Int(line) {
  let start = now()
  for _ in 0..<steps { try step() }
  print(now() - start)
}
