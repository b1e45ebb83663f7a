#!/usr/bin/env python3
"""A model of `grader batch` on an engine of job arrays: how long, in which shards, and what gives first.

    scale_model.py [--mean S] [--start S] ... [--check N,SLOTS,SHARDS,SECONDS ...]

It plays the engine: shards are handed out at a rate, start with a known-answer run, and grade one
submission after another on each of their cores; some nodes are slow, and some are lost. Everything that
it rests on is an option, so that a site can put in its own figures; runs with the same options print the
same. `--check` holds it against runs that were measured.
"""

import argparse
import heapq
import math
import random

SIZES = [(1_000, 16), (1_000, 64), (100_000, 64), (100_000, 512), (10_000_000, 512), (10_000_000, 4096)]
CHUNKS = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]


def options(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = lambda name, value, text: parser.add_argument(name, type=float, default=value, help=text)
    add("--mean", 3.0, "seconds of an ordinary submission")
    add("--sigma", 0.5, "spread of their logarithms")
    add("--hang", 0.02, "share of submissions that run into the time limit")
    add("--wall", 20.0, "seconds of such a one")
    add("--launch", 1.0, "seconds from the engine's word to the grader's first step")
    add("--start", 6.0, "seconds of a shard's start: course, cache, known-answer run")
    add("--rate", 20.0, "shards that the engine starts in a second")
    add("--merge", 0.004, "seconds of the merge for each submission")
    add("--files", 2_000.0, "operations on names that a shared file system does in a second")
    add("--loss", 2_000.0, "hours between losses of a node of 32 cores")
    add("--notice", 430.0, "seconds from a loss to the new start: 300 and 120 by Slurm's defaults")
    add("--slow", 0.03, "share of places that are half as fast")
    parser.add_argument("--check", nargs="*", default=[], help="measured runs: N,SLOTS,SHARDS,SECONDS")
    return parser.parse_args(arguments)


class Model:
    def __init__(self, given):
        self.given = given
        self.random = random.Random(7)

    @property
    def cost(self):
        """The mean seconds of a submission."""
        return (1 - self.given.hang) * self.given.mean + self.given.hang * self.given.wall

    def seconds(self, submissions, cores):
        """The time of a shard: its start, its work on its cores, and the wait for the last of them."""
        given = self.given
        spread = math.sqrt(max(submissions, 1) * (math.exp(given.sigma**2) - 1)) * given.mean
        hangs = sum(self.random.random() < given.hang for _ in range(submissions)) \
            if submissions < 200 else round(self.random.gauss(submissions * given.hang,
                                                              math.sqrt(submissions * given.hang)))
        work = max(0.2 * submissions, self.random.gauss((submissions - hangs) * given.mean, spread))
        tail = (given.wall if hangs else given.mean) / 2 * (1 - 1 / cores)
        return given.start + (work + hangs * given.wall) / cores + tail

    def makespan(self, submissions, slots, shards, cores=1):
        """The time until the last shard has ended, and the number of shards that were lost."""
        given, lost = self.given, 0
        places = [(0.0, 2.0 if self.random.random() < given.slow else 1.0) for _ in range(slots)]
        heapq.heapify(places)
        queue = [(0.0, self.seconds(submissions // shards + (i < submissions % shards), cores))
                 for i in range(shards)]
        end = gate = 0.0
        again = []
        while queue or again:
            ready, length = queue.pop() if queue else heapq.heappop(again)
            free, speed = heapq.heappop(places)
            begin = max(free, gate, ready)
            gate = begin + 1 / given.rate
            length *= speed
            finish = begin + given.launch + length
            if self.random.random() < length / 3600 * cores / 32 / given.loss:
                # What it has graded stays; half of it is left, behind another start.
                lost += 1
                finish -= length / 2
                heapq.heappush(again, (finish + given.notice, length / speed / 2 + given.start))
            heapq.heappush(places, (finish, speed))
            end = max(end, finish)
        return end, lost

    def bottleneck(self, submissions, slots, shards, span):
        """What gives first if there were more machines: the largest of what does not shrink."""
        given = self.given
        parts = {
            "grading": submissions * self.cost / slots,
            "starts of shards": shards * given.start / slots,
            "the engine's rate": shards / given.rate,
            "the merge": submissions * given.merge,
            "names on the shared disk": (submissions + 8 * shards) / given.files,
        }
        work = parts.pop("grading")
        name = max(parts, key=parts.get)
        return f"{name} ({parts[name] / max(span, work):.0%} of the makespan)"


def told(seconds):
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.1f} min" if seconds < 7200 \
        else f"{seconds / 3600:.1f} h"


def main():
    given = options()
    model = Model(given)
    print(f"{model.cost:.2f} core-seconds a submission")
    print("| submissions | cores | shards x each | makespan | ideal | merge | lost | gives first |")
    print("|---|---|---|---|---|---|---|---|")
    for submissions, cores in SIZES:
        # Beyond a thousand shards, each has more cores instead.
        each = 16 if submissions > 1_000_000 else 1
        slots, best = cores // each, None
        for chunk in CHUNKS:
            shards = math.ceil(submissions / chunk)
            if not slots <= 2 * shards or shards > 20_000:
                continue
            span, lost = model.makespan(submissions, slots, shards, each)
            if best is None or span < best[0]:
                best = span, lost, shards, chunk
        span, lost, shards, chunk = best
        print(f"| {submissions} | {cores} | {shards} x {chunk} | {told(span)} "
              f"| {told(submissions * model.cost / cores)} | {told(submissions * given.merge)} | {lost} "
              f"| {model.bottleneck(submissions, slots * each, shards, span)} |")
    for text in given.check:
        submissions, slots, shards, seconds = (float(part) for part in text.split(","))
        spans = sorted(model.makespan(int(submissions), int(slots), int(shards))[0] for _ in range(9))
        print(f"{text}: measured {told(seconds)}, predicted {told(spans[4])} "
              f"({spans[4] / seconds - 1:+.0%})")


if __name__ == "__main__":
    main()
