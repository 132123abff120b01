#!/usr/bin/env python3
"""The gate of speed that noise cannot move: instructions that the release binary executes on small fixed inputs.

valgrind counts them; a busy machine changes nothing. The inputs are made from what is in the checkout: the embedded case
among invented parties, grown threefold by `cargo xtask growth`, and names of these misspelt and recombined. The counts are
compared with `benches/instructions.json`. More than 3 % above fails; more than 3 % below asks for the better ones to be
written. Another compiler than the stored one is allowed 15 %.

Examples:
  benches/instructions.py             compare; a part of `make test`
  benches/instructions.py --write     accept what is counted now
  benches/instructions.py --binary target/release/interdict     without building
"""

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMITTED = ROOT / "benches" / "instructions.json"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
TIMES, SEED, QUERIES = 3, 1, 300
ALLOWED, OTHER_COMPILER = 0.03, 0.15
FIGURES = {
    "load": "loading the list, and one query",
    "queries": f"{QUERIES - 1} queries, less the load",
    "open_compiled": "opening the compiled list, and one query",
}


def numbers(seed: int) -> Iterator[int]:
    """SplitMix64: Python's own chance may change with its version."""
    mask = (1 << 64) - 1
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & mask
        z = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield (z ^ (z >> 31)) >> 11


def queries(listed: Path, count: int) -> list[dict[str, str]]:
    """In turns: a name of nobody (the words of two), a listed name with two letters exchanged, the same with its birth date."""
    parties = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    by_schema: dict[str, list[dict[str, list[str]]]] = {}
    for party in parties:
        by_schema.setdefault(party["schema"], []).append(party["properties"])
    chance, rows = numbers(SEED), []
    for n in range(count):
        schema = "Company" if n % 6 == 5 else "Person"
        one, other = (by_schema[schema][next(chance) % len(by_schema[schema])] for _ in range(2))
        name = one["name"][0]
        if n % 3 == 0:
            words = other["name"][0].split()
            name = " ".join([*name.split()[: len(words) // 2 + 1], words[-1]])
        else:
            at = 1 + next(chance) % max(len(name) - 2, 1)
            name = name[: at - 1] + name[at : at + 1] + name[at - 1] + name[at + 1 :]
        date = one.get("birthDate", [""])[0] if n % 3 == 2 else ""
        rows.append({"id": str(n), "schema": schema, "name": name, "birthDate": date})
    return rows


def quietly(command: list[str | Path], **more: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, **more)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr.strip()[-2000:]}")
    return done.stdout


def inputs(folder: Path) -> None:
    """list.jsonl, list.idx, one.csv, all.csv: under fixed names, since even the length of a path is counted."""
    xtask = ["cargo", "xtask", "growth", "--list", "demo", "--times", str(TIMES), "--seed", str(SEED), "--output"]
    quietly([*xtask, folder / "list.jsonl"], cwd=ROOT)
    rows = queries(folder / "list.jsonl", QUERIES)
    for name, some in (("one.csv", rows[:1]), ("all.csv", rows)):
        with open(folder / name, "w", encoding="utf-8", newline="") as f:
            w = csv.DictWriter(f, list(rows[0]))
            w.writeheader()
            w.writerows(some)
    quietly(["./interdict", "lists", "compile", "list.jsonl", "--output", "list.idx"], cwd=folder)


def counted(folder: Path, listed: str, asked: str) -> int:
    """Instructions of one run, all threads together; of the environment nothing reaches it."""
    valgrind = shutil.which("valgrind")
    screen = ["./interdict", "screen", "--list", listed, "--input", asked, "--output", "out.jsonl", "--threads", "1"]
    clean = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
    quietly([valgrind, "--tool=callgrind", "--callgrind-out-file=counts.txt", *screen], cwd=folder, env=clean)
    found = re.search(r"^totals: (\d+)$", (folder / "counts.txt").read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        sys.exit("valgrind said no totals: see benches/instructions.py")
    return int(found[1])


def count(folder: Path) -> dict[str, int]:
    load, many = counted(folder, "list.jsonl", "one.csv"), counted(folder, "list.jsonl", "all.csv")
    return {"load": load, "queries": many - load, "open_compiled": counted(folder, "list.idx", "one.csv")}


def compare(now: dict[str, int], before: dict[str, int], allowed: float) -> bool:
    """Says each figure; whether none is worse than allowed."""
    good = True
    for key, title in FIGURES.items():
        change = now[key] / before[key] - 1
        line = f"instructions: {title}: {now[key] / 1e6:,.1f} million, {change:+.2%} of {before[key] / 1e6:,.1f}"
        if change > allowed:
            good = False
            line += f": MORE THAN {allowed:.0%} ABOVE. Find what costs it, or accept it with benches/instructions.py --write and say why"
        elif change < -ALLOWED:
            line += ": better. Keep it: benches/instructions.py --write"
        print(line, flush=True)
    return good


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--write", action="store_true", help="store the counts instead of comparing them")
    p.add_argument("--binary", type=Path, metavar="FILE", help="this binary; default: build target/release/interdict")
    a = p.parse_args()
    if not shutil.which("valgrind"):
        print("instructions: not counted: valgrind is not installed (apt-get install valgrind)")
        return
    if not a.binary:
        print("instructions: building the release binary (minutes, the first time)", flush=True)
        subprocess.run(["cargo", "build", "--release", "--locked", "-q", "-p", "interdict"], cwd=ROOT, check=True)
    folder = TARGET / "instructions"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy2(a.binary or TARGET / "release" / "interdict", folder / "interdict")
    inputs(folder)
    now = count(folder)
    tools = {"rustc": quietly(["rustc", "--version"], cwd=ROOT).strip(), "valgrind": quietly(["valgrind", "--version"]).strip()}
    if a.write:
        COMMITTED.write_text(json.dumps({**tools, "counts": now}, indent=1) + "\n", encoding="utf-8")
        print(f"instructions: written: {now}")
        return
    stored = json.loads(COMMITTED.read_text(encoding="utf-8"))
    same = stored["rustc"] == tools["rustc"]
    if not same:
        print(f"instructions: counted with {tools['rustc']}, stored with {stored['rustc']}: {OTHER_COMPILER:.0%} is allowed")
    sys.exit(not compare(now, stored["counts"], ALLOWED if same else OTHER_COMPILER))


if __name__ == "__main__":
    main()
