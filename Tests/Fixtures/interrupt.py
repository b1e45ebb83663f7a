#!/usr/bin/env python3
"""Runs a command, and sends it a signal once a certain program runs somewhere on the machine.

    interrupt.py SIGNAL PROGRAM COMMAND...

PROGRAM is a pattern for the program's path, as it stands first on its command line. The exit status
is the command's.
"""

import fnmatch
import os
import signal
import subprocess
import sys
import time


def runs(pattern):
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/cmdline" % process, "rb") as file:
                words = file.read().split(b"\0")
        except OSError:
            continue
        if fnmatch.fnmatchcase(words[0].decode(errors="replace"), pattern):
            return True
    return False


def main():
    name, pattern, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    process = subprocess.Popen(command)
    while process.poll() is None and not runs(pattern):
        time.sleep(0.02)
    if process.poll() is None:
        process.send_signal(getattr(signal, "SIG" + name))
    status = process.wait()
    sys.exit(status if status >= 0 else 128 - status)


main()
