#!/usr/bin/env python3
"""How fast `interdict read` reads text that names hardly anybody, against the SDN list, and in what memory.

The texts are those of a Debian machine: `apt-get install bible-kjv fortunes` and /usr/share/doc. What is not installed is
left out, and said. Writes benches/results/DATE-read.{md,json}.

Examples:
  benches/read.py                                  each text, and a gigabyte of them: minutes, 1 GiB of disk
  benches/read.py --mixed 100 --results target/try  a look that leaves the committed results alone
"""

import argparse
import datetime
import random
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from session import INTERDICT, TARGET, results

from common import RESULTS, engine, eval_folder, machine, run, say

FORTUNES = Path("/usr/share/games/fortunes")
DOCS = Path("/usr/share/doc")
MEGABYTE = 1_000_000
SHUFFLED = 1 << 15  # bytes of a piece of the mixed text: some pages


@dataclass
class Read:
    text: str
    megabytes: float
    cpu: float  # seconds, the load of the list included
    load: float  # seconds, of a document of one word
    peak_mib: float
    listed_only: float  # seconds, with --listed-only
    listed_peak_mib: float

    def rate(self, load: float) -> float:
        """Megabytes for one CPU-second, with so many seconds taken off."""
        return self.megabytes / max(self.cpu - load, 1e-3)

    def rate_of_listed(self, load: float) -> float:
        """The same where listed parties alone are asked for."""
        return self.megabytes / max(self.listed_only - load, 1e-3)


def texts() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    if bible := shutil.which("bible"):
        found["King James Bible"] = subprocess.run([bible, "-f", "gen1:1-rev22:21"], capture_output=True, check=True).stdout
    if FORTUNES.is_dir():
        files = sorted(file for file in FORTUNES.iterdir() if file.is_file() and not file.is_symlink() and not file.suffix)
        found["fortunes"] = b"\n".join(file.read_bytes() for file in files)
    if DOCS.is_dir():
        files = sorted(file for name in ("README*", "*.txt") for file in DOCS.rglob(name) if file.is_file() and not file.is_symlink())
        found["/usr/share/doc"] = b"\n\n".join(file.read_bytes() for file in files if file.suffix != ".gz")
    for name, package in {"King James Bible": "bible-kjv", "fortunes": "fortunes"}.items():
        if name not in found:
            say(f"no {name}: apt-get install {package}")
    return {name: text for name, text in found.items() if text}


def mix(all_texts: dict[str, bytes], size: int, to: Path) -> None:
    """Pieces of all texts in any order, over and over: the same ones each time."""
    whole = b"\n\n".join(all_texts.values())
    pieces = [whole[at : at + SHUFFLED] for at in range(0, len(whole), SHUFFLED)]
    order, written = random.Random(1), 0
    with open(to, "wb") as f:
        while written < size:
            order.shuffle(pieces)
            for piece in pieces:
                written += f.write(piece + b"\n\n")
                if written >= size:
                    break


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--mixed", default="100,1000", metavar="MB,...", help="sizes of mixed texts in megabytes; default: 100,1000")
    p.add_argument("--list", type=Path, metavar="FILE", help="the list, compiled; default: the SDN list of the shared folder")
    p.add_argument("--binary", type=Path, default=INTERDICT, metavar="FILE", help="default: target/release/interdict")
    p.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="default: benches/results")
    p.add_argument("--date", default=datetime.date.today().isoformat(), help="date of the table; default: today")
    p.add_argument("--timeout", type=float, default=3600, metavar="S", help="seconds that one run may take; default: 3600")
    a = p.parse_args()
    version = engine(a.binary)
    work = TARGET / "read"
    work.mkdir(parents=True, exist_ok=True)
    listed = a.list
    if listed is None:
        listed = work / "sdn.interdict"
        of = eval_folder() / "sdn.ftm.jsonl"
        run([str(a.binary), "lists", "compile", str(of), "--output", str(listed)], a.timeout)

    def measure(name: str, file: Path, load: float, times: int) -> Read:
        command = [str(a.binary), "read", str(file), "--list", str(listed), "--format", "json"]
        best, of_listed = (
            min((run(each, a.timeout) for _ in range(times)), key=lambda bill: bill.cpu)
            for each in (command, [*command, "--listed-only"])
        )
        done = Read(name, file.stat().st_size / MEGABYTE, best.cpu, load, best.peak_mib, of_listed.cpu, of_listed.peak_mib)
        if load:
            say(f"{name}: {done.rate(load):.1f}, listed only {done.rate_of_listed(load):.1f} MB for a CPU-second, {done.peak_mib:,.0f} MiB")
        return done

    empty = work / "one_word.txt"
    empty.write_text("word\n", encoding="utf-8")
    load = measure("load", empty, 0.0, 5).cpu
    rows: list[Read] = []
    found = texts()
    file = work / "text.txt"
    for name, text in found.items():
        file.write_bytes(text)
        rows.append(measure(name, file, load, 3))
    for size in [int(n) for n in a.mixed.split(",") if n and found]:
        mix(found, size * MEGABYTE, file)
        rows.append(measure(f"the same, mixed, {size:,} MB", file, load, 1))
    shutil.rmtree(work)
    lines = [
        f"# Reading clean text, {a.date}",
        "",
        f"Machine: {machine()}. Interdict {version}. Made by `benches/read.py`; not edited.",
        "",
        "| text | MB | CPU s | MB for a CPU-second | ... less the load of the list | peak MiB | listed only: CPU s | MB for a CPU-second, less the load | peak MiB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {r.text} | {r.megabytes:,.1f} | {r.cpu:.2f} | {r.rate(0.0):.1f} | {r.rate(load):.1f} | {r.peak_mib:,.0f} "
            f"| {r.listed_only:.2f} | {r.rate_of_listed(load):.1f} | {r.listed_peak_mib:,.0f} |"
            for r in rows
        ),
        "",
        f"- `interdict read FILE --list SDN --format json`, the SDN list of 2023-12-28 compiled: mentions of listed and unlisted parties, claims,",
        f"  and their JSON; listed only: with `--listed-only`. The load is that of a document of one word, {load:.2f} s. The cheapest of three runs; of one, where texts are mixed.",
        f"- Mixed: pieces of {SHUFFLED:,} bytes of all texts in a shuffled order, over and over (seed 1).",
        "- Aim: 20 MB for a CPU-second, and memory that does not grow with the text.",
    ]
    raw = {"date": a.date, "machine": machine(), "interdict": version, "load": load, "rows": [asdict(r) for r in rows]}
    print(results(a.results, f"{a.date}-read", lines, raw).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
