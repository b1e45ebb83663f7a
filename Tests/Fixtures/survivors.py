#!/usr/bin/env python3
"""Runs a command and reports the processes that it left behind.

    survivors.py REPORT COMMAND...

Every orphan below this process becomes its child, whatever session, group or namespace it is in. So
once the command has ended, all children that remain are what it left running. REPORT receives one
line for each; the exit status is the command's.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
# What is dying may take its time on a busy machine.
SECONDS_TO_DIE = float(os.environ.get("SECONDS_TO_DIE", "120"))


def children():
    with open("/proc/self/task/%d/children" % os.getpid()) as file:
        return [int(word) for word in file.read().split()]


def description(process):
    try:
        with open("/proc/%d/cmdline" % process, "rb") as file:
            words = file.read().replace(b"\0", b" ").decode(errors="replace").strip()
        return "%d %s" % (process, words or "(no command line)")
    except OSError:
        return "%d (gone)" % process


def reap():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def main():
    report, command = sys.argv[1], sys.argv[2:]
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        sys.exit("survivors.py: cannot become the reaper of orphans")
    status = subprocess.call(command)
    deadline = time.monotonic() + SECONDS_TO_DIE
    reap()
    while children() and time.monotonic() < deadline:
        time.sleep(0.02)
        reap()
    left = children()
    with open(report, "w") as file:
        file.writelines(description(process) + "\n" for process in left)
    for process in left:
        os.kill(process, signal.SIGKILL)
    sys.exit(status if status >= 0 else 128 - status)


main()
