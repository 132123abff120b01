"""Runs one command and prints what it used, as JSON: bill.py SECONDS COMMAND ...

CPU and wall seconds, peak MiB, and the MiB that it held at each second, so that one sees whether they grow.

A process of its own because Linux counts into a child's peak memory what its parent held when it forked: run.py holds
the sets, this holds next to nothing.
"""

import json
import os
import subprocess
import sys
import time


def resident(pid: int) -> float | None:
    """MiB that the process holds now; none where it has just ended, or there is no /proc."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as f:
            return next((int(line.split()[1]) / 1024 for line in f if line.startswith("VmRSS")), None)
    except OSError:
        return None


def main(seconds: float, command: list[str]) -> None:
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = start + seconds
    held: list[float] = []
    while True:
        pid, status, used = os.wait4(child.pid, os.WNOHANG)  # bills this child alone, its own children included
        if pid:
            break
        if time.monotonic() > deadline:
            child.kill()
            os.wait4(child.pid, 0)
            sys.exit(f"no answer in {seconds:.0f} s")
        if time.monotonic() - start > len(held) + 1 and (now := resident(child.pid)):
            held.append(round(now, 1))
        time.sleep(0.02)
    wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"exit {child.returncode}")
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "peak_mib": used.ru_maxrss / 1024, "wall": wall, "held_mib": held}))


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
