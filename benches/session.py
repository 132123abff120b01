"""What growth.py and speed.py share: our binary under measurement, with the load taken off."""

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "peers"))

from common import ROOT, Bill, Row, run, write  # noqa: E402 (the folder of the peers is no package)

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
INTERDICT = TARGET / "release" / "interdict"
BUILD = "cargo build --release --locked -p interdict -p xtask"
LOAD_NAMES = 26  # enough to have started every thread and read every table


def xtask(*arguments: str) -> str:
    """What a chore prints; the release build of it, since a list of a million parties is to be made."""
    binary = TARGET / "release" / "xtask"
    if not os.access(binary, os.X_OK):
        sys.exit(f"no xtask: {BUILD}")
    done = subprocess.run([binary, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"xtask {arguments[0]}: {done.stderr.strip()[-200:]}")
    return done.stdout.strip()


class Screening:
    """Runs of `screen --input` against one list."""

    def __init__(self, binary: Path, listed: Path, work: Path, more: list[str], seconds: float) -> None:
        self.command = [str(binary), "screen", "--list", str(listed), *more]
        self.work, self.seconds = work, seconds
        self.out = work / "answers.jsonl"

    def file(self, queries: Path) -> Bill:
        return run([*self.command, "--input", str(queries), "--output", str(self.out)], self.seconds)

    def best(self, rows: list[Row], times: int) -> Bill:
        """The cheapest of several runs: what others do on the machine only ever adds."""
        queries = write(self.work / "queries.csv", rows)
        return min((self.file(queries) for _ in range(times)), key=lambda bill: bill.cpu)

    def hits(self) -> int:
        """Results of the last run, before the limit."""
        with open(self.out, encoding="utf-8") as f:
            return sum(json.loads(line).get("total", 0) for line in f)


def results(folder: Path, name: str, lines: list[str], raw: dict[str, object]) -> Path:
    """Writes the table and the figures behind it."""
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"{name}.md"
    out.write_text("\n".join([*lines, ""]), encoding="utf-8")
    out.with_suffix(".json").write_text(json.dumps(raw, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return out
