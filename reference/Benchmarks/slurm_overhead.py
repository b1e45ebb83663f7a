#!/usr/bin/env python3
"""`grader batch --engine slurm` beside `grader batch`, and the model beside what was measured.

    slurm_overhead.py [--students N] [--shards N ...] [--rounds N] [--clock cpu] [--check]

A class of submissions of which no two are equal is graded by one command with two jobs, and on a
cluster of Slurm of two nodes with a core each, which is started on this machine; in turns, with caches
filled, into fresh results. Prints the processors' seconds of all that took part, daemons too, and the
seconds on the clock. `--check` makes it an error if the overhead for the first number of shards is
more than 15 % of the processors' seconds, which other work on the machine disturbs less than the clock.

Then the model of `scale_model.py` is held against the same runs. Each run is predicted from what the
others cost: a submission, the start of a shard, the engine's wait before it. On a machine that others
use as well, `--clock cpu` takes the processors' seconds for the clock: the makespan is then the work of
the node that had most. The grader is .build/debug/grader, or GRADER.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import class_speed
import scale_model

ROOT = class_speed.ROOT
GRADER = class_speed.GRADER
FIXTURES = ROOT / "Tests/Fixtures/slurm"
CORES, MOST_OVERHEAD = 2, 0.15

# What each script of a job adds to itself: its times, and those of all that it waited for.
WATCH = r"""set -u; began=$EPOCHREALTIME
trap '{ echo $SLURMD_NODENAME $began $EPOCHREALTIME; times; } >"%s/${SLURM_ARRAY_TASK_ID:-merge}"' EXIT"""


class Cluster:
    """A cluster on this machine, for as long as it is open."""

    def __init__(self):
        # Short, since sockets lie in it.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chainrule-slurm-", dir="/tmp"))
        self.environment = dict(os.environ, SLURM_CONF=str(self.folder / "slurm.conf"))

    def __enter__(self):
        subprocess.run([FIXTURES / "start", self.folder, str(CORES)], check=True)
        return self

    def __exit__(self, *_):
        subprocess.run([FIXTURES / "stop", self.folder])

    def seconds(self):
        """The processors' seconds of its daemons."""
        total = 0
        for file in (self.folder / "pids").iterdir():
            stat = pathlib.Path(f"/proc/{int(file.read_text())}/stat").read_text()
            total += sum(map(int, stat.rpartition(")")[2].split()[11:13]))
        return total / os.sysconf("SC_CLK_TCK")


def run(command, environment=None):
    """The output of a command, and the processors' seconds of it and all that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout, sum(getattr(after, name) - getattr(before, name)
                            for name in ("ru_utime", "ru_stime"))


class Job:
    """The times of a script that a job ran."""

    def __init__(self, path):
        stamps, *times = path.read_text().splitlines()
        self.node, *stamps = stamps.split()
        self.began, self.ended = map(float, stamps)
        self.processor = 0.0
        for word in " ".join(times).split():
            minutes, seconds = word.rstrip("s").split("m")
            self.processor += 60 * float(minutes) + float(seconds)

    def seconds(self, clock):
        return self.processor if clock == "cpu" else self.ended - self.began


class Local:
    """A class that one command graded."""

    def __init__(self, submissions, results):
        start = time.perf_counter()
        _, self.processor = run([GRADER, "batch", submissions, "-o", results, "--jobs", CORES,
                                 "--course", ROOT])
        self.wall = time.perf_counter() - start
        self.points = points(results)


class OnSlurm:
    """The same on a cluster, by so many shards."""

    def __init__(self, submissions, results, shards, cluster):
        self.shards, self.count = shards, len(list(submissions.iterdir()))
        daemons, start = cluster.seconds(), time.perf_counter()
        command, self.processor = run(
            [GRADER, "batch", submissions, "-o", results, "--engine", "slurm", "--shards", shards,
             "--course", ROOT, "--dry-run"], cluster.environment)
        folder = results / "run"
        (folder / "times").mkdir()
        for name in ("shard.sh", "merge.sh"):
            script = (folder / name).read_text()
            assert "\nset -u\n" in script
            (folder / name).write_text(script.replace("\nset -u\n", f"\n{WATCH % (folder / 'times')}\n"))
        submitted = time.time()
        run(command.split(), cluster.environment)
        while not (folder / "ended").exists():
            time.sleep(0.1)
        self.wall = time.perf_counter() - start
        time.sleep(1)  # The merge's script writes down its times behind this.
        assert (folder / "ended").read_text().strip() == "0", (folder / "log/merge.log").read_text()
        jobs = {path.name: Job(path) for path in (folder / "times").iterdir()}
        self.merge = jobs.pop("merge")
        self.jobs = list(jobs.values())
        assert len(self.jobs) == shards, "a shard was started again"
        self.processor += sum(job.processor for job in self.jobs + [self.merge])
        self.processor += cluster.seconds() - daemons
        self.submitted = submitted
        self.points = points(results)

    def byNode(self):
        nodes = {job.node for job in self.jobs}
        return [[job for job in self.jobs if job.node == node] for node in nodes]

    def span(self, clock):
        """The seconds until the last shard had ended."""
        if clock == "cpu":
            return max(sum(job.processor for job in jobs) for jobs in self.byNode())
        return max(job.ended for job in self.jobs) - self.submitted

    def launch(self, clock):
        """The mean seconds that a free core waits for its next shard."""
        if clock == "cpu":
            return 0.0
        spans = sum(max(job.ended for job in jobs) - self.submitted for jobs in self.byNode())
        return (spans - sum(job.seconds(clock) for job in self.jobs)) / self.shards


def points(results):
    """Everybody's verdicts and points."""
    return {path.name: [(test["id"], test["status"], test["score"])
                        for test in json.loads(path.read_text())["tests"]]
            for path in (results / "grades").iterdir()}


