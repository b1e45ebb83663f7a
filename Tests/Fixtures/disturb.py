#!/usr/bin/env python3
"""Runs a command and sends signals to programs that it starts.

    disturb.py PROGRAM SIGNAL once|always|later COMMAND...

PROGRAM is the name of the file that is executed. The first such process below the command, or each, or
each after workers of two programs were seen, gets the signal as soon as it is seen. The exit status is
the command's.
"""

import os
import signal
import subprocess
import sys
import time


def processes():
    """The parent and the name of each process that there is."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % entry) as file:
                text = file.read()
        except OSError:
            continue
        name, rest = text[text.index("(") + 1 :].rsplit(") ", 1)
        found[int(entry)] = (int(rest.split()[1]), name)
    return found


def is_below(process, root, found):
    while process in found and process != root:
        process = found[process][0]
    return process == root


def path(process):
    """The path by which a process was started."""
    try:
        with open("/proc/%s/cmdline" % process) as file:
            return file.read().split("\0")[0]
    except OSError:
        return ""


def main():
    program, name, extent, command = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
    known, workers = set(), set()
    with subprocess.Popen(command) as run:
        while run.poll() is None:
            found = processes()
            # Other graders of the machine have workers too.
            workers |= {
                path(process)
                for process, (_, comm) in found.items()
                if comm == "worker" and is_below(process, run.pid, found)
            }
            if extent == "later" and len(workers - {""}) < 2:
                time.sleep(0.001)
                continue
            for process, (_, comm) in found.items():
                if comm != program[:15] or process in known:
                    continue
                if (extent == "once" and known) or not is_below(process, run.pid, found):
                    continue
                known.add(process)
                try:
                    os.kill(process, signal.Signals["SIG" + name])
                except ProcessLookupError:
                    known.remove(process)
            time.sleep(0.005)
    sys.exit(run.returncode if run.returncode >= 0 else 128 - run.returncode)


main()
