"""What the scripts share: where things are, the environment of the peers, the machine, and running a process with its bill."""

import csv
import hashlib
import json
import os
import subprocess
import sys
import time
import venv
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RESULTS = HERE.parent / "results"
Row = dict[str, str]


class Failed(Exception):
    """A system could not do its task; the message is the reason that the table shows."""


@dataclass
class Bill:
    """What one process used, its threads and children included."""

    cpu: float
    peak_mib: float
    wall: float = 0.0
    held_mib: list[float] = field(default_factory=list)  # at each second
    said: str = ""  # on standard error


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def eval_folder() -> Path:
    """`data/eval` of the shared folder: INTERDICT_SHARED, or `shared` beside the checkout."""
    shared = Path(os.environ.get("INTERDICT_SHARED", ROOT.parent / "shared"))
    folder = shared / "data" / "eval"
    if not folder.is_dir():
        sys.exit("no shared data: set INTERDICT_SHARED to the folder that holds data/eval, or put it beside the checkout as ../shared")
    return folder


def read(path: Path) -> list[Row]:
    """CSV, or TSV without quotes, as the evaluation sets are written."""
    tab = path.suffix == ".tsv"
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t" if tab else ",", quoting=csv.QUOTE_NONE if tab else csv.QUOTE_MINIMAL))


def write(path: Path, rows: list[Row]) -> Path:
    with open(path, "w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, list(rows[0]))
        w.writeheader()
        w.writerows(rows)
    return path


def every(rows: list[Row], n: int | None) -> list[Row]:
    """`n` rows evenly spread, the same ones each time: files are ordered by kind or by origin, so a head would be biased."""
    return rows if n is None or n >= len(rows) else [rows[i * len(rows) // n] for i in range(n)]


def run(command: list[str], seconds: float) -> Bill:
    """Runs one process to its end, and says what it used; on failure, the last words of it."""
    done = subprocess.run([sys.executable, str(HERE / "bill.py"), str(seconds), *command], capture_output=True, text=True)
    if done.returncode:
        raise Failed(": ".join(reversed(done.stderr.strip().splitlines()[-2:]))[:160] or "no message")
    return Bill(**json.loads(done.stdout), said=done.stderr)


def pins(requirements: str) -> list[str]:
    return [line for line in (HERE / requirements).read_text().splitlines() if line and line[0] != "#"]


def environment(folder: Path, requirements: str) -> Path:
    """The Python that has the pinned packages; made or mended only if the pins have changed since."""
    stamp, python = folder / "pins.sha256", folder / "bin" / "python"
    digest = hashlib.sha256("\n".join(pins(requirements)).encode()).hexdigest()
    if not (python.exists() and stamp.exists() and stamp.read_text() == digest):
        say(f"installing {requirements} (the peers take minutes, the first time)")
        venv.create(folder, with_pip=True)
        done = subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", str(HERE / requirements)], capture_output=True, text=True)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["no message"]
            raise Failed(f"pip could not install {requirements}: {lines[-1][:120]}")
        stamp.write_text(digest)
    return python


def machine() -> str:
    """Core count and processor model, nothing that names the machine."""
    try:
        model = next(line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8") if line.startswith("model name"))
    except (OSError, StopIteration):
        model = "unknown processor"
    return f"{os.cpu_count()} cores, {model}, Python {sys.version.split()[0]}"


def engine(binary: Path) -> str:
    """Version and digest of the binary: the version alone does not change between commits."""
    if not os.access(binary, os.X_OK):
        sys.exit(f"no {binary.name} to measure: cargo build --release, or --binary PATH")
    version = subprocess.run([binary, "--version"], capture_output=True, text=True).stdout.strip().split()[-1]
    return f"{version}, sha256:{hashlib.sha256(binary.read_bytes()).hexdigest()[:12]}"