def fitted(runs, clock):
    """The seconds of a submission, of a shard's start and of the wait before it, in these runs."""
    lengths = [(run.count / run.shards, job.seconds(clock)) for run in runs for job in run.jobs]
    mean = [statistics.mean(side) for side in zip(*lengths)]
    spread = sum((x - mean[0]) ** 2 for x, _ in lengths)
    each = sum((x - mean[0]) * (y - mean[1]) for x, y in lengths) / spread
    return each, max(0.0, mean[1] - each * mean[0]), statistics.mean(run.launch(clock) for run in runs)


def predicted(run, others, clock):
    """The makespan of a run by the model, with the costs of other runs."""
    each, start, launch = fitted(others, clock)
    given = scale_model.options(
        ["--mean", str(each), "--hang", "0", "--start", str(start), "--launch", str(launch),
         "--slow", "0", "--loss", "1e9"])
    model = scale_model.Model(given)
    spans = [model.makespan(run.count, CORES, run.shards)[0] for _ in range(9)]
    return statistics.median(spans), each, start, launch


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--shards", type=int, nargs="+", default=[4, 10, 20])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Cluster() as cluster:
        folder = pathlib.Path(name)
        class_speed.make_class(folder / "class", options.students)
        overhead = measure(folder, cluster, options)
    if options.check and overhead > MOST_OVERHEAD:
        sys.exit(f"missed: {overhead:.0%} more than on one machine")


def measure(folder, cluster, options):
    submissions = folder / "class/submissions"
    run([GRADER, "prepare", class_speed.ASSIGNMENT, "--course", ROOT])
    local, slurm = [], {shards: [] for shards in options.shards}

    def alone():
        local.append(Local(submissions, folder / f"local-{len(local)}"))
        told("one machine", local[-1])

    alone()
    for round in range(options.rounds):
        for shards in options.shards:
            results = folder / f"slurm-{round}-{shards}"
            slurm[shards].append(OnSlurm(submissions, results, shards, cluster))
            assert slurm[shards][-1].points == local[0].points, "the grades differ"
            told(f"{shards} shards", slurm[shards][-1])
        alone()
    base = statistics.median(run.processor for run in local)
    for shards, runs in slurm.items():
        ratios = [run.processor / base - 1 for run in runs]
        clock = statistics.median(run.wall for run in runs) \
            / statistics.median(run.wall for run in local) - 1
        print(f"overhead of {shards:3} shards: {statistics.median(ratios):+.1%} of the processors' "
              f"seconds, {clock:+.1%} on the clock")
    hold_against_model(slurm, options.clock)
    return statistics.median(run.processor / base - 1 for run in slurm[options.shards[0]])


def told(name, run):
    print(f"{name:12} {run.processor:7.1f} s of processors, {run.wall:7.1f} s on the clock", flush=True)


def hold_against_model(slurm, clock):
    if len(slurm) < 3:
        return print("The model needs runs by three numbers of shards: two costs and one to predict.")
    for shards, runs in slurm.items():
        others = [run for other, all in slurm.items() if other != shards for run in all]
        for run in runs:
            span, each, start, launch = predicted(run, others, clock)
            measured = run.span(clock)
            print(f"model, {shards:3} shards: predicted {span:.0f} s, measured {measured:.0f} s, "
                  f"{span / measured:.2f}; by the other runs {each:.2f} s a submission, {start:.1f} s "
                  f"a start, {launch:.1f} s before it; merge {run.merge.seconds(clock):.1f} s")


if __name__ == "__main__":
    main()
