"""Runs one command and prints what it used, as JSON: bill.py SECONDS COMMAND ...

A process of its own because Linux counts into a child's peak memory what its parent held when it forked: run.py holds
the sets, this holds next to nothing.
"""

import json
import os
import subprocess
import sys
import time


def main(seconds: float, command: list[str]) -> None:
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + seconds
    while True:
        pid, status, used = os.wait4(child.pid, os.WNOHANG)  # bills this child alone, its own children included
        if pid:
            break
        if time.monotonic() > deadline:
            child.kill()
            os.wait4(child.pid, 0)
            sys.exit(f"no answer in {seconds:.0f} s")
        time.sleep(0.02)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"exit {child.returncode}")
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "peak_mib": used.ru_maxrss / 1024}))


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
