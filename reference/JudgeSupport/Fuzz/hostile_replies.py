#!/usr/bin/env python3
"""Runs hidden tests against a worker whose right replies are changed on the way.

    hostile_replies.py JUDGE.xctest WORKER METHODS [--replies N] [--seed N]

JUDGE.xctest is the built hidden suite, WORKER a program that serves the solution's functions, METHODS a
file with a line `Class/method` for each test. Nothing is jailed: the code is all ours. Status 1 says that a
judge died; the seed that it is told with does it again.
"""

import argparse
import array
import collections
import os
import random
import socket
import struct
import subprocess
import sys
import tempfile

NUMBERS = [
    float("nan"), float("inf"), float("-inf"), 1e308, -1e308, 1.7976931348623157e308, 5e-324, -5e-324,
    0.0, -0.0, 1.0, -1.0, 2.0**-126, 2.0**-140, 1e-300, 2.0**63, -(2.0**63), 1e19,
]
SIZES = [0, 1, 2, 3, 7, 2**31, 2**32, 2**62, 2**63 - 1, 2**63, 2**64 - 1]
# A search has so many questions, of so many milliseconds each.
WORKS = ("judge", "compose", "search:64:2000::")
WHOLES = [0, 1, -1, 2**31, -(2**31), 2**62, 2**63 - 1, -(2**63)]


def changed_double(payload, rng):
    """The reply with some of its numbers changed, wherever they may be aligned."""
    bytes_ = bytearray(payload)
    offset = rng.randrange(max(1, min(32, len(bytes_))))
    places = list(range(offset, len(bytes_) - 7, 8))
    for place in rng.sample(places, min(len(places), rng.choice([1, 1, 2, 5, len(places)]))):
        number = rng.choice(NUMBERS)
        if rng.random() < 0.3:
            number = struct.unpack_from("<d", bytes_, place)[0] * rng.choice([2.0, -1.0, 1e200, 1e-200, 0.0])
        struct.pack_into("<d", bytes_, place, number)
    return bytes(bytes_)


def tensor(shape, rng):
    count = 1
    for size in shape:
        count *= size
    count = min(count, 4096)
    fill = [rng.choice(NUMBERS) if rng.random() < 0.3 else rng.gauss(0, 1) for _ in range(count)]
    return struct.pack("<B", len(shape)) + b"".join(struct.pack("<Q", s) for s in shape) + struct.pack(
        f"<{count}d", *fill
    )


def reshaped(payload, rng):
    """Every tensor at the start of the reply with another shape, as far as it can be read as one."""
    position, parts = 1, [payload[:1]]
    while position < len(payload):
        rank = payload[position]
        if rank > 8 or position + 1 + 8 * rank > len(payload):
            break
        shape = list(struct.unpack_from(f"<{rank}Q", payload, position + 1))
        count = 1
        for size in shape:
            count *= size
        if position + 1 + 8 * rank + 8 * count > len(payload):
            break
        position += 1 + 8 * rank + 8 * count
        way = rng.randrange(8)
        if way == 0 and shape:
            shape[rng.randrange(len(shape))] += rng.choice([1, -1]) if min(shape) > 0 else 1
        elif way == 1 and shape:
            shape[rng.randrange(len(shape))] = rng.choice([0, 1, 2, 3])
        elif way == 2:
            shape.reverse()
        elif way == 3:
            shape = shape + [1] * rng.randrange(1, 8 - len(shape) + 1) if len(shape) < 8 else []
        elif way == 4:
            shape = shape[1:]
        elif way == 5:
            shape = [0] * rng.randrange(9)
        elif way == 6:
            shape = [0, rng.choice(SIZES[:9])]
        parts.append(tensor(shape, rng))
    return b"".join(parts) + payload[position:]


def thrown(rng):
    def text(count):
        return struct.pack("<I", count) + b"x" * count

    def shape():
        sizes = [rng.choice(WHOLES + [3, 4, 5, 6]) for _ in range(rng.randrange(10))]
        return struct.pack("<I", len(sizes)) + b"".join(struct.pack("<q", s) for s in sizes)

    kind = rng.randrange(5)
    body = [
        lambda: text(rng.choice([0, 5, 4096, 4097])),
        lambda: text(5) + shape() + shape(),
        lambda: struct.pack("<q", rng.choice(WHOLES)),
        lambda: text(rng.choice([0, 40, 41, 4096])),
        lambda: b"",
    ][kind]()
    return b"\1" + bytes([kind]) + body


def whole(payload, rng):
    bytes_ = bytearray(payload)
    for place in range(1, len(bytes_) - 7, 8):
        if rng.random() < 0.5:
            struct.pack_into("<q", bytes_, place, rng.choice(WHOLES))
    return bytes(bytes_)


def junk(payload, rng):
    way = rng.randrange(4)
    if way == 0:
        return payload[: rng.randrange(len(payload) + 1)]
    if way == 1:
        return payload + os.urandom(rng.randrange(1, 9))
    bytes_ = bytearray(payload)
    for _ in range(rng.choice([1, 1, 2, 8])):
        if bytes_:
            bytes_[rng.randrange(len(bytes_))] = rng.randrange(256)
    return bytes(bytes_)


def changed(payload, rng):
    """What the judge gets in place of a right reply; nil for the end of the worker."""
    way = rng.random()
    if way < 0.55:
        return changed_double(payload, rng)
    if way < 0.80:
        return reshaped(payload, rng)
    if way < 0.88:
        return thrown(rng)
    if way < 0.94:
        return whole(payload, rng)
    if way < 0.995:
        return junk(payload, rng)
    return None


def receive(connection, count):
    parts = b""
    while len(parts) < count:
        part = connection.recv(count - len(parts))
        if not part:
            return None
        parts += part
    return parts


class Worker:
    """The solution's worker, asked anew for each test by the same process."""

    def __init__(self, program):
        self.program = program
        self.start()

    def start(self):
        ours, theirs = socket.socketpair()
        self.connection = ours

        def prepare():
            os.dup2(theirs.fileno(), 3)
            os.set_inheritable(3, True)

        self.process = subprocess.Popen(
            [self.program],
            preexec_fn=prepare,
            close_fds=False,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"SWIFT_BACKTRACE": "enable=no"},
        )
        theirs.close()

    def ask(self, payload):
        """The right reply; nil if the question ended the worker, as a step's changed answer may."""
        self.connection.sendall(struct.pack("<IQ", len(payload), 1) + payload)
        header = receive(self.connection, 12)
        if header is not None:
            return receive(self.connection, struct.unpack("<IQ", header)[0])
        self.connection.close()
        self.process.wait()
        self.start()
        return None


class Judge:
    def __init__(self, bundle, methods):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.orders = ours
        self.words = tempfile.TemporaryFile()

        def prepare():
            os.dup2(theirs.fileno(), 3)
            os.set_inheritable(3, True)

        names = ",".join(f"HiddenTests.{method}" for method in methods)
        self.process = subprocess.Popen(
            [bundle, names], preexec_fn=prepare, close_fds=False, stdout=self.words, stderr=self.words
        )
        theirs.close()

    def order(self, method, work, seed, log):
        ours, theirs = socket.socketpair()
        text = f"{seed} {work} {method}".encode()
        rights = array.array("i", [theirs.fileno(), log.fileno()])
        self.orders.sendmsg([text], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        theirs.close()
        return ours


def run(judge, worker, method, work, seed):
    """One test; returns the number of replies, and whether the judge lives."""
    rng = random.Random(f"{seed} {method} {work}")
    # A test goes on to its later questions only if its first answers are right.
    silence = rng.choice([0, 0, 1, 3, 10, 50, 150, 300])
    rate = rng.choice([0.01, 0.05, 0.3, 1.0])
    replies = 0
    with tempfile.TemporaryFile() as log:
        connection = judge.order(method, work, seed, log)
        with connection:
            while True:
                header = receive(connection, 12)
                if header is None:
                    break
                count, sequence = struct.unpack("<IQ", header)
                reply = worker.ask(receive(connection, count))
                replies += 1
                if reply is None:
                    break
                if replies > silence and rng.random() < rate:
                    reply = changed(reply, rng)
                    if reply is None:
                        break
                try:
                    connection.sendall(struct.pack("<IQ", len(reply), sequence) + reply)
                except OSError:
                    break
        judge.orders.settimeout(60)
        try:
            alive = judge.orders.recv(1) == b"\1"
        except OSError:
            alive = False
    return replies, alive


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("judge")
    parser.add_argument("worker")
    parser.add_argument("methods")
    parser.add_argument("--replies", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with open(arguments.methods) as file:
        methods = file.read().split()
    judge, worker = Judge(arguments.judge, methods), Worker(arguments.worker)
    total, runs, deaths, seed = 0, 0, collections.Counter(), arguments.seed
    while total < arguments.replies:
        for method in methods:
            for work in WORKS:
                replies, alive = run(judge, worker, method, work, seed)
                total, runs = total + replies, runs + 1
                if not alive:
                    deaths[method] += 1
                    status = judge.process.wait()
                    judge.words.seek(0)
                    words = judge.words.read().decode(errors="replace")
                    lines = [line for line in words.splitlines() if "Fatal" in line or " at /" in line]
                    print(f"{method} {work} seed={seed}: judge ended with {status}")
                    print("\n".join(lines[:8]), flush=True)
                    judge = Judge(arguments.judge, methods)
                else:
                    judge.words.seek(0)
                    judge.words.truncate()
        seed += 1
    judge.process.kill()
    worker.process.kill()
    print(f"{total} replies in {runs} runs of tests, {sum(deaths.values())} deaths of a judge")
    sys.exit(1 if deaths else 0)


main()
